"""Steps that tell about the data itself: which keys join two tables, which tables there are, what looks wrong in one."""

from __future__ import annotations

from dataclasses import dataclass

from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.errors import PlanError
from nexus_jupyter.plan.expressions import comparable
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Source

REACH = 1.5
"""How many interquartile ranges beyond the quartiles a number counts as an outlier."""


def _said(*columns: tuple[str, Kind]) -> Schema:
    return Schema(
        tuple(Column(name=n, kind=k, role=Role.CATEGORY if k is Kind.STRING else Role.MEASURE, nullable=False) for n, k in columns)
    )


def dataset_of(step: Step) -> str:
    """Name the dataset that a step reads as it is, or raise `PlanError`."""
    if not isinstance(step, Source):
        raise PlanError("A survey looks at whole datasets. Name them.")
    return step.dataset


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys(Step):
    """The columns by which two datasets join, checked against their values; one row a pair of columns.

    left, right: the columns with their tables; left_found: the share of the left column's values that the right column has, and
    right_found the other way round.
    """

    left: Step
    right: Step
    left_on: tuple[str, ...]
    right_on: tuple[str, ...]

    def derive(self) -> Schema:
        """Give the four columns; the pairs have to be comparable."""
        dataset_of(self.left), dataset_of(self.right)
        if not self.left_on or len(self.left_on) != len(self.right_on):
            raise PlanError("Keys come in pairs, at least one.")
        for a, b in zip(self.left_on, self.right_on, strict=True):
            x, y = self.left.schema.column(a), self.right.schema.column(b)
            if not comparable(x.kind, y.kind):
                raise PlanError(f"`{a}` is {x.kind} and `{b}` is {y.kind}; they cannot be equal.")
        return _said(("left", Kind.STRING), ("right", Kind.STRING), ("left_found", Kind.FLOAT), ("right_found", Kind.FLOAT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables(Step):
    """The datasets that there are: table, what its rows are called, rows, columns."""

    tables: tuple[Step, ...]
    called: tuple[str, ...]

    def derive(self) -> Schema:
        """Give the four columns."""
        if not self.tables or len(self.tables) != len(self.called):
            raise PlanError("There is no table to tell of, or not a name for the rows of each.")
        for step in self.tables:
            dataset_of(step)
        return _said(("table", Kind.STRING), ("of", Kind.STRING), ("rows", Kind.INTEGER), ("columns", Kind.INTEGER))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality(Step):
    """What looks wrong in a table; one row a column and issue: column, issue, cells, percent.

    Issues: missing values, rows that occur before, columns with one value only, numbers beyond 1.5 interquartile ranges (`numbers`), and of
    `texts`: blanks around, values that differ only in case or blanks, numbers among words.
    """

    input: Step
    numbers: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    def derive(self) -> Schema:
        """Give the report's columns."""
        for c in self.input.schema.only(self.numbers):
            if not c.kind.numeric:
                raise PlanError(f"Outliers need numbers, and `{c.name}` is {c.kind}.")
        for c in self.input.schema.only(self.texts):
            if c.kind is not Kind.STRING:
                raise PlanError(f"Blanks are looked for in text, and `{c.name}` is {c.kind}.")
        return _said(("column", Kind.STRING), ("issue", Kind.STRING), ("cells", Kind.INTEGER), ("percent", Kind.FLOAT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline(Step):
    """The keys of a JSON file's outer object, and how many rows lie under the one that is the table: key, rows."""

    input: Step
    keys: tuple[str, ...]
    within: str

    def derive(self) -> Schema:
        """Give the two columns."""
        dataset_of(self.input)
        if not self.keys:
            raise PlanError("An outline needs keys.")
        return Schema((_said(("key", Kind.STRING)).columns[0], Column(name="rows", kind=Kind.FLOAT, role=Role.MEASURE)))


SURVEYS: tuple[type[Step], ...] = (Keys, Tables, Quality, Outline)
