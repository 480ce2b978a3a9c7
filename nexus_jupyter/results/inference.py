"""Prose about tests, intervals and models: the result in words, its numbers, and where its conditions are doubtful."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nexus_jupyter.results.narrative import Bound, Prose, escape, number
from nexus_jupyter.results.result import Part, plain
from nexus_jupyter.results.tables import column_values, names

Pieces = list["str | Bound"]
FEW, SMALL_COUNT, MANY = 30, 5, 5000
SYMBOLS = {
    "pearson": "Pearson's r", "spearman": "Spearman's ρ", "kendall": "Kendall's τ", "partial": "partial r", "t": "Welch's t",
    "t_equal": "Student's t", "t_paired": "paired t", "t_one": "t", "mann_whitney": "Mann-Whitney U", "wilcoxon": "Wilcoxon's W",
    "ks_two": "Kolmogorov-Smirnov D", "proportions": "z", "anova": "F", "kruskal": "Kruskal-Wallis H", "levene": "Levene's W",
    "bartlett": "Bartlett's T", "chi2": "χ²", "fisher": "odds ratio", "shapiro": "Shapiro-Wilk W", "ks_normal": "Kolmogorov-Smirnov D",
    "anderson": "Anderson-Darling A²", "dagostino": "D'Agostino's K²", "jarque_bera": "Jarque-Bera",
}  # fmt: skip
EFFECTS = {
    "t": "Cohen's d", "t_equal": "Cohen's d", "t_paired": "Cohen's d", "t_one": "Cohen's d", "mann_whitney": "rank-biserial r",
    "wilcoxon": "rank-biserial r", "anova": "η²", "kruskal": "ε²", "chi2": "Cramér's V",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Inference:
    """What a test, an interval or a model is about, in words.

    `kind` is the test's, or "interval", "scores", "terms" or "prediction"; `columns` are what was measured, `by` and `groups` what was
    compared, `share` the condition whose share it was, `control` what was held fixed, `mean` the expected mean, `alpha` the p-value below
    which a result counts as significant, `level` the confidence of an interval, `alternative` on which side a test looks.
    """

    kind: str
    columns: tuple[str, ...] = ()
    by: str = ""
    groups: tuple[str, ...] = ()
    control: tuple[str, ...] = ()
    share: str = ""
    mean: float = 0.0
    alpha: float = 0.05
    level: float = 0.95
    held_out: bool = False
    alternative: str = "two-sided"


def tell(part: Part, about: Inference) -> Prose | None:
    """Write the sentences of a test, an interval or a model, or None where the table lacks what they need."""
    if part.table is None or int(part.table.shape[0]) == 0:
        return None
    row = _Row(part)
    writers: dict[str, Callable[[_Row, Inference], Pieces]] = {
        "interval": _interval, "scores": _scores, "terms": _terms, "prediction": _prediction
    }  # fmt: skip
    pieces = writers.get(about.kind, _test)(row, about)
    return Prose(pieces=tuple(pieces)) if pieces else None


class _Row:
    """The first row of a part's table, whose values become bound numbers."""

    def __init__(self, part: Part) -> None:
        self.part, self.names, self.length = part, names(part.table), int(part.table.shape[0])

    def get(self, column: str, i: int = 0) -> Any:
        return plain(column_values(self.part.table, column)[i]) if column in self.names else None

    def bound(self, column: str, i: int = 0, *, strong: bool = False) -> Bound:
        value = self.get(column, i)
        text = number(value)
        return Bound(value=value, text=f"**{text}**" if strong else text, source=f"{self.part.name}.{column}[{i}]")

    def p(self, column: str = "p_value", i: int = 0) -> Bound:
        value = self.get(column, i)
        text = "p < 0.001" if value < 0.001 else f"p = {value:.3f}"  # noqa: PLR2004 - the smallest p that is told apart
        return Bound(value=value, text=text, source=f"{self.part.name}.{column}[{i}]")


