"""Steps that summarise a table in a form of their own, and the chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.errors import PlanError
from nexus_jupyter.plan.expressions import NUMBERS
from nexus_jupyter.plan.step import Step, unique

ChartKind = Literal["bar", "line", "area", "scatter", "pie", "box", "heatmap", "histogram"]


def _named(*columns: tuple[str, Kind]) -> Schema:
    return Schema(tuple(Column(name=n, kind=k, role=Role.CATEGORY if k is Kind.STRING else Role.MEASURE) for n, k in columns))


def _all_numeric(schema: Schema, names: tuple[str, ...], what: str) -> None:
    for c in schema.only(names):
        if c.kind not in NUMBERS:
            raise PlanError(f"{what} needs numbers, and `{c.name}` is {c.kind}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Describe(Step):
    """Count, mean, std, min, quartiles and max of numeric columns; one row a column: column, count, mean, std, min, 25%, 50%, 75%, max."""

    input: Step
    columns: tuple[str, ...]

    def derive(self) -> Schema:
        """Give the summary's columns."""
        _all_numeric(self.input.schema, self.columns, "A description")
        f = Kind.FLOAT
        return _named(
            ("column", Kind.STRING),
            ("count", Kind.INTEGER),
            ("mean", f),
            ("std", f),
            ("min", f),
            ("25%", f),
            ("50%", f),
            ("75%", f),
            ("max", f),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview(Step):
    """What each column holds; one row a column: column, type, missing, distinct."""

    input: Step

    def derive(self) -> Schema:
        """Give the overview's columns."""
        return _named(("column", Kind.STRING), ("type", Kind.STRING), ("missing", Kind.INTEGER), ("distinct", Kind.INTEGER))


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing(Step):
    """Missing values; one row a column, most first: column, missing, percent. With `only_with`, columns that miss nothing are left out."""

    input: Step
    columns: tuple[str, ...]
    only_with: bool = False

    def derive(self) -> Schema:
        """Give the summary's columns."""
        self.input.schema.only(self.columns)
        return _named(("column", Kind.STRING), ("missing", Kind.INTEGER), ("percent", Kind.FLOAT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation(Step):
    """Correlation of numeric columns over pairwise complete rows.

    Two columns with shape "pair" give one row: `correlation`. "pairs" gives a row a pair, strongest first: first, second,
    correlation; with `target` only the pairs with it. "matrix" gives a row a column: column, and one for each column.
    Pearson's r, Spearman's rho or Kendall's tau-b.
    """

    input: Step
    columns: tuple[str, ...]
    method: Literal["pearson", "spearman", "kendall"] = "pearson"
    shape: Literal["pair", "pairs", "matrix"] = "pair"
    target: str | None = None

    def derive(self) -> Schema:
        """Give the table's columns."""
        unique(self.columns, "The correlation")
        _all_numeric(self.input.schema, self.columns, "A correlation")
        if len(self.columns) < 2 or (self.shape == "pair" and len(self.columns) != 2):  # noqa: PLR2004 - a pair
            raise PlanError(f"A correlation needs two numeric columns, and {len(self.columns)} are named.")
        if self.target is not None and self.target not in self.columns:
            raise PlanError(f"The correlation's target `{self.target}` is not among its columns.")
        if self.shape == "pair":
            return _named(("correlation", Kind.FLOAT))
        if self.shape == "pairs":
            return _named(("first", Kind.STRING), ("second", Kind.STRING), ("correlation", Kind.FLOAT))
        return _named(("column", Kind.STRING), *((c, Kind.FLOAT) for c in self.columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram(Step):
    """Counts of a number in equal bins: bin_start, bin_end, count. Missing values are left out; `by` counts per group as well."""

    input: Step
    column: str
    bins: int = 30
    by: str | None = None

    def derive(self) -> Schema:
        """Give the counts' columns."""
        _all_numeric(self.input.schema, (self.column,), "A histogram")
        key = self.input.schema.only((self.by,)) if self.by else Schema(())
        if not 1 <= self.bins <= 1000:  # noqa: PLR2004 - more bins than a screen has columns
            raise PlanError(f"A histogram takes 1 to 1000 bins, and {self.bins} were asked for.")
        counts = _named(("bin_start", Kind.FLOAT), ("bin_end", Kind.FLOAT), ("count", Kind.INTEGER))
        return Schema((*key.columns, *counts.columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxStats(Step):
    """The five numbers of box plots: (by,) min, q1, median, q3, max; whiskers end at the last value within 1.5 IQR (lower, upper)."""

    input: Step
    column: str
    by: str | None = None

    def derive(self) -> Schema:
        """Give the box plot's columns."""
        _all_numeric(self.input.schema, (self.column,), "A box plot")
        f = Kind.FLOAT
        stats = _named(("lower", f), ("q1", f), ("median", f), ("q3", f), ("upper", f), ("count", Kind.INTEGER))
        key = self.input.schema.only((self.by,)) if self.by else Schema(())
        return Schema((*key.columns, *stats.columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid(Step):
    """Counts of points in a grid of two numbers, for scatters of many rows: x, y (the cells' centres) and count; empty cells are left out."""

    input: Step
    x: str
    y: str
    bins: int = 60

    def derive(self) -> Schema:
        """Give x, y and count under the columns' own names."""
        _all_numeric(self.input.schema, (self.x, self.y), "A grid of counts")
        unique((self.x, self.y, "count"), "The grid")
        return _named((self.x, Kind.FLOAT), (self.y, Kind.FLOAT), ("count", Kind.INTEGER))


@dataclass(frozen=True, slots=True, kw_only=True)
class Thin(Step):
    """At most about `n` rows that keep a line's shape: per stretch of x, the rows of the smallest and largest y. Sorted by x."""

    input: Step
    x: str
    y: str
    n: int = 1000

    def derive(self) -> Schema:
        """Give the two columns."""
        _all_numeric(self.input.schema, (self.y,), "Thinning a line")
        return self.input.schema.only((self.x, self.y))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(Step):
    """A chart of a table that is aggregated already. `mode` says how series share a bar chart.

    A box chart reads `BoxStats`, a histogram `Histogram`; a heatmap draws `color` (a number) over x and y; a pie has names in x and
    sizes in y. Bars may lie down (`horizontal`), and those of a place may make up 100 `percent`; points may have a `trend`, a straight
    line by least squares for each series; `facet` draws one small chart for each of its values. Titles that are not given are made
    from the plan.
    """

    input: Step
    kind: ChartKind
    x: str
    y: str
    series: str | None = None
    mode: Literal["group", "stack"] = "group"
    color: str | None = None
    horizontal: bool = False
    title: str = ""
    x_title: str = ""
    y_title: str = ""
    log_y: bool = False
    facet: str | None = None
    trend: bool = False
    percent: bool = False

    def derive(self) -> Schema:
        """Check the columns; the table goes through."""
        schema = self.input.schema
        if self.kind == "box":
            if not isinstance(self.input, BoxStats):
                raise PlanError("A box chart draws box statistics. Compute them first.")
            return schema
        schema.column(self.x)
        y = schema.column(self.y)
        if self.series is not None:
            schema.column(self.series)
        if self.facet is not None:
            schema.column(self.facet)
            if self.kind in {"box", "heatmap", "histogram", "pie"}:
                raise PlanError(f"Small multiples of a {self.kind} chart cannot be drawn. Ask for bars, lines or points.")
        if self.color is not None:
            _all_numeric(schema, (self.color,), "The colour of a heatmap")
        if self.kind == "heatmap":
            if self.color is None:
                raise PlanError("A heatmap needs a number to colour by.")
        elif self.kind != "scatter" and y.kind not in NUMBERS and y.kind is not Kind.DURATION:
            raise PlanError(f"A {self.kind} chart needs a number on y, and `{self.y}` is {y.kind}.")
        return schema
