"""Questions of inference: differences, associations, normality, outliers, intervals and regressions, each with the test that fits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language import models, spreads
from nexus_jupyter.language.draft import Impossible, NotUnderstood, Pred, Quantity
from nexus_jupyter.language.lexicon import TEST_KINDS
from nexus_jupyter.language.vocabulary import EXACT
from nexus_jupyter.plan.expressions import Col, Compare, In, Lit
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.statistics import (
    CORRELATIONS,
    NORMALITY,
    PAIRED,
    SAID,
    SAMPLES,
    TABLES,
    TWO_SAMPLES,
    ConfidenceInterval,
    SignificanceTest,
)
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Filter, Select, Top
from nexus_jupyter.plan.summaries import Correlation

if TYPE_CHECKING:
    from nexus_jupyter.language.completion import Builder
    from nexus_jupyter.language.reader import Reader
    from nexus_jupyter.language.vocabulary import Ref

ALPHA, LEVEL = 0.05, 0.95
MOST_GROUPS, FEW, MANY, FEWEST = 50, 12, 5000, 3
FIGURES = frozenset({"alpha", "threshold", "level"})
ALTERNATIVES = {"!=": "two-sided", ">": "greater", "<": "less"}
YES_NO = frozenset({"is", "are", "does", "do", "was", "were"})
LINKED = frozenset(
    {
        "associated",
        "independent",
        "related",
        "dependent",
        "depend",
        "depends",
        "linked",
        "affect",
        "affects",
        "influence",
        "influences",
        "impact",
        "impacts",
    }
)
MODIFIERS = frozenset({"rank", "paired", "effect"})
RANKED = {"t": "mann_whitney", "t_equal": "mann_whitney", "anova": "kruskal", "t_paired": "wilcoxon", "pearson": "spearman"}
"""The test of ranks that asks what a test of means asks."""
ASSOCIATED = frozenset({"association", "relationship", "relation", "relate", "related", "associated", "effect"})


# --- words
def test(r: Reader, i: int) -> int | None:
    """Take a word of statistics, a number that belongs to it, or the "between" of a difference."""
    it = r.items[i]
    if r.chart:
        return None
    if it.number is not None:
        return _figure(r, i)
    if r.draft.tests and r.cue(i, "cmp", "between") and (r.has_value(r.skip(i + 1)) or r.has_column(r.skip(i + 1))):
        return i + 1
    if r.cue(i, "cmp"):
        return _expected(r, i)
    if it.low == "normal" and r.draft.statistic == "distribution" and r.items[0].low in YES_NO and not r.has_value(i):
        r.draft.tests.append("normal")
        return i + 1
    if it.low in {"difference", "differences"} and any(o.cue and o.cue[0] == "test" for o in r.items):
        r.draft.tests.append("difference")
        return i + 1
    if not r.cue(i, "test") or (r.is_column(i) and (len(it.lows) == 1 or r.candidates(i)[0][1] >= EXACT)):
        return None
    arg = (it.cue or ("", ""))[1]
    if arg == "verb" and not any(
        o.cue and (o.cue == ("stat", "correlation") or (o.cue[0] == "test" and o.cue[1] != "verb")) for o in r.items
    ):
        return None
    if arg in FIGURES:
        return _named_figure(r, i, arg)
    if arg in {"control", "regress"}:
        _turn(r, i, arg)
    if arg != "control":
        r.draft.tests.append(arg)
    if arg in CORRELATIONS:
        r.draft.statistic = "correlation"
    return i + 1


def _turn(r: Reader, i: int, arg: str) -> None:
    """Note how many columns stand before "controlling for", or before the "predict" of "X predicts Y"."""
    before = len([q for q in r.draft.selects if q.ref is not None])
    if before and (arg == "control" or r.items[i].low.startswith("predict")):
        r.draft.figures[arg] = before


def _expected(r: Reader, i: int) -> int | None:
    """Take the number of "is the mean price different from 12", "significantly greater than 12"."""
    op, j = (r.items[i].cue or ("", ""))[1], r.skip(i + 1, also=frozenset({"than", "to"}))
    number, last = (r.items[j].number if r.at(j) is not None else None), r.draft.selects[-1:]
    if number is None or r.items[0].low not in YES_NO or not last or last[0].func != "mean" or op not in ALTERNATIVES:
        return None
    if op != "!=" and "significant" not in r.draft.tests:
        return None
    r.draft.tests.append("t_one")
    r.draft.figures["mean"], r.draft.alternative = number, ALTERNATIVES[op]
    return j + 1


def _named_figure(r: Reader, i: int, arg: str) -> int | None:
    """Take the number after "alpha =", "a threshold of", "a confidence level of"."""
    j = i + 1
    while (
        r.mark(j) in {"=", ":", "("}
        or r.cue(j, "cmp", "==")
        or (r.at(j) is not None and r.items[j].low in {"of", "is", "at", "level", "equal to"})
    ):
        j += 1
    number = r.items[j].number if r.at(j) is not None else None
    if number is None:
        return i + 1 if arg == "level" else None
    r.draft.figures[arg] = _share(number) if arg != "threshold" else number
    return j + 1


def _share(number: float) -> float:
    return number / 100 if number >= 1 else number


def _figure(r: Reader, i: int) -> int | None:
    """Take the number of "a 95% confidence interval", "at the 5% significance level"."""
    j = r.skip(i + 1)
    number = r.items[i].number or 0
    if r.cue(j, "test", "cluster"):
        r.draft.figures["k"] = number
        return i + 1
    if not 0 < number < 100:
        return None
    if r.draft.tests and r.at(j) is not None and r.items[j].low == "level":
        r.draft.figures["alpha"] = _share(number)
        return j + 1
    if r.cue(j, "test", "interval", "level"):
        r.draft.figures["level"] = _share(number)
        return i + 1
    if r.cue(j, "test", "alpha"):
        r.draft.figures["alpha"] = _share(number)
        return j + 1
    return None


def implied(b: Builder) -> bool:
    """Say whether "is A associated with B", "are A and B correlated" or a correlation of categories asks for a test."""
    d, items = b.draft, b.reader.items
    words = {w for it in items for w in it.lows}
    two = len({q.ref for q in d.selects if q.ref and not q.func}) == 2 and not (d.keys or d.orders or d.extremes)
    if two and d.statistic == "correlation":
        return items[0].low in YES_NO or any(not b.reader.number(q.ref) for q in d.selects if q.ref)
    return bool(two and items and items[0].low in YES_NO and words & LINKED)


# --- plans
def infer(b: Builder) -> Output:
    """Choose the test that the words name, or that fits the columns, and plan it."""
    d = b.draft
    if d.extremes or d.orders or d.limit is not None or d.havings or d.distinct or (d.mark and d.mark != "auto"):
        raise NotUnderstood("an order or a limit of a test")
    asked = [t for t in d.tests if t not in {"verb", "significant", "predictor", "r2", *MODIFIERS}]
    if "predictor" in d.tests and not asked:
        asked = ["regress"]
    asked += ["regress"] if "logistic" in asked and "regress" not in asked else []
    case = Case(b)
    for name, build in BUILDERS:
        if name in asked:
            return build(case, [t for t in asked if t != name])
    if "iqr" in asked:
        raise NotUnderstood("a rule for outliers, and no outliers")
    named = [t for t in asked if t in SAID]
    if len(set(named)) > 1:
        raise NotUnderstood("two tests at once")
    if d.keys and not case.groups and len(d.keys) > 1:
        raise NotUnderstood("a test for each of several groups")
    if "control" in d.figures and (not named or named == ["pearson"]):
        named = ["partial"]
    kind = case.modified(named[0] if named else case.fitting(asked))
    return _tested(case, kind, named=bool(named))


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
        r = self.r
        if self.share is not None:
            return self._shares(self.share)
        if "normal" in asked:
            return "shapiro" if (self._rows() or 0) <= MANY else "dagostino"
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

    def _of_two(self) -> str:
        """Choose the test of a difference between two columns of numbers: of pairs, or between the groups that the one makes."""
        few = [x for x in self.numbers if self.r.profile(x).distinct <= FEW]
        if len(few) == 1:
            self.by = few[0]
            self.numbers.remove(few[0])
            self.sided()
            return "anova"
        spans = [(p.minimum, p.maximum) for x in self.numbers if (p := self.r.profile(x)) and isinstance(p.minimum, (int, float))]
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
        if len(self.groups) == 2:  # noqa: PLR2004 - two shares
            return "proportions"
        if self.r.profile(share.ref).distinct != 2:  # noqa: PLR2004 - the share and the rest
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


def _the(kind: str) -> str:
    return SAID[kind] if "'s " in SAID[kind] else f"The {SAID[kind]}"


def _tested(case: Case, kind: str, *, named: bool) -> Output:
    b, d = case.b, case.d
    if named:
        _settle(case, kind)
    step = case.base()
    _check(case, kind)
    columns = tuple(case.name(x) for x in (case.categories if kind in TABLES else case.numbers))
    plain = named and kind in CORRELATIONS and kind != "partial" and "significant" not in d.tests
    if plain and len(columns) == 2:
        made: Step = Correlation(input=step, columns=columns, method=kind)  # type: ignore[arg-type] # the three that it knows
        return Output(step=made, form="value", name="correlation", label=f"{SAID[kind]} of {' and '.join(columns)}")
    alpha = case.alpha()
    by, groups = (case.name(case.by), case.groups) if case.by is not None else (None, ())
    if kind in TABLES and by is not None:
        step = Filter(input=step, where=In(Col(by), groups)) if groups else step
        columns, by, groups = (*columns, by), None, ()
    control, columns = (columns[2:], columns[:2]) if kind == "partial" else ((), columns)
    where = b.rows.expression(case.share, step) if case.share is not None else None
    if kind in TABLES | PAIRED | CORRELATIONS and len(columns) != 2:
        raise Impossible(f"The {SAID[kind]} needs two columns of {'categories' if kind in TABLES else 'numbers'}.")
    if not named:
        b.notes.append(("test", f"{_the(kind)} is used{TEST_KINDS.get(kind, '')}."))
    if kind == "t_paired":
        b.notes.append(("pairs", f"{columns[0]} and {columns[1]} of one row belong together."))
    made = SignificanceTest(
        input=step, kind=kind, columns=columns, by=by, groups=groups, control=control, level=round(1 - alpha, 10),  # type: ignore[arg-type]
        where=where, mean=d.figures.get("mean", 0.0), alternative=d.alternative,  # type: ignore[arg-type]
    )  # fmt: skip
    of = (" and ".join(columns) or f"{case.share.ref.column if case.share and case.share.ref else ''}") + (f" by {by}" if by else "")
    if "effect" in d.tests and "effect" in made.schema:
        made = Select(input=made, columns=("effect", *(c for c in made.schema.names if c != "effect")))
    return Output(step=made, form="table", name="test", label=f"{SAID[kind]} of {of}")


def _settle(case: Case, kind: str) -> None:
    """Sort the columns of a test that is named into numbers, categories and groups."""
    if kind in SAMPLES | TWO_SAMPLES and case.by is None and case.categories:
        case.by = case.categories.pop()
    if kind in TABLES and case.by is not None and not case.groups:
        case.categories, case.by = [*case.categories, case.by], None
    if kind in TWO_SAMPLES and case.by is not None and not case.groups:
        profile = case.r.profile(case.by)
        if not profile.complete or len(profile.values) != 2:
            raise Impossible(f"The {SAID[kind]} compares two groups, and `{case.by.column}` has {profile.distinct}. Name two of them.")
        case.groups = tuple(sorted(profile.values, key=str))


def _check(case: Case, kind: str) -> None:
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
    profile = case.r.profile(case.by)
    if profile.distinct == 1:
        raise Impossible(f"`{case.by.column}` has only one value, and a difference needs two groups.")
    if not case.groups and profile.distinct > MOST_GROUPS:
        raise Impossible(f"`{case.by.column}` has {profile.distinct:,} different values, too many to be groups.")


def _pairs(case: Case, asked: list[str]) -> Output:
    """Plan the strongest or weakest of all correlations, or of those with one column."""
    method = asked[0] if asked else "pearson"
    if set(asked) - {method} or method not in {"pearson", "spearman", "kendall"} or case.categories or case.by is not None or len(case.numbers) > 1:
        raise NotUnderstood("correlations of what")
    step = case.base() if case.numbers else case.b.rows.base()
    target = case.name(case.numbers[0]) if case.numbers else None
    names = tuple(c.name for c in step.schema if c.kind.numeric and (c.role is not Role.IDENTIFIER or c.name == target))
    if len(names) < 2:  # noqa: PLR2004 - a pair
        raise Impossible("A correlation needs two columns of numbers.")
    step = Correlation(input=step, columns=names, method=method, shape="pairs", target=target)  # type: ignore[arg-type]
    weakest, side = case.d.figures["pairs"] < 0, case.d.alternative
    if side != "two-sided":
        step = Filter(input=step, where=Compare(">" if side == "greater" else "<", Col("correlation"), Lit(0)))
    of = f" with {target}" if target else ""
    return Output(
        step=Top(input=step, n=1, last=weakest), form="table", name="correlations", label=f"{'weakest' if weakest else 'strongest'} correlation{of}"
    )


def _interval(case: Case, asked: list[str]) -> Output:
    share = case.share
    if len(case.numbers) != (share is None) or case.categories or case.groups or asked:
        raise NotUnderstood("an interval of what")
    step, level = case.base(), case.d.figures.get("level", LEVEL)
    by = (case.name(case.by),) if case.by is not None else ()
    if share is not None:
        where = case.b.rows.expression(share, step)
        return Output(
            step=ConfidenceInterval(input=step, of="proportion", where=where, by=by, level=level), form="table", name="interval",
            label="share with its confidence interval" + (f" by {by[0]}" if by else ""),
        )  # fmt: skip
    column = case.name(case.numbers[0])
    if "level" not in case.d.figures:
        case.b.notes.append(("level", f"The confidence is {level:.0%}."))
    made = ConfidenceInterval(input=step, column=column, by=by, level=level)
    return Output(
        step=made, form="table", name="interval", label=f"mean {column} with its confidence interval" + (f" by {by[0]}" if by else "")
    )


BUILDERS: tuple[tuple[str, Callable[[Case, list[str]], Output]], ...] = (
    ("pairs", _pairs),
    ("outliers", spreads.outliers),
    ("regress", models.regression),
    ("interval", _interval),
    ("cluster", models.clusters),
    ("zscore", partial(spreads.scaled, method="standard")),
    ("minmax", partial(spreads.scaled, method="minmax")),
    *((name, partial(spreads.measured, func=name)) for name in spreads.MEASURES),
)
"""What is built for a word that asks for no test; the first that is asked for."""
