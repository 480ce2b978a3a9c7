"""The program: code for a person's cell and the same code for the sandbox."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Dialect = Literal["pandas", "polars"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Code that computes a plan.

    Attributes
    ----------
    imports, reading, constants
        Lines: what is imported, which files are read into which names, which numbers a person may turn.
    body
        Blocks of code in order, and `parts` says for each block which output it was first needed for.
    outputs
        (name, variable, form) of each output.
    tables
        (name, variable) of the table below each chart; the job's result holds it under the key "NAME.table".
    inputs
        (dataset, the columns that are read, or None for all of them).
    after
        Code of the job alone, that runs when the result is there; see `counting`.
    """

    dialect: Dialect
    imports: tuple[str, ...]
    reading: tuple[str, ...]
    constants: tuple[str, ...]
    body: tuple[str, ...]
    parts: tuple[int, ...]
    outputs: tuple[tuple[str, str, str], ...]
    tables: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, tuple[str, ...] | None], ...]
    plan_hash: str
    after: str = ""

    @property
    def text(self) -> str:
        """Give the code as one cell; its last line shows the last output."""
        shown = self.outputs[-1][1]
        return _joined([*self._head, "\n".join(self.body), shown])

    @property
    def job(self) -> str:
        """Give the code for the sandbox, where frames are there under their names; `result` maps outputs to values."""
        pairs = [f'"{name}": {variable}' for name, variable, _ in self.outputs]
        pairs += [f'"{name}.table": {variable}' for name, variable in self.tables]
        imports = "\n".join(self.imports)
        return _joined([imports, "\n".join(self.constants), "\n".join(self.body), f"result = {{{', '.join(pairs)}}}", self.after])

    def line(self, number: int) -> int:
        """Give the line of the cell's text that is this line of the job; files are read in the cell alone."""
        imports = len(self.imports)
        if number <= imports:
            return number
        start = "\n".join(self.body) or self.outputs[-1][1]
        before = [text.partition(start)[0].count("\n") for text in (self.text, self.job)]
        return min(number + before[0] - before[1], self.text.count("\n") + 1)

    def counting(self, other: Program) -> Program:
        """Give this program with `other`'s values added to the result as `rows.NAME`, computed after its own: one run for both."""
        wanted = {**dict(self.inputs)}
        for name, columns in other.inputs:
            mine = wanted.get(name, ())
            wanted[name] = None if mine is None or columns is None else tuple(dict.fromkeys((*mine, *columns)))
        after = [f'result["rows.{name}"] = {variable}' for name, variable, _ in other.outputs]
        return replace(
            self,
            imports=tuple(dict.fromkeys((*self.imports, *other.imports))),
            inputs=tuple(wanted.items()),
            after=_joined(["\n".join(other.constants), "\n".join(other.body), "\n".join(after)]),
        )

    @property
    def cells(self) -> tuple[str, ...]:
        """Give one cell an output; what several outputs share is in the first cell that needs it."""
        out = []
        for number, (_, variable, _) in enumerate(self.outputs):
            blocks = [b for b, part in zip(self.body, self.parts, strict=True) if part == number]
            out.append(_joined([*(self._head if number == 0 else ()), "\n".join(blocks), variable]))
        return tuple(out)

    @property
    def _head(self) -> tuple[str, ...]:
        return ("\n".join([*self.imports, *(["", *self.reading] if self.reading else [])]), "\n".join(self.constants))


def _joined(sections: list[str]) -> str:
    return "\n\n".join(s for s in sections if s)
