"""Builds the prompt that asks a model for a plan: names and types of the data, never a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from nexus_jupyter.llm.provider import Prompt

SHOWN = ("question", "table names", "column names", "column types")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a model may know of one table: its name, and its columns' names and kinds."""

    name: str
    columns: tuple[tuple[str, str], ...]

    def line(self) -> str:
        """Write the table as the examples do; a line break in a name cannot end the line."""
        columns = ", ".join(f"{_one_line(name)} ({kind})" for name, kind in self.columns)
        return f"Table {_one_line(self.name)}: {columns}"


def _one_line(name: str) -> str:
    return " ".join(name.split())


@cache
def instructions() -> str:
    """Give the part that never changes: what a plan is, and examples."""
    from importlib.resources import files

    return files("nexus_jupyter.llm").joinpath("prompts/plan.txt").read_text(encoding="utf-8")


def plan_prompt(question: str, tables: Iterable[Table], hints: Iterable[str] = ()) -> Prompt:
    """Ask for the plan of a question; `hints` tell of steps that only such questions need.

    The instructions come first and the question last, so that a server that keeps what it has read reads only what is new.

    Examples
    --------
    >>> prompt = plan_prompt("average price", [Table(name="sales", columns=(("price", "float"),))])
    >>> print(prompt.text)
    Table sales: price (float)
    Question: average price
    Plan:
    """
    lines = [t.line() for t in tables]
    text = "\n".join([*(f"- {h}" for h in hints), *lines, f"Question: {_one_line(question)}", "Plan:"])
    return Prompt(system=instructions(), text=text, what=SHOWN)