def _test(row: _Row, about: Inference) -> Pieces:
    p = row.get("p_value")
    if "p_value" not in row.names or "statistic" not in row.names:
        return []
    what = " and ".join(map(escape, about.columns)) or escape(about.share)
    if p is None or row.get("statistic") is None:
        return [f"There is nothing to test in {what}: too few rows, or all values are the same."]
    said = _claim(row, about, significant=p < about.alpha)
    detail: Pieces = [": ", f"{SYMBOLS[about.kind]} = ", row.bound("statistic", strong=True)]
    if row.get("df") is not None and about.kind not in {"pearson", "partial"}:
        detail += [", df = ", row.bound("df")]
        detail += [" and ", row.bound("df_within")] if row.get("df_within") is not None else []
    detail += [", ", row.p()]
    if row.get("effect") is not None:
        detail += [f"; {EFFECTS[about.kind]} = ", row.bound("effect")]
    if all(isinstance(row.get(c), (int, float)) and math.isfinite(row.get(c)) for c in ("low", "high")):
        of = "it" if about.kind == "pearson" else "the mean" if about.kind == "t_one" else "the difference"
        detail += [f"; {of} lies between ", row.bound("low"), " and ", row.bound("high"), f" with {about.level:.0%} confidence"]
    return [*said, *detail, ".", *_conditions(row, about)]


def _claim(row: _Row, about: Inference, *, significant: bool) -> Pieces:
    kind, columns = about.kind, [escape(c) for c in about.columns]
    if kind in {"shapiro", "ks_normal", "anderson", "dagostino", "jarque_bera"}:
        return [f"{columns[0]} is {'not normally distributed' if significant else 'consistent with a normal distribution'}"]
    if kind in {"pearson", "spearman", "kendall", "partial"}:
        held = f", with {' and '.join(map(escape, about.control))} held fixed," if about.control else ""
        sign = "positively" if row.get("statistic") > 0 else "negatively"
        if significant:
            return [f"{columns[0]} and {columns[1]} are significantly {sign} correlated{held}".rstrip(",")]
        return [f"There is no significant correlation between {columns[0]} and {columns[1]}{held}".rstrip(",")]
    if kind in {"chi2", "fisher"}:
        if significant:
            return [f"{columns[0]} and {columns[1]} are significantly associated"]
        return [f"There is no significant association between {columns[0]} and {columns[1]}"]
    if kind == "t_one":
        verb = {
            "greater": f"is {'' if significant else 'not '}significantly greater than",
            "less": f"is {'' if significant else 'not '}significantly less than",
        }.get(about.alternative, "differs significantly from" if significant else "does not differ significantly from")
        expected = Bound(value=about.mean, text=number(about.mean), source="the question")
        return [f"The mean {columns[0]} (", row.bound("mean_1"), f") {verb} ", expected]
    what = _what(about)
    if about.by and not about.groups:
        among: Pieces = ["the ", row.bound("groups"), f" groups of {escape(about.by)}"] if row.get("groups") else [escape(about.by)]
    else:
        among = _sides(row, about)
    if significant:
        verb = "differ significantly" if what.startswith("The variances") else "differs significantly"
        return [f"{what} {verb} between ", *among]
    return [f"There is no significant difference in the {what[4:]} between ", *among]


def _what(about: Inference) -> str:
    """Name what is compared: "The mean fare", "The variances of fare", "The share of rows where …"."""
    of = escape(about.columns[0]) if about.by and about.columns else ""
    match about.kind:
        case "proportions":
            return f"The share of rows where {escape(about.share)}"
        case "levene" | "bartlett":
            return f"The variances of {of}" if of else "The variances"
        case "mann_whitney" | "wilcoxon" | "kruskal" | "ks_two":
            return f"The distribution of {of}" if of else "The distribution"
        case _:
            return f"The mean {of}" if of else "The mean"


def _sides(row: _Row, about: Inference) -> Pieces:
    sides = [escape(g) for g in (about.groups or about.columns)]
    pieces: Pieces = []
    for i, side in enumerate(sides, 1):
        pieces += [" and " if i == len(sides) and i > 1 else ", " if i > 1 else "", side]
        for middle in (f"mean_{i}", f"median_{i}", f"share_{i}"):
            if row.get(middle) is not None:
                pieces += [" (", row.bound(middle), ")"]
    return pieces


