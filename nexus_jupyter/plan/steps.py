"""The steps that take tables and give tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.errors import PlanError
from nexus_jupyter.plan.expressions import NUMBERS, Col, Expr, comparable
from nexus_jupyter.plan.step import AggFunc, Cast, Measure, SortKey, Step, replaced, unique

CYCLES = {"month_name", "weekday_name"}
WINDOW_FLOAT = {"rolling_mean", "rolling_median", "rolling_std", "cummean", "pct_change", "share", "zscore", "percent_rank", "ewm_mean"}
WINDOW_ANY = {"rank", "dense_rank", "percent_rank", "row_number", "lag", "lead"}
WINDOW_WHOLE = {"rank", "dense_rank", "row_number"}
WindowFunc = Literal["rank", "dense_rank", "percent_rank", "row_number", "cumsum", "cummean", "cummin", "cummax", "rolling_mean", "rolling_sum",
                     "rolling_median", "rolling_std", "rolling_min", "rolling_max", "ewm_mean", "lag", "lead", "diff", "pct_change", "share",
                     "zscore"]  # fmt: skip


def role_of(kind: Kind) -> Role:
    """Give the role that a computed value of this kind plays."""
    if kind in {Kind.INTEGER, Kind.FLOAT, Kind.DURATION}:
        return Role.MEASURE
    if kind is Kind.BOOLEAN:
        return Role.BOOLEAN
    return Role.DATE if kind.temporal else Role.CATEGORY


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Step):
    """A dataset as it is, with the columns of `casts` read as what they mean."""

    dataset: str
    table: Schema
    casts: tuple[Cast, ...] = ()

    def derive(self) -> Schema:
        """Give the dataset's schema after the casts."""
        schema = self.table
        kinds = {"datetime": Kind.DATETIME, "number": Kind.FLOAT, "text": Kind.STRING, "local": Kind.DATETIME}
        for cast in self.casts:
            old = schema.column(cast.column, where=self.dataset)
            kind = kinds[cast.to]
            role = {Kind.DATETIME: Role.DATE, Kind.FLOAT: Role.MEASURE}.get(kind, Role.CATEGORY)
            schema = replaced(schema, Column(name=old.name, kind=kind, role=role, unit=old.unit))
        return schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Select(Step):
    """Some columns, in this order; `names` gives them new names."""

    input: Step
    columns: tuple[str, ...]
    names: tuple[str, ...] = ()

    def derive(self) -> Schema:
        """Give the chosen columns."""
        if not self.columns:
            raise PlanError("A selection needs at least one column.")
        names = self.names or self.columns
        if len(names) != len(self.columns):
            raise PlanError(f"{len(self.columns)} columns are selected and {len(names)} names given.")
        unique(names, "The selection")
        chosen = self.input.schema.only(self.columns)
        return Schema(
            tuple(Column(name=n, kind=c.kind, role=c.role, unit=c.unit, nullable=c.nullable) for n, c in zip(names, chosen, strict=True)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(Step):
    """The rows for which a condition is true."""

    input: Step
    where: Expr

    def derive(self) -> Schema:
        """Give the input's schema; the condition has to be one."""
        kind = self.where.kind(self.input.schema)
        if kind is not Kind.BOOLEAN:
            raise PlanError(f"A filter needs a condition, and this is {kind}.")
        return self.input.schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Derive(Step):
    """A new column, or a new value for an old one."""

    input: Step
    name: str
    value: Expr

    def derive(self) -> Schema:
        """Add the column."""
        kind = self.value.kind(self.input.schema)
        unit = self.input.schema.column(self.value.name).unit if isinstance(self.value, Col) else None
        return replaced(self.input.schema, Column(name=self.name, kind=kind, role=role_of(kind), unit=unit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket(Step):
    """A new column with the period of a date.

    Units "year" (an integer), "quarter", "month", "week", "day", "hour" are points on the time line (the period's start);
    "month_name", "weekday_name", "hour_of_day" and "quarter_of_year" go round in a cycle. A group-by on names sorts them as the calendar does.
    """

    input: Step
    column: str
    unit: Literal["year", "quarter", "month", "week", "day", "hour", "month_name", "weekday_name", "hour_of_day", "quarter_of_year"]
    name: str

    def derive(self) -> Schema:
        """Add the period's column."""
        column = self.input.schema.column(self.column)
        if not column.kind.temporal:
            raise PlanError(f"Grouping by {self.unit.replace('_', ' ')} needs a date, and `{self.column}` is {column.kind}.")
        if self.unit in CYCLES:
            kind, role = Kind.STRING, Role.CATEGORY
        elif self.unit in {"year", "hour_of_day", "quarter_of_year"}:
            kind, role = Kind.INTEGER, Role.DATE if self.unit == "year" else Role.CATEGORY
        else:
            kind, role = Kind.DATETIME, Role.DATE
        return replaced(self.input.schema, Column(name=self.name, kind=kind, role=role))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin(Step):
    """A new column with the lower edge of the interval in which a number lies; `width` is the intervals' width."""

    input: Step
    column: str
    width: float
    name: str

    def derive(self) -> Schema:
        """Add the interval's column."""
        column = self.input.schema.column(self.column)
        if column.kind not in NUMBERS:
            raise PlanError(f"Bins need numbers, and `{self.column}` is {column.kind}.")
        if not self.width > 0:
            raise PlanError(f"The width of bins has to be above 0, and it is {self.width}.")
        return replaced(self.input.schema, Column(name=self.name, kind=Kind.FLOAT, role=Role.CATEGORY, unit=column.unit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate(Step):
    """Measures per group of `keys`, sorted by the keys; without keys one row.

    Rows whose key is missing form no group, or with `missing` one of their own, which comes last.
    """

    input: Step
    keys: tuple[str, ...] = ()
    measures: tuple[Measure, ...]
    missing: bool = False

    def derive(self) -> Schema:
        """Give keys and measures."""
        if not self.measures:
            raise PlanError("An aggregation needs at least one measure.")
        keys = self.input.schema.only(self.keys)
        for k in keys:
            if k.kind is Kind.NESTED:
                raise PlanError(f"`{k.name}` holds nested values and cannot form groups.")
        unique((*self.keys, *(m.name for m in self.measures)), "The aggregation")
        return Schema((*keys.columns, *(m.output(self.input.schema) for m in self.measures)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Window(Step):
    """A new column computed over other rows of the table: per group of `by`, in the order of `order`.

    "rank" gives equal values the smallest rank and "dense_rank" leaves no gaps, "percent_rank" is the average rank over the number of
    values, "share" is the value over the group's sum, "pct_change" and "diff" look `size` rows back, "lag" takes the value from there,
    "lead" the one as far ahead, rolling functions look at the last `size` rows (fewer at the start give missing), "ewm_mean" weighs
    them exponentially with span `size`.
    """

    input: Step
    name: str
    func: WindowFunc
    column: str
    by: tuple[str, ...] = ()
    order: tuple[SortKey, ...] = ()
    size: int = 1
    descending: bool = False

    def derive(self) -> Schema:
        """Add the column."""
        schema = self.input.schema
        schema.only(self.by)
        schema.only(k.column for k in self.order)
        column = schema.column(self.column)
        if self.func not in WINDOW_ANY and column.kind not in NUMBERS:
            raise PlanError(f"`{self.func}` needs numbers, and `{self.column}` is {column.kind}.")
        if self.size < 1:
            raise PlanError(f"The size of a window has to be at least 1, and it is {self.size}.")
        kind = Kind.INTEGER if self.func in WINDOW_WHOLE else Kind.FLOAT if self.func in WINDOW_FLOAT else column.kind
        unit = None if self.func in WINDOW_WHOLE | {"percent_rank", "share", "pct_change", "zscore"} else column.unit
        return replaced(schema, Column(name=self.name, kind=kind, role=role_of(kind), unit=unit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort(Step):
    """The rows in order; rows that are equal in it keep theirs. With `fold` texts are compared as a dictionary does, whatever their case."""

    input: Step
    by: tuple[SortKey, ...]
    fold: bool = False

    def derive(self) -> Schema:
        """Give the input's schema."""
        if not self.by:
            raise PlanError("A sort needs at least one column.")
        for c in self.input.schema.only(k.column for k in self.by):
            if self.fold and c.kind is not Kind.STRING:
                raise PlanError(f"Only texts are sorted whatever their case, and `{c.name}` is {c.kind}.")
        return self.input.schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Top(Step):
    """The first `n` rows in an order, after leaving out `offset` of them; with `ties` also the rows equal to the last one.

    Without `by` the rows as they come (a head, or with `last` a tail). With `within`, the first rows of each group. Rows whose first sort column is
    missing are never among them.
    """

    input: Step
    n: int
    by: tuple[SortKey, ...] = ()
    within: tuple[str, ...] = ()
    ties: bool = False
    offset: int = 0
    last: bool = False

    def derive(self) -> Schema:
        """Give the input's schema."""
        self.input.schema.only(k.column for k in self.by)
        self.input.schema.only(self.within)
        if self.n < 1 or self.offset < 0:
            raise PlanError(f"The number of rows to keep has to be at least 1, and it is {self.n}.")
        if self.ties and not self.by:
            raise PlanError("Ties need an order. Name the column to sort by.")
        if self.last and (self.by or self.within or self.offset):
            raise PlanError("The last rows are counted as the rows come. Turn the order round instead.")
        return self.input.schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct(Step):
    """The different rows of `columns` (of all columns, keeping each first row, when none are named)."""

    input: Step
    columns: tuple[str, ...] = ()

    def derive(self) -> Schema:
        """Give the columns."""
        return self.input.schema.only(self.columns) if self.columns else self.input.schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Join(Step):
    """Rows of two tables whose keys are equal; missing keys match nothing.

    A right column whose name the left has too gets `suffix`; the right keys are dropped when they are named like the left ones.
    """

    left: Step
    right: Step
    left_on: tuple[str, ...]
    right_on: tuple[str, ...]
    how: Literal["inner", "left"] = "inner"
    suffix: str = "_right"

    def derive(self) -> Schema:
        """Give the columns of both."""
        if not self.left_on or len(self.left_on) != len(self.right_on):
            raise PlanError("A join needs as many key columns on the left as on the right, at least one.")
        for a, b in zip(self.left.schema.only(self.left_on), self.right.schema.only(self.right_on), strict=True):
            if not comparable(a.kind, b.kind):
                raise PlanError(f"`{a.name}` is {a.kind} and `{b.name}` is {b.kind}; they cannot be equal.")
        columns = list(self.left.schema.columns)
        for c in self.right.schema:
            if c.name in self.right_on and c.name == self.left_on[self.right_on.index(c.name)]:
                continue
            name = c.name + self.suffix if c.name in self.left.schema else c.name
            columns.append(Column(name=name, kind=c.kind, role=c.role, unit=c.unit, nullable=c.nullable or self.how == "left"))
        unique(tuple(c.name for c in columns), "The joined table")
        return Schema(tuple(columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Combine(Step):
    """Distinct rows of two tables with the same number of columns, as sets: all, those in both, those in the left only.

    Columns pair by position and are named as on the left.
    """

    left: Step
    right: Step
    how: Literal["union", "intersect", "except"]

    def derive(self) -> Schema:
        """Give the left schema."""
        a, b = self.left.schema, self.right.schema
        if len(a) != len(b):
            raise PlanError(f"The two sides have {len(a)} and {len(b)} columns; they need the same.")
        for x, y in zip(a, b, strict=True):
            if not comparable(x.kind, y.kind):
                raise PlanError(f"`{x.name}` is {x.kind} and `{y.name}` is {y.kind}; they cannot be compared.")
        return a


@dataclass(frozen=True, slots=True, kw_only=True)
class Pivot(Step):
    """A cross table: a row per value of `index`, a column per value of `columns`. Only the index columns are known to later steps."""

    input: Step
    index: str
    columns: str
    values: str
    func: AggFunc = "sum"

    def derive(self) -> Schema:
        """Give the index column; the others depend on the data."""
        self.input.schema.only((self.index, self.columns))
        Measure(name="value", func=self.func, column=self.values).output(self.input.schema)
        return self.input.schema.only((self.index,))


@dataclass(frozen=True, slots=True, kw_only=True)
class DropMissing(Step):
    """The rows that have a value in each of `columns` (in every column, when none are named)."""

    input: Step
    columns: tuple[str, ...] = ()

    def derive(self) -> Schema:
        """Give the input's schema."""
        self.input.schema.only(self.columns)
        return self.input.schema


@dataclass(frozen=True, slots=True, kw_only=True)
class FillMissing(Step):
    """Missing values of one column replaced.

    By a constant ("value"), the column's own mean, median or most frequent value (of the row's group, with `by`), the last value before
    ("forward") or the first after ("backward") in the order of the rows, or on the line between the two ("line").
    """

    input: Step
    column: str
    how: Literal["value", "mean", "median", "mode", "forward", "backward", "line"]
    value: int | float | str | bool | None = None
    by: tuple[str, ...] = ()

    def derive(self) -> Schema:
        """Give the input's schema; means and medians of whole numbers make them fractions."""
        schema = self.input.schema
        column = schema.column(self.column)
        schema.only(self.by)
        if self.how in {"mean", "median", "line"} and column.kind not in NUMBERS:
            raise PlanError(f"Filling with the {self.how} needs numbers, and `{self.column}` is {column.kind}.")
        if self.how == "value" and self.value is None:
            raise PlanError(f"Filling `{self.column}` needs a value.")
        if self.by and self.how in {"value", "line"}:
            raise PlanError(f"Filling with a {self.how} takes no groups.")
        return schema
