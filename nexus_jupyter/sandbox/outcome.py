"""What comes back from a run: values that are plain, checked and safe to show."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from nexus_jupyter.sandbox.violation import Violation

__all__ = ["Figure", "Outcome", "Result", "Scalar", "Status", "Table", "Text", "defuse", "without_controls"]

Status = Literal["ok", "refused", "error", "killed"]
ROWS_SHOWN = 50
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
TERMINAL = re.compile("\x1b(?:\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|\\[[0-9;?]*[ -/]*[@-~]|[@-Z\\\\^_])")
FORMULA = re.compile(r"[\s\"]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*", re.IGNORECASE)


def without_controls(text: str) -> str:
    """Drop terminal sequences, control characters and marks that turn the direction of text."""
    return CONTROLS.sub("", TERMINAL.sub("", text.replace("\r\n", "\n")))


def defuse(cell: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return "'" + cell if isinstance(cell, str) and FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """A frame that a run gave: pandas for pandas, polars for polars."""

    frame: Any

    @property
    def n_rows(self) -> int:
        """The number of rows."""
        return len(self.frame)

    def to_csv(self) -> str:
        """Write the frame as CSV in which no cell can start a formula."""
        import csv
        import io

        head, rows = self._rows(None)
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([[defuse(h) for h in head], *([defuse(c) for c in row] for row in rows)])
        return out.getvalue()

    def _rows(self, limit: int | None) -> tuple[list[str], list[tuple[Any, ...]]]:
        frame = self.frame if limit is None else self.frame.head(limit)
        if type(frame).__module__.startswith("polars"):
            return [str(c) for c in frame.columns], frame.rows()
        plain = type(frame.index).__name__ == "RangeIndex"
        levels = [] if plain else [str(n) if n is not None else "" for n in frame.index.names]
        return levels + [str(c) for c in frame.columns], list(frame.itertuples(index=not plain, name=None))

    def _repr_html_(self) -> str:
        head, rows = self._rows(ROWS_SHOWN)
        top = "".join(f"<th>{html.escape(h)}</th>" for h in head)
        cells = "".join("<tr>" + "".join(f"<td>{html.escape(without_controls(str(c)))}</td>" for c in row) + "</tr>" for row in rows)
        return f"<table><thead><tr>{top}</tr></thead><tbody>{cells}</tbody></table>"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Figure:
    """A Plotly figure as JSON, without anything that would load or link to another place."""

    spec: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Give the figure's ``data``, ``layout`` and ``frames``."""
        return dict(self.spec)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {"application/vnd.plotly.v1+json": self.to_dict(), "text/plain": "Figure"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A plain value: a number, a date, a truth, nothing, or a list or mapping of these."""

    value: Any

    def _repr_html_(self) -> str:
        return f"<code>{html.escape(without_controls(repr(self.value))[:10_000])}</code>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text, to be shown as text and never as markup."""

    text: str

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(without_controls(self.text)[:100_000])}</pre>"


Result = Table | Figure | Scalar | Text | Mapping[str, "Table | Figure | Scalar | Text"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcome:
    """How a run ended and what it gave.

    Parameters
    ----------
    status
        ``ok``; ``refused`` by the policy, with findings; ``error``, the program's own exception; ``killed`` by a limit.
    result
        The name ``result`` of the program, or None. A dict that holds a frame or a figure comes back as a mapping.
    names
        The other names that the caller asked for.
    stdout
        What was printed, cut and without terminal sequences.
    findings
        What the policy refused, by line and rule.
    message
        What happened, what was found, what to do; empty when all is well.
    line
        The program's line at which it failed.
    elapsed_ms, peak_mb
        How long it took, and the most memory that it used on top of the libraries.
    """

    status: Status
    result: Result | None = None
    names: Mapping[str, Result] = field(default_factory=dict)
    stdout: str = ""
    findings: tuple[Violation, ...] = ()
    message: str = ""
    line: int | None = None
    elapsed_ms: float = 0.0
    peak_mb: float = 0.0
    level: str = ""
