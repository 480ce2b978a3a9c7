"""The step: a node of the plan that checks itself against its inputs and derives its table's schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Literal

from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.errors import PlanError
from nexus_jupyter.plan.expressions import NUMBERS, Expr

AggFunc = Literal["sum", "mean", "median", "min", "max", "count", "count_distinct", "size", "std", "var", "std_pop", "var_pop",
                  "first", "last", "mode", "quantile", "range", "skew", "kurtosis", "any", "all", "share", "missing", "skew_pop",
                  "kurtosis_pop", "iqr", "mad", "sem", "weighted_mean"]  # fmt: skip

NEED_NUMBERS = frozenset({"sum", "mean", "median", "std", "var", "std_pop", "var_pop", "quantile", "range", "skew", "kurtosis", "skew_pop",
                          "kurtosis_pop", "iqr", "mad", "sem", "weighted_mean"})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a plan. That it exists means that its columns exist and fit; `schema` is the table that it gives."""

    schema: Schema = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        """Derive the schema, which is also the check."""
        object.__setattr__(self, "schema", self.derive())

    def derive(self) -> Schema:
        """Check this step against its inputs and give the schema of its table."""
        raise NotImplementedError

    @property
    def inputs(self) -> tuple[Step, ...]:
        """The steps whose tables this one reads, its expressions' look-ups included, each once."""
        found: dict[int, Step] = {}
        for f in fields(self):
            for step in _steps_in(getattr(self, f.name)):
                found.setdefault(id(step), step)
        return tuple(found.values())


def _steps_in(value: object) -> Iterator[Step]:
    if isinstance(value, Step):
        yield value
    elif isinstance(value, Expr):
        yield from value.steps()
    elif isinstance(value, tuple):
        for v in value:
            yield from _steps_in(v)
    elif isinstance(value, Measure):
        yield from _steps_in(value.where)


@dataclass(frozen=True, slots=True, kw_only=True)
class SortKey:
    """A column to sort by; missing values come last either way."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """How a column is read as another kind than it is stored in.

    `to` is "datetime" (with a strptime `format`, or None to infer), "date", "number" (text such as "1,234", "$5" or "12%"; percent
    signs are dropped, not divided), "text"; "local" reads times with a zone as what its clocks show.
    """

    column: str
    to: Literal["datetime", "number", "text", "local"]
    format: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number computed per group: `func` of `column` over the rows where `where` holds.

    "size" counts rows and needs no column; "count" counts present values; "share" is the share of rows for which `where` holds;
    "quantile" needs `q` in [0, 1] (linear interpolation); std and var divide by n - 1, their `_pop` forms by n; skew and kurtosis
    (excess) are corrected for bias, their `_pop` forms are not. "iqr" is the quartile range, "mad" the median distance from the
    median, "sem" the standard error of the mean; "weighted_mean" weighs by the column `weight`; "missing" counts missing values.
    """

    name: str
    func: AggFunc
    column: str | None = None
    where: Expr | None = None
    q: float | None = None
    weight: str | None = None

    def output(self, schema: Schema) -> Column:
        """Check against the input and give the column that comes out."""
        if not self.name:
            raise PlanError("A measure needs a name.")
        if self.where is not None and self.where.kind(schema) is not Kind.BOOLEAN:
            raise PlanError(f"The condition of `{self.name}` is not a condition.")
        if self.func in {"size", "share"}:
            if self.func == "share" and self.where is None:
                raise PlanError(f"The share `{self.name}` needs a condition.")
            kind = Kind.INTEGER if self.func == "size" else Kind.FLOAT
            return Column(name=self.name, kind=kind, role=Role.MEASURE, nullable=False)
        if self.column is None:
            raise PlanError(f"`{self.func}` needs a column.")
        column = schema.column(self.column)
        if self.func in NEED_NUMBERS and column.kind not in NUMBERS and column.kind is not Kind.DURATION:
            raise PlanError(f"`{self.func}` needs numbers, and `{self.column}` is {column.kind}. Count it, or choose a numeric column.")
        if self.func == "quantile" and (self.q is None or not 0 <= self.q <= 1):
            raise PlanError(f"A quantile needs `q` between 0 and 1, and `{self.name}` has {self.q}.")
        if column.kind is Kind.NESTED and self.func != "count":
            raise PlanError(f"`{self.column}` holds nested values; only counting works on it.")
        if (self.weight is not None) != (self.func == "weighted_mean"):
            raise PlanError(f"`{self.func}` of `{self.column}`: a weighted mean, and nothing else, needs a column of weights.")
        if self.weight is not None and schema.column(self.weight).kind not in NUMBERS:
            raise PlanError(f"Weights are numbers, and `{self.weight}` is {schema.column(self.weight).kind}.")
        if self.func in {"count", "count_distinct", "missing"}:
            return Column(name=self.name, kind=Kind.INTEGER, role=Role.MEASURE, nullable=False)
        if self.func in {"min", "max", "first", "last", "mode"}:
            return Column(name=self.name, kind=column.kind, role=column.role, unit=column.unit)
        if self.func in {"any", "all"}:
            return Column(name=self.name, kind=Kind.BOOLEAN, role=Role.BOOLEAN)
        unit = None if self.func in {"skew", "skew_pop", "kurtosis", "kurtosis_pop"} else column.unit
        keep = self.func in {"sum", "range"} and column.kind in {Kind.INTEGER, Kind.BOOLEAN}
        return Column(name=self.name, kind=Kind.INTEGER if keep else Kind.FLOAT, role=Role.MEASURE, unit=unit)


def replaced(schema: Schema, column: Column) -> Schema:
    """Give the schema with `column` added at the end, or put in the place of the one with its name."""
    if column.name in schema:
        return Schema(tuple(column if c.name == column.name else c for c in schema))
    return Schema((*schema.columns, column))


def unique(names: tuple[str, ...], what: str) -> None:
    """Raise `PlanError` when a name comes twice."""
    seen: set[str] = set()
    for n in names:
        if n in seen:
            raise PlanError(f"{what} names `{n}` twice.")
        seen.add(n)
