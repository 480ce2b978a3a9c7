"""Cells: an answer as one group of notebook cells, outputs attached, that says where it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

from nexus_jupyter.notebook.outputs import as_output, bundle
from nexus_jupyter.notebook.provenance import versions

__all__ = ["MIME", "Answered", "code_cells", "envelope", "group", "group_of", "prose"]

MIME: Final = "application/vnd.nexus.group+json"
VERSION: Final = 1
STATES: Final = ("working", "proposed", "accepted")

Cell = dict[str, Any]


class Answered(Protocol):
    """What cells are made of: the part of an answer that this room needs."""

    @property
    def status(self) -> str:
        """Say "answered", or why not."""
        ...

    @property
    def text(self) -> str:
        """Give the prose, as Markdown."""
        ...

    @property
    def rows(self) -> str:
        """Give the sentence that accounts for rows, or nothing."""
        ...

    @property
    def code(self) -> str:
        """Give the whole program."""
        ...

    @property
    def program(self) -> Any:
        """Give the program, with `cells`, or None."""
        ...

    @property
    def parts(self) -> Sequence[Any]:
        """Give what was computed, one for each cell of the program."""
        ...

    @property
    def assumptions(self) -> Sequence[Any]:
        """Give what was assumed, each with its `text`."""
        ...

    @property
    def provenance(self) -> Mapping[str, Any]:
        """Give the record of where this came from."""
        ...


def group(answer: Answered, *, group_id: str, created: str = "") -> list[Cell]:
    """Give the cells of an answer, as nbformat 4.5 dictionaries: the sentence, then the code with its outputs.

    An answer that is none (ambiguous, unanswerable, refused, failed) has no cells.

    Parameters
    ----------
    answer
        The answer.
    group_id
        The id that the cells share; cell ids follow from it.
    created
        When the answer came, as ISO 8601 text, for its provenance.
    """
    if answer.status != "answered":
        return []
    sources = code_cells(answer)
    first = _cell(group_id, 0, "markdown", prose(answer), "answer")
    first["metadata"]["nexus"]["provenance"] = {**answer.provenance, "created": created, "packages": versions()}
    cells = [first]
    for i, source in enumerate(sources):
        cell = _cell(group_id, i + 1, "code", source, "code")
        cell["execution_count"] = None
        cell["outputs"] = [as_output(b) for b in _bundles(answer.parts, i, len(sources)) if b]
        cells.append(cell)
    return cells


def prose(answer: Answered) -> str:
    """Write the Markdown of an answer: its sentences, the accounting of rows, then what was assumed as a short list."""
    text = "\n\n".join(t for t in (answer.text.strip(), answer.rows.strip() if answer.rows not in answer.text else "") if t)
    assumed = [tame(str(getattr(a, "text", a))) for a in answer.assumptions]
    if not assumed:
        return text
    if len(assumed) == 1:
        return f"{text}\n\n*Assumed:* {assumed[0]}".strip()
    return f"{text}\n\n*Assumed:*\n\n".lstrip() + "\n".join(f"- {a}" for a in assumed)


def code_cells(answer: Answered) -> tuple[str, ...]:
    """Give the code, one text a cell; empty when there is none."""
    found = tuple(getattr(answer.program, "cells", ()) or ()) if answer.program is not None else ()
    return tuple(c.strip("\n") for c in found) or ((answer.code.strip("\n"),) if answer.code.strip() else ())


def envelope(group_id: str, cells: Iterable[Cell]) -> dict[str, Any]:
    """Give the value of the group's MIME type: its cells without their outputs, which stand beside it in the same cell's outputs."""
    bare = [{k: [] if k == "outputs" else v for k, v in c.items()} for c in cells]
    return {"version": VERSION, "group": group_id, "cells": bare}


def group_of(cell: Mapping[str, Any]) -> tuple[str, str] | None:
    """Give the group and state that a cell's metadata claims, or None where it claims none, or nonsense."""
    mark = cell.get("metadata", {}).get("nexus")
    if not isinstance(mark, Mapping):
        return None
    name, state = mark.get("group"), mark.get("state")
    return (name, str(state)) if isinstance(name, str) and name and state in STATES else None


def tame(text: str) -> str:
    r"""Keep words that came from data from becoming HTML, links or pictures in Markdown; code spans stay as they are.

    Examples
    --------
    >>> tame("`a` <b> ![x](http://y)")
    '`a` &lt;b> !\\\\[x](http://y)'
    """
    flat = " ".join(text.split())
    pieces = re.split(r"(`[^`]*`)", flat)
    return "".join(p if i % 2 else p.replace("<", "&lt;").replace("[", "\\[") for i, p in enumerate(pieces))


def _cell(group_id: str, index: int, kind: str, source: str, role: str) -> Cell:
    return {
        "id": f"{re.sub(r'[^A-Za-z0-9_-]', '-', group_id)[:56]}-{index}",
        "cell_type": kind,
        "source": source,
        "metadata": {"nexus": {"version": VERSION, "group": group_id, "role": role, "state": "proposed"}},
    }


def _bundles(parts: Sequence[Any], index: int, count: int) -> list[dict[str, Any]]:
    """Give the bundles of a code cell: its own part; the last cell also takes what is left over."""
    mine = parts[index : index + 1] if index + 1 < count else parts[index:]
    return [bundle(figure=p.figure, table=p.table if p.form != "list" or p.value is None else None, value=p.value) for p in mine]
