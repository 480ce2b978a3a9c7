"""What a question of inference is about: numbers, categories and groups, and the test that fits them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language.draft import Impossible, NotUnderstood, Pred, Quantity
from nexus_jupyter.language.tokens import name_words
from nexus_jupyter.plan.statistics import CORRELATIONS, NORMALITY, PAIRED, SAID, SAMPLES, TABLES, TWO_SAMPLES
from nexus_jupyter.plan.step import Step

if TYPE_CHECKING:
    from nexus_jupyter.language.completion import Builder
    from nexus_jupyter.language.vocabulary import Ref

ALPHA = 0.05
MOST_GROUPS, FEW, MANY, FEWEST = 50, 12, 5000, 3
RANKED = {"t": "mann_whitney", "t_equal": "mann_whitney", "anova": "kruskal", "t_paired": "wilcoxon", "pearson": "spearman"}
"""The test of ranks that asks what a test of means asks."""
CODES = frozenset("class category type group code kind stage grade zone region".split())
ASSOCIATED = frozenset({"association", "relationship", "relation", "relate", "related", "associated", "effect"})


class Case:
    """What a question of inference is about: numbers, categories, groups."""

    def __init__(self, b: Builder) -> None:
        self.b, self.r, self.d = b, b.reader, b.draft
        refs = list(dict.fromkeys(q.ref for q in self.d.selects if q.ref is not None and q.func in {"", "mean"}))
        if any(q.func not in {"", "mean", "size", "share"} for q in self.d.selects):
            raise NotUnderstood("a test of an aggregate")
        self.share = next((q.where for q in self.d.selects if q.func == "share"), None)
        self.counted = any(q.func == "size" for q in self.d.selects)
        self.by, self.groups = self._compared()
        refs = [ref for ref in refs if ref != self.by]
        self.numbers = [x for x in refs if self.r.number(x) and not self.category(x)]
        self.categories = [x for x in refs if x not in self.numbers]

    def category(self, ref: Ref) -> bool:
        """Say whether a column holds categories: text, yes or no, or two numbers."""
        profile = self.r.profile(ref)
        return not self.r.number(ref) or self.r.info(ref).kind is Kind.BOOLEAN or profile.distinct == 2

    def _compared(self) -> tuple[Ref | None, tuple[Any, ...]]:
        """Find what is compared: values of a column, or a column; a condition that names groups is no filter."""
        found = [p for p in self.d.preds if p.kind == "in" and p.ref is not None and not p.negated]
        by = found[0].ref if not self.d.keys and len(found) == 1 else None
        if len(self.d.keys) == 1 and not self.d.keys[0][1]:
            by = self.d.keys[0][0]
        if by is None or len(found) != 1 or found[0].ref != by:
            return by, ()
        self.d.preds = [p for p in self.d.preds if p is not found[0]]
        return by, tuple(found[0].value)

    def modified(self, kind: str) -> str:
        """Turn a test into the one of ranks or of pairs, where that is asked for."""
        if "paired" in self.d.tests:
            if len(self.numbers) != 2 or self.by is not None or self.categories:
                raise Impossible(f"A paired test needs two columns of numbers of the same rows; {self._named()}.")
            kind = "wilcoxon" if kind in {"wilcoxon", "mann_whitney"} else "t_paired"
        return RANKED.get(kind, kind) if "rank" in self.d.tests else kind

    def sided(self) -> None:
        """Let the two values of what is compared be its groups, where the question names none."""
        if self.by is not None and not self.groups:
            values = self.r.profile(self.by).values if self.r.profile(self.by).complete else ()
            self.groups = tuple(sorted(values, key=str)) if len(values) == 2 else ()

    def fitting(self, asked: list[str]) -> str:
        """Choose the test by the question and the columns."""
        if self.share is not None:
            return self._shares(self.share)
        if "normal" in asked:
            return "shapiro" if (self._rows() or 0) <= MANY else "dagostino"
        if self.by is None and "associated" in asked and len(self.categories) == len(self.numbers) == 1 and self._coded(self.numbers[0]):
            self.categories, self.numbers = [*self.categories, *self.numbers], []  # "did survival depend on class"
            return "chi2"
        if self.by is None and self.categories and len(self.numbers) <= 1:
            self.by = self.categories.pop() if len(self.categories) + len(self.numbers) == 2 else None
        if self.by is not None and self.categories and not self.numbers:
            return "chi2"
        if self.by is not None and self.numbers:
            if self.d.statistic == "correlation" and not self._associated():
                group, of = self.by.column, self.numbers[0].column
                raise Impossible(
                    f"A correlation needs two columns of numbers, and `{group}` holds categories. Possible: is there a significant difference "
                    f"in {of} between the groups of {group}?"
                )
            self.sided()
            return "t" if len(self.groups) == 2 else "anova"
        if len(self.numbers) == 2 and not self.categories and self.by is None:
            return self._of_two() if "difference" in asked and self.d.statistic != "correlation" else "pearson"
        if self.d.statistic == "correlation":
            raise Impossible(f"A correlation needs two columns of numbers; {self._named()}.")
        raise Impossible(f"A difference needs a number and the groups to compare; {self._named()}.")

    def _coded(self, ref: Ref) -> bool:
        """Say whether a column of numbers holds codes of a few categories."""
        words = name_words(ref.column)
        named = self.r.info(ref).role is Role.CATEGORY or any(w in CODES or w.endswith("class") for w in words)
        return named and self.r.profile(ref).distinct <= FEW

    def _of_two(self) -> str:
        """Choose the test of a difference between two columns of numbers: of pairs, or between the groups that the one makes."""
        few = [x for x in self.numbers if self.r.profile(x).distinct <= FEW]
        if len(few) == 1:
            self.by = few[0]
            self.numbers.remove(few[0])
            self.sided()
            return "anova"
        profiles = [self.r.profile(x) for x in self.numbers]
        spans = [(p.minimum, p.maximum) for p in profiles if isinstance(p.minimum, (int, float)) and isinstance(p.maximum, (int, float))]
        if len(spans) == len(self.numbers) and max(low for low, _ in spans) > min(high for _, high in spans):
            a, b = (f"`{x.column}`" for x in self.numbers)
            raise Impossible(f"{a} and {b} are numbers of different sizes, whose difference says little. Possible: are they correlated?")
        return "t_paired"

    def _shares(self, share: Pred) -> str:
        """Choose the test of a share: of proportions in two groups, or of the categories in more."""
        if self.by is None and len(self.categories) == 1:
            self.by = self.categories.pop()
        if self.by is None or self.numbers or self.categories or share.ref is None:
            raise NotUnderstood("whose shares are compared")
        self.sided()
        if len(self.groups) == 2:
            return "proportions"
        if self.r.profile(share.ref).distinct != 2:
            raise NotUnderstood("a share of several categories in several groups")
        self.categories, self.share = [share.ref], None
        return "chi2"

    def _associated(self) -> bool:
        return bool({w for it in self.r.items for w in it.lows} & ASSOCIATED)

    def _named(self) -> str:
        refs = [*self.numbers, *self.categories]
        return f"the question names {', '.join(f'`{x.column}`' for x in refs)}" if refs else "the question names no column"

    def _rows(self) -> int | None:
        return self.r.catalog.dataset(self.tables[0]).rows if self.tables else None

    @property
    def tables(self) -> list[str]:
        """The tables of the columns."""
        refs = [*self.numbers, *self.categories, *([self.by] if self.by else [])]
        return list(dict.fromkeys(x.table for x in refs))

    def base(self) -> Step:
        """Give the rows, with numbers read as numbers; too few of them are refused."""
        for ref in self.numbers:
            self.b.rows.use(ref, number=True)
            if self.r.info(ref).role is Role.IDENTIFIER or (self.r.profile(ref).unique and self.r.info(ref).kind is Kind.STRING):
                raise Impossible(f"`{ref.column}` tells rows apart, and its numbers say nothing more. Choose a measured column.")
        rows = self._rows()
        if rows is not None and rows < FEWEST:
            raise Impossible(f"{self.tables[0]} has {rows} row{'' if rows == 1 else 's'}, and statistics need at least {FEWEST}.")
        for ref in [*self.numbers, *self.categories]:
            if self.r.profile(ref).distinct == 1:
                raise Impossible(f"`{ref.column}` has the same value in every row, so that nothing can be tested.")
        have = {q.ref for q in self.d.selects}
        self.d.selects += [Quantity("", ref) for ref in ([self.by] if self.by else []) if ref not in have]
        return self.b.rows.base()

    def name(self, ref: Ref) -> str:
        """Give the physical name of a column."""
        return self.b.name(ref)

    def alpha(self) -> float:
        """Give the significance level, which is said where the question does not name it."""
        alpha = self.d.figures.get("alpha", ALPHA)
        if "alpha" not in self.d.figures:
            self.b.notes.append(("alpha", f"A p-value below {alpha:g} counts as significant."))
        return alpha


def settle(case: Case, kind: str) -> None:
    """Sort the columns of a test that is named into numbers, categories and groups."""
    if kind in SAMPLES | TWO_SAMPLES and case.by is None and case.categories:
        case.by = case.categories.pop()
    if kind in PAIRED | CORRELATIONS and case.by is not None and not case.groups and case.r.number(case.by):
        case.numbers, case.by = [*case.numbers, case.by], None  # "A against B"
    if kind in TABLES and case.by is not None and not case.groups:
        case.categories, case.by = [*case.categories, case.by], None
    if kind in TWO_SAMPLES and case.by is not None and not case.groups:
        profile = case.r.profile(case.by)
        if not profile.complete or len(profile.values) != 2:
            raise Impossible(f"The {SAID[kind]} compares two groups, and `{case.by.column}` has {profile.distinct}. Name two of them.")
        case.groups = tuple(sorted(profile.values, key=str))


def check(case: Case, kind: str) -> None:
    """Refuse what the test cannot be done with."""
    alone = kind in NORMALITY | {"t_one"}
    if kind in NORMALITY and not case.numbers and len(case.categories) == 1:
        raise Impossible(f"A test of normality takes one column of numbers, and `{case.categories[0].column}` is none.")
    if (kind not in TABLES and case.categories) or (kind in TABLES and case.numbers) or case.counted:
        raise NotUnderstood("a column beside the test")
    if (alone and len(case.numbers) != 1) or (kind not in SAMPLES | TWO_SAMPLES | TABLES and case.by is not None):
        raise NotUnderstood("several tests of one kind at once")
    if case.by is None:
        return
    if any(p.kind == "cmp" and p.op == "==" and p.ref == case.by for p in case.d.preds):
        raise NotUnderstood(f"which groups of {case.by.column} are compared")
    profile = case.r.profile(case.by)
    if profile.distinct == 1:
        raise Impossible(f"`{case.by.column}` has only one value, and a difference needs two groups.")
    if not case.groups and profile.distinct > MOST_GROUPS:
        raise Impossible(f"`{case.by.column}` has {profile.distinct:,} different values, too many to be groups.")
