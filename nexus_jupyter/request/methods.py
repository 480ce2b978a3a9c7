"""Methods by name: tests, levels of significance, what the standard deviation divides by."""

from __future__ import annotations

import re

from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.recipe import Recipe

TESTS = (
    ("pearson", r"pearson(?: ' s| 's)?(?: product - moment)?(?: correlation)?(?: coefficients?)?(?: \( r \))?"), ("spearman", r"spearman(?: ' s| 's)?(?: rank)?"), ("kendall", r"kendall(?: ' s| 's)?(?: tau)?"),
    ("shapiro", r"shapiro(?: -)?(?: wilk)?"), ("ks_two", r"(?:two|<n\d+>)(?: -)? sample (?:kolmogorov(?: -)?(?: smirnov)?|ks)|ks_2samp"), ("ks_normal", r"kolmogorov(?: -)?(?: smirnov)?|\bks test|k - s test"), ("anderson", r"anderson(?: -)?(?: darling)?"),
    ("dagostino", r"d ?' ?agostino(?: 's)?(?: k)?|normaltest|k - squared|omnibus"), ("jarque_bera", r"jarque(?: -)?(?: bera)?"),
    ("t_one", r"(?:one|<n\d+>)(?: -)? sample t(?: -)? tests?|ttest_1samp"),
    ("proportions", r"(?:(?:two|<n\d+>) - )?(?:sample |proportions? )?z(?: -)? tests?(?: (?:for|of)(?: (?:two|<n\d+>))? proportions?)?|proportions? tests?|tests? of proportions?"),
    ("mann_whitney", r"mann(?: -)? whitney(?: u)?|wilcoxon rank - sum|rank - sum"), ("t_paired", r"paired(?: samples?| sample)? t(?: -)? test"), ("wilcoxon", r"wilcoxon(?! rank)(?: signed)?(?: -)?(?: rank)?"),
    ("t", r"(?:(?:two|<n\d+>) - sample |independent(?: samples?| (?:two|<n\d+>) - sample)? |welch(?: 's)? |student(?: 's)? )*t - tests?|\b(?:two sample |independent )?t tests?\b|welch"),
    ("anova", r"(?:(?:one|<n\d+>) - way )?(?:anova|analysis of variance)"), ("kruskal", r"kruskal(?: -)?(?: wallis)?"), ("chi2", r"chi(?: -)? ?squared?(?: test)?(?: of independence)?|chi2"), ("fisher", r"fisher ' s exact|fisher 's exact|fisher exact"),
    ("levene", r"levene"), ("bartlett", r"bartlett"),
)  # fmt: skip
LONGER = frozenset({"t_paired", "t_one", "ks_two", "mann_whitney"})
"""Tests in whose names another test's name stands."""
_TAIL = r"(?: (?:test|tests|correlation|method|coefficient|analysis|for normality|of normality))*"


def methods(r: Recipe, line: Line) -> None:
    """Read which tests a line names, and their levels."""
    mask = line.mask
    taken: list[tuple[int, int]] = []
    for kind, pattern in TESTS:
        for m in line.find(rf"(?:{pattern}){_TAIL}"):
            if any(a < m.end() and m.start() < b for a, b in taken) or (kind == "t_one" and 1 not in (line.targets(m[0], "n") or [1])):
                continue
            if kind == "pearson" and re.search(r"skew|moment coefficient", mask) and "correlation" not in mask:
                continue
            equal = kind == "t" and "equal variance" in mask and not re.search(r"(?:un|not )equal variance", mask)
            chosen = "t_equal" if equal else kind
            if chosen not in r.tests:
                r.tests.append(chosen)
            line.claim(m.start(), m.end(), f"test {chosen}")
            taken += [m.span()] if kind in LONGER else []
    for m in line.find(
        r"(?:significance level|alpha(?: level)?|level of significance|significance \) level)\b[^<]{0,30}<n(\d+)>|<n(\d+)>(?: as| for)?(?: the)?(?: as the)? (?:alpha|significance)"
    ):
        value = line.pieces[int(m[1] or m[2])].target
        if isinstance(value, (int, float)) and 0 < value < 1:
            r.alpha = float(value)
        line.claim(m.start(), m.end(), "alpha")
    for m in line.find(r"(?:at least|more than|minimum of|>=|>) <n\d+> (?:times|observations|rows|records|entries|occurrences|data)"):
        line.claim(m.start(), m.end(), "often")
    for m in line.find(r"within <n\d+> (?:standard deviations?|std)"):
        line.claim(m.start(), m.end(), "within")
    if re.search(r"population (?:standard deviation|variance|std)|ddof ?= ?<n\d+>|\u03c3", mask) and (
        ("population" in mask) or "σ" in mask or 0 in line.targets(mask, "n")
    ):
        r.population = True
    if re.search(r"\b(?:np|numpy)(?: 's)? ?\.? ?std\b", mask):  # a tool by itself says nothing, its function does
        r.population = True
    if (
        re.search(r"scipy|stats \. skew|stats \. kurtosis", mask)
        and re.search(r"skew|kurtosis", mask)
        and not re.search(r"bias = false|pandas", mask)
    ):
        r.biased = True


def implied(r: Recipe, lines: list[Line]) -> None:
    """Choose the test that a question implies where it names none."""
    text = " ".join(line.mask for line in lines if line.zone != "form")
    if r.tests or r.learning is not None:
        return
    if re.search(r"significant(?:ly)? (?:difference|differ)|differ(?:s|ence)? significantly", text):
        if any(len(vs) == 2 for _, vs in r.pairs):
            r.tests.append("t")
            r.notes.append(("test", "The two groups are compared by Welch's t-test."))
        elif r.groups:
            r.tests.append("anova")
            r.notes.append(("test", "The groups are compared by an analysis of variance."))
    elif re.search(r"normal(?:ly)? distribut|normality", text):
        r.tests.append("shapiro")
        r.notes.append(("test", "Normality is tested by Shapiro and Wilk's test."))
