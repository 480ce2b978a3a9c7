"""Steps of inference: a test or an interval as a table of one row, a column for each of its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.errors import PlanError
from nexus_jupyter.plan.expressions import NUMBERS, Expr, Scalar, comparable, kind_of
from nexus_jupyter.plan.preparation import numbers
from nexus_jupyter.plan.step import Step, unique

TestKind = Literal[
    "pearson", "spearman", "kendall", "partial",
    "t", "t_equal", "mann_whitney", "ks_two", "t_paired", "wilcoxon", "t_one",
    "anova", "kruskal", "levene", "bartlett",
    "chi2", "fisher", "proportions",
    "shapiro", "ks_normal", "anderson", "dagostino", "jarque_bera",
]  # fmt: skip

CORRELATIONS = frozenset({"pearson", "spearman", "kendall", "partial"})
TWO_SAMPLES = frozenset({"t", "t_equal", "mann_whitney", "ks_two", "proportions"})
PAIRED = frozenset({"t_paired", "wilcoxon"})
SAMPLES = frozenset({"anova", "kruskal", "levene", "bartlett"})
TABLES = frozenset({"chi2", "fisher"})
NORMALITY = frozenset({"shapiro", "ks_normal", "anderson", "dagostino", "jarque_bera"})
WHOLE = frozenset({"n", "n_1", "n_2", "groups", "smallest_n"})

GIVES: dict[str, tuple[str, ...]] = {
    "pearson": ("n", "df", "low", "high"),
    "spearman": ("n",),
    "kendall": ("n",),
    "partial": ("n", "df"),
    "t": ("df", "n_1", "n_2", "mean_1", "mean_2", "difference", "low", "high", "effect"),
    "t_equal": ("df", "n_1", "n_2", "mean_1", "mean_2", "difference", "low", "high", "effect"),
    "mann_whitney": ("n_1", "n_2", "median_1", "median_2", "effect"),
    "ks_two": ("n_1", "n_2"),
    "proportions": ("n_1", "n_2", "share_1", "share_2", "difference", "low", "high"),
    "t_paired": ("df", "n", "mean_1", "mean_2", "difference", "low", "high", "effect"),
    "wilcoxon": ("n", "median_1", "median_2", "effect"),
    "t_one": ("df", "n", "mean_1", "difference", "low", "high", "effect"),
    "anova": ("df", "df_within", "n", "groups", "smallest_n", "effect"),
    "kruskal": ("df", "n", "groups", "smallest_n", "effect"),
    "levene": ("df", "df_within", "n", "groups", "smallest_n"),
    "bartlett": ("df", "n", "groups", "smallest_n"),
    "chi2": ("df", "n", "expected", "effect"),
    "fisher": ("n",),
    **dict.fromkeys(("shapiro", "ks_normal", "anderson", "dagostino", "jarque_bera"), ("n", "skewness", "kurtosis")),
}
"""What each test gives besides `statistic` and `p_value`."""


def row_of(names: tuple[str, ...]) -> Schema:
    """Give the schema of a row of numbers."""
    return Schema(tuple(Column(name=n, kind=Kind.INTEGER if n in WHOLE else Kind.FLOAT, role=Role.MEASURE) for n in names))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignificanceTest(Step):
    """A test of a hypothesis, over rows that miss nothing: one row with `statistic`, `p_value` and what `GIVES` lists.

    Correlations take two `columns` ("partial" removes `control` from both by least squares). Two samples are one column in two `groups`
    of `by`, or two columns. "anova", "kruskal", "levene" and "bartlett" take one column in the groups of `by` (all of them, when none are
    named), or several columns. "chi2" and "fisher" take two categories; "t_one" compares the mean with `mean`; normality tests take
    one column ("ks_normal" and "anderson" against a normal distribution with the sample's own mean and standard deviation).
    "proportions" compares the shares of rows for which `where` holds. Effects: Cohen's d, rank-biserial r, eta², epsilon², Cramér's V.
    `low` and `high` bound the correlation, difference or mean with confidence `level`.
    """

    input: Step
    kind: TestKind
    columns: tuple[str, ...] = ()
    by: str | None = None
    groups: tuple[Scalar, ...] = ()
    control: tuple[str, ...] = ()
    where: Expr | None = None
    mean: float = 0.0
    alternative: Literal["two-sided", "less", "greater"] = "two-sided"
    level: float = 0.95
    correction: bool = True

    def derive(self) -> Schema:
        """Check that the test can be done on such columns, and give its row."""
        schema, name = self.input.schema, SAID[self.kind]
        unique(self.columns, f"The {name}")
        schema.only((*self.columns, *self.control))
        if self.kind not in TABLES:
            numbers(schema, (*self.columns, *self.control), f"The {name}")
        if not 0 < self.level < 1:
            raise PlanError(f"The level of confidence is between 0 and 1, and it is {self.level}.")
        if self.kind in CORRELATIONS | PAIRED | TABLES:
            self._count(2, name)
        if bool(self.control) != (self.kind == "partial"):
            raise PlanError("A partial correlation, and nothing else, needs columns to control for.")
        if self.kind in NORMALITY | {"t_one"}:
            self._count(1, name)
        if self.kind in TWO_SAMPLES:
            self._samples(schema, name, 2, 2)
        if self.kind in SAMPLES:
            self._samples(schema, name, 2, None)
        if self.kind == "proportions" and (self.where is None or self.where.kind(schema) is not Kind.BOOLEAN):
            raise PlanError("A test of proportions needs a condition whose share is compared.")
        for table in self.columns if self.kind in TABLES else ():
            if schema.column(table).kind is Kind.NESTED:
                raise PlanError(f"`{table}` holds nested values and has no categories.")
        return row_of(("statistic", "p_value", *GIVES[self.kind]))

    def _count(self, n: int, name: str) -> None:
        if len(self.columns) != n:
            raise PlanError(f"The {name} needs {n} column{'s' if n > 1 else ''}, and {len(self.columns)} are named.")

    def _samples(self, schema: Schema, name: str, least: int, most: int | None) -> None:
        """Check the samples: one column split by another, or several columns."""
        if self.by is None:
            if self.kind == "proportions" or not least <= len(self.columns) <= (most or 100):
                raise PlanError(f"The {name} compares {'two' if most else 'two or more'} groups. Name the column that makes them.")
            return
        column = schema.column(self.by)
        if len(self.columns) != (0 if self.kind == "proportions" else 1):
            raise PlanError(f"The {name} of groups takes one column of numbers, and {len(self.columns)} are named.")
        unique(tuple(map(str, self.groups)), f"The {name}")
        if (most is not None and len(self.groups) != most) or len(self.groups) == 1:
            raise PlanError(f"The {name} compares {'two' if most else 'two or more'} groups, and {len(self.groups)} are named.")
        for v in self.groups:
            if not comparable(column.kind, kind_of(v)):
                raise PlanError(f"`{self.by}` is {column.kind} and never equals {v!r}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceInterval(Step):
    """What a sample says of the population: estimate, low, high, n; per group of `by`, sorted.

    "mean" by Student's t, "proportion" (the share of rows for which `where` holds) by Wilson.
    """

    input: Step
    column: str | None = None
    of: Literal["mean", "proportion"] = "mean"
    by: tuple[str, ...] = ()
    where: Expr | None = None
    level: float = 0.95

    def derive(self) -> Schema:
        """Give keys, estimate and limits."""
        schema = self.input.schema
        if not 0 < self.level < 1:
            raise PlanError(f"The level of confidence is between 0 and 1, and it is {self.level}.")
        if self.of == "proportion":
            if self.where is None or self.where.kind(schema) is not Kind.BOOLEAN:
                raise PlanError("The interval of a proportion needs a condition.")
        elif self.column is None:
            raise PlanError(f"The interval of a {self.of} needs a column.")
        elif schema.column(self.column).kind not in NUMBERS:
            raise PlanError(f"The interval of a {self.of} needs numbers, and `{self.column}` is {schema.column(self.column).kind}.")
        return Schema((*schema.only(self.by).columns, *row_of(("estimate", "low", "high", "n")).columns))


SAID: dict[str, str] = {
    "pearson": "Pearson correlation",
    "spearman": "Spearman correlation",
    "kendall": "Kendall correlation",
    "partial": "partial correlation",
    "t": "Welch's t-test",
    "t_equal": "Student's t-test",
    "mann_whitney": "Mann-Whitney U test",
    "ks_two": "two-sample Kolmogorov-Smirnov test",
    "proportions": "z-test of proportions",
    "t_paired": "paired t-test",
    "wilcoxon": "Wilcoxon signed-rank test",
    "t_one": "one-sample t-test",
    "anova": "analysis of variance",
    "kruskal": "Kruskal-Wallis test",
    "levene": "Levene test",
    "bartlett": "Bartlett test",
    "chi2": "chi-square test of independence",
    "fisher": "Fisher's exact test",
    "shapiro": "Shapiro-Wilk test",
    "ks_normal": "Kolmogorov-Smirnov test of normality",
    "anderson": "Anderson-Darling test of normality",
    "dagostino": "D'Agostino-Pearson test of normality",
    "jarque_bera": "Jarque-Bera test of normality",
}
"""The tests' names, after "the"."""
