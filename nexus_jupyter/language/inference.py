"""Questions of inference: differences, associations, normality, outliers, intervals and regressions, each with the test that fits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from nexus_jupyter.context.schema import Role
from nexus_jupyter.language import models, spreads
from nexus_jupyter.language.case import Case, check, settle
from nexus_jupyter.language.draft import Impossible, NotUnderstood
from nexus_jupyter.language.lexicon import TEST_KINDS
from nexus_jupyter.language.vocabulary import EXACT
from nexus_jupyter.plan.expressions import Col, Compare, In, Lit
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.statistics import (
    CORRELATIONS,
    PAIRED,
    SAID,
    TABLES,
    ConfidenceInterval,
    SignificanceTest,
)
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Filter, Select, Top
from nexus_jupyter.plan.summaries import Correlation

if TYPE_CHECKING:
    from nexus_jupyter.language.completion import Builder
    from nexus_jupyter.language.reader import Reader

LEVEL = 0.95
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


def _the(kind: str) -> str:
    return SAID[kind] if "'s " in SAID[kind] else f"The {SAID[kind]}"


def _tested(case: Case, kind: str, *, named: bool) -> Output:
    b, d = case.b, case.d
    if named:
        settle(case, kind)
    step = case.base()
    check(case, kind)
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


def _pairs(case: Case, asked: list[str]) -> Output:
    """Plan the strongest or weakest of all correlations, or of those with one column."""
    method = asked[0] if asked else "pearson"
    if (
        set(asked) - {method}
        or method not in {"pearson", "spearman", "kendall"}
        or case.categories
        or case.by is not None
        or len(case.numbers) > 1
    ):
        raise NotUnderstood("correlations of what")
    step = case.base() if case.numbers else case.b.rows.base()
    target = case.name(case.numbers[0]) if case.numbers else None
    names = tuple(c.name for c in step.schema if c.kind.numeric and (c.role is not Role.IDENTIFIER or c.name == target))
    if len(names) < 2:
        raise Impossible("A correlation needs two columns of numbers.")
    step = Correlation(input=step, columns=names, method=method, shape="pairs", target=target)  # type: ignore[arg-type]
    weakest, side = case.d.figures["pairs"] < 0, case.d.alternative
    if side != "two-sided":
        step = Filter(input=step, where=Compare(">" if side == "greater" else "<", Col("correlation"), Lit(0)))
    of = f" with {target}" if target else ""
    return Output(
        step=Top(input=step, n=1, last=weakest),
        form="table",
        name="correlations",
        label=f"{'weakest' if weakest else 'strongest'} correlation{of}",
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