def _conditions(row: _Row, about: Inference) -> Pieces:
    """Say where a test's conditions are doubtful."""
    kind = about.kind
    if kind == "chi2" and (row.get("expected") or SMALL_COUNT) < SMALL_COUNT:
        return [" The smallest expected count is ", row.bound("expected"), f", below {SMALL_COUNT}, so that the p-value is rough."]
    if kind in {"t", "t_equal", "anova", "t_one", "t_paired", "bartlett"}:
        column = min(
            (c for c in ("n_1", "n_2", "smallest_n", "n") if row.get(c) is not None and not (c == "n" and row.get("groups"))),
            key=row.get,
            default="",
        )
        if column and row.get(column) < FEW:
            return [
                " With only ",
                row.bound(column),
                f" value{'' if row.get(column) == 1 else 's'} in the smallest sample, the test counts on normally distributed values.",
            ]
    if kind in {"shapiro", "anderson", "dagostino", "jarque_bera", "ks_normal"} and (row.get("n") or 0) > MANY:
        return [" With ", row.bound("n"), " values even small departures from a normal distribution are significant."]
    if kind == "ks_normal":
        return [" The p-value is rough, as mean and standard deviation come from the same values."]
    if kind in {"pearson", "spearman", "kendall"} and (row.get("n") or FEW) < 10:  # noqa: PLR2004 - hardly a cloud of points
        return [" It rests on only ", row.bound("n"), " rows."]
    return []


def _interval(row: _Row, about: Inference) -> Pieces:
    if row.length != 1 or row.get("estimate") is None:
        return []
    what = f"share of rows where {escape(about.share)}" if about.share else f"mean {escape(about.columns[0])}"
    if row.get("low") is None:
        return [f"The {what} is ", row.bound("estimate", strong=True), "; ", row.bound("n"), " row gives no interval."]
    confidence = f" ({about.level:.0%} confidence, "
    return [
        f"The {what} is ", row.bound("estimate", strong=True), ", between ", row.bound("low"), " and ", row.bound("high"), confidence,
        row.bound("n"), " rows).",
    ]  # fmt: skip


def _scores(row: _Row, about: Inference) -> Pieces:
    target, rows = escape(about.columns[0]), "held-out rows" if about.held_out else "rows"
    if row.get("r2") is not None and row.get("r2") < 0:
        return [f"The model says less about {target} on the {rows} than its mean does (R² = ", row.bound("r2"), ")."]
    if row.get("r2") is not None:
        share = Bound(value=row.get("r2"), text=f"**{row.get('r2'):.1%}**", source=f"{row.part.name}.r2[0]")
        where = f" on the {rows}" if about.held_out else ""
        pieces: Pieces = ["The model explains ", share, f" of the variance of {target}{where} (R² = ", row.bound("r2")]
        pieces += [", RMSE = ", row.bound("rmse")] if row.get("rmse") is not None else []
        pieces += [", F-test ", row.p()] if row.get("p_value") is not None and not about.held_out else []
        return [*pieces, ")."]
    if row.get("accuracy") is None:
        return []
    share = Bound(value=row.get("accuracy"), text=f"**{row.get('accuracy'):.1%}**", source=f"{row.part.name}.accuracy[0]")
    pieces = [f"The model tells {target} right for ", share, f" of the {rows}"]
    pieces += ["; F1 = ", row.bound("f1")] if row.get("f1") is not None else []
    return [*pieces, "."]


def _terms(row: _Row, about: Inference) -> Pieces:
    terms = [row.get("term", i) for i in range(row.length)]
    if "importance" in row.names:
        pieces: Pieces = ["What counts most: "]
        for i in range(min(3, row.length)):
            pieces += [", " if i else "", f"{escape(terms[i])} (", row.bound("importance", i), ")"]
        return [*pieces, "."]
    slopes = [i for i, t in enumerate(terms) if t != "intercept" and row.get("coefficient", i) is not None]
    pieces = [f"{escape(about.columns[0])} changes "] if slopes else []
    for place, i in enumerate(slopes[:4]):
        pieces += ["; " if place else "", "by ", row.bound("coefficient", i, strong=True), f" for {escape(terms[i])}"]
        if row.get("p_value", i) is not None:
            pieces += [" (", row.p(i=i), ")"]
    pieces += [".", *_clearest(row, terms, slopes)] if slopes else []
    return pieces


def _clearest(row: _Row, terms: list[Any], slopes: list[int]) -> Pieces:
    known = [i for i in slopes if row.get("p_value", i) is not None]
    if len(known) < 2:  # noqa: PLR2004 - nothing to compare
        return []
    best = min(known, key=lambda i: row.get("p_value", i))
    return [f" The most significant is {escape(terms[best])} (", row.p(i=best), ")."]


def _prediction(row: _Row, about: Inference) -> Pieces:
    return [f"The predicted {escape(about.columns[0])} is ", row.bound("prediction", strong=True), "."]
