"""Steps that prepare columns: outliers flagged, numbers scaled and cut into classes, categories written as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.errors import PlanError
from nexus_jupyter.plan.expressions import NUMBERS, Scalar, comparable, kind_of
from nexus_jupyter.plan.step import Step, replaced, unique

LIMITS = {"zscore": 3.0, "iqr": 1.5, "mad": 3.5}
"""How far out is too far, where nothing else is said: standard deviations, quartile ranges, modified z-scores."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outliers(Step):
    """A new column that is true where a number lies too far out; missing numbers do not.

    "zscore" is farther than `threshold` standard deviations (dividing by n - `ddof`) from the mean; "iqr" farther than `threshold`
    quartile ranges below the first or above the third quartile; "mad" has a modified z-score, 0.6745 (x - median) / MAD, beyond it.
    With `by` each group has its own limits. To leave outliers out, filter on `Not(Col(name))`.
    """

    input: Step
    column: str
    method: Literal["zscore", "iqr", "mad"] = "iqr"
    threshold: float | None = None
    by: tuple[str, ...] = ()
    ddof: int = 1
    side: Literal["both", "high", "low"] = "both"
    name: str = "outlier"

    @property
    def limit(self) -> float:
        """The threshold, or the method's usual one."""
        return LIMITS[self.method] if self.threshold is None else self.threshold

    def derive(self) -> Schema:
        """Add the flag."""
        schema = self.input.schema
        schema.only(self.by)
        numbers(schema, (self.column,), "Finding outliers")
        if self.limit <= 0:
            raise PlanError(f"The threshold of outliers has to be above 0, and it is {self.limit}.")
        spread(self.ddof)
        return replaced(schema, Column(name=self.name, kind=Kind.BOOLEAN, role=Role.BOOLEAN, nullable=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Step):
    """Numbers on a common scale, in place or under `names`.

    "standard" subtracts the mean and divides by the standard deviation (n - `ddof`), "minmax" maps the smallest to 0 and the largest
    to 1, "robust" subtracts the median and divides by the quartile range, "centre" subtracts the mean. With `by` each group by itself.
    """

    input: Step
    columns: tuple[str, ...]
    method: Literal["standard", "minmax", "robust", "centre"] = "standard"
    names: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    ddof: int = 1

    def derive(self) -> Schema:
        """Put the scaled columns in."""
        schema = self.input.schema
        schema.only(self.by)
        numbers(schema, self.columns, "Scaling")
        unique(self.columns, "Scaling")
        spread(self.ddof)
        if not self.columns:
            raise PlanError("Scaling needs at least one column.")
        if self.names and len(self.names) != len(self.columns):
            raise PlanError(f"{len(self.columns)} columns are scaled and {len(self.names)} names given.")
        for old, new in zip(self.columns, self.names or self.columns, strict=True):
            unit = schema.column(old).unit if self.method == "centre" else None
            schema = replaced(schema, Column(name=new, kind=Kind.FLOAT, role=Role.MEASURE, unit=unit))
        return schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Encode(Step):
    """A category as numbers; a missing category stays missing ("label") or is 0 everywhere ("onehot").

    "label" writes the place of the value among `values` (or among all values in sorted order), counted from `first`, into `name` (or in
    place). "onehot" adds a 0/1 column `COLUMN_VALUE` a value; only those of `values` are known to later steps. `drop_first` leaves out
    the first of them.
    """

    input: Step
    column: str
    method: Literal["label", "onehot"] = "label"
    name: str = ""
    values: tuple[Scalar, ...] = ()
    first: int = 0
    drop_first: bool = False

    def derive(self) -> Schema:
        """Put the numbers in."""
        schema = self.input.schema
        column = schema.column(self.column)
        if column.kind in {Kind.NESTED, Kind.OTHER}:
            raise PlanError(f"`{self.column}` is {column.kind} and has no categories.")
        unique(tuple(map(str, self.values)), "The encoding")
        for v in self.values:
            if not comparable(column.kind, kind_of(v)):
                raise PlanError(f"`{self.column}` is {column.kind} and never equals {v!r}.")
        if self.method == "label":
            new = Column(name=self.name or self.column, kind=Kind.INTEGER, role=Role.MEASURE, nullable=column.nullable)
            return replaced(schema, new)
        for name in self.made:
            schema = replaced(schema, Column(name=name, kind=Kind.INTEGER, role=Role.MEASURE, nullable=False))
        return schema

    @property
    def made(self) -> tuple[str, ...]:
        """The columns that one-hot encoding is known to add."""
        return tuple(f"{self.name or self.column}_{v}" for v in self.values[1 if self.drop_first else 0 :])


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut(Step):
    """A new column with the class of a number: an ordered category.

    One of `edges` (classes between them, and with `open_ends` one below the first and one above the last), `quantiles` (so many classes
    with about as many rows each) or `bins` (so many classes of one width). A class holds its upper edge (`right`), or its lower one.
    """

    input: Step
    column: str
    name: str
    edges: tuple[float, ...] = ()
    quantiles: int | None = None
    bins: int | None = None
    labels: tuple[str, ...] = ()
    right: bool = True
    open_ends: bool = True

    def derive(self) -> Schema:
        """Add the class."""
        object.__setattr__(self, "edges", tuple(map(float, self.edges)))
        numbers(self.input.schema, (self.column,), "Classes")
        if sum((bool(self.edges), self.quantiles is not None, self.bins is not None)) != 1:
            raise PlanError("Classes need edges, a number of quantiles or a number of bins: one of them.")
        if any(a >= b for a, b in pairwise(self.edges)):
            raise PlanError(f"The edges {', '.join(map(str, self.edges))} have to rise.")
        if not 1 <= self.classes <= 100:  # noqa: PLR2004 - more than anybody reads
            raise PlanError(f"There have to be 1 to 100 classes, and {self.classes} were asked for.")
        if self.labels and len(self.labels) != self.classes:
            raise PlanError(f"There are {self.classes} classes and {len(self.labels)} labels.")
        unique(self.labels, "The labels")
        return replaced(self.input.schema, Column(name=self.name, kind=Kind.STRING, role=Role.CATEGORY))

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return self.quantiles or self.bins or (len(self.edges) + (1 if self.open_ends else -1))

    @property
    def words(self) -> tuple[str, ...]:
        """The labels, those that were given or some that say the edges."""
        if self.labels or not self.edges:
            return self.labels or tuple(f"{'Q' if self.quantiles else ''}{i}" for i in range(1, self.classes + 1))
        e = [f"{v:g}" for v in self.edges]
        between = [f"{a} to {b}" for a, b in pairwise(e)]
        if not self.open_ends:
            return tuple(between)
        ends = (f"up to {e[0]}", f"above {e[-1]}") if self.right else (f"below {e[0]}", f"{e[-1]} and above")
        return (ends[0], *between, ends[1])


def numbers(schema: Schema, names: tuple[str, ...], what: str) -> None:
    """Check that columns hold numbers."""
    for c in schema.only(names):
        if c.kind not in NUMBERS:
            raise PlanError(f"{what} needs numbers, and `{c.name}` is {c.kind}. Choose a numeric column.")


def spread(ddof: int) -> None:
    """Check by what a standard deviation divides."""
    if ddof not in {0, 1}:
        raise PlanError(f"A standard deviation divides by n or n - 1, and not by n - {ddof}.")
