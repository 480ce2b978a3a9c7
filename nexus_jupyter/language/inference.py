"""Questions of inference: differences, associations, normality, outliers, intervals and regressions, each with the test that fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language.draft import Impossible, NotUnderstood, Quantity
from nexus_jupyter.language.lexicon import TEST_KINDS
from nexus_jupyter.plan.expressions import Col, In
from nexus_jupyter.plan.models import Fit, Terms
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.preparation import Outliers
from nexus_jupyter.plan.statistics import CORRELATIONS, NORMALITY, PAIRED, SAID, SAMPLES, TABLES, ConfidenceInterval, SignificanceTest
from nexus_jupyter.plan.step import Measure, Step
from nexus_jupyter.plan.steps import Aggregate, Filter, Select
from nexus_jupyter.plan.summaries import Correlation

if TYPE_CHECKING:
    from nexus_jupyter.language.completion import Builder
    from nexus_jupyter.language.reader import Reader
    from nexus_jupyter.language.vocabulary import Ref

ALPHA, LEVEL = 0.05, 0.95
MOST_GROUPS, MANY, FEWEST = 50, 5000, 3
YES_NO = frozenset({"is", "are", "does", "do", "was", "were"})
LINKED = frozenset({"associated", "independent", "related", "dependent", "depend", "depends", "linked"})
ASSOCIATED = frozenset({"association", "relationship", "relation", "relate", "related", "associated"})


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
    if not r.cue(i, "test") or (r.is_column(i) and len(it.lows) == 1):
        return None
    arg = (it.cue or ("", ""))[1]
    if arg in {"alpha", "threshold", "level"}:
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
    r.draft.tests.append(arg)
    if arg in CORRELATIONS:
        r.draft.statistic = "correlation"
    return i + 1


def _share(number: float) -> float:
    return number / 100 if number >= 1 else number


def _figure(r: Reader, i: int) -> int | None:
    """Take the number of "a 95% confidence interval", "at the 5% significance level"."""
    j = r.skip(i + 1)
    number = r.items[i].number or 0
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
    asked = [t for t in d.tests if t not in {"verb", "significant", "predictor", "r2"}]
    asked += ["regress"] if "logistic" in asked and "regress" not in asked else []
    case = _Case(b)
    for name, build in (("outliers", _outliers), ("regress", _regression), ("interval", _interval)):
        if name in asked:
            return build(case, [t for t in asked if t != name])
    if any(t in {"zscore", "iqr", "mad"} for t in asked):
        raise NotUnderstood("a rule for outliers, and no outliers")
    named = [t for t in asked if t in SAID]
    if len(set(named)) > 1:
        raise NotUnderstood("two tests at once")
    if d.keys and not case.groups and len(d.keys) > 1:
        raise NotUnderstood("a test for each of several groups")
    kind = named[0] if named else case.fitting(asked)
    return _tested(case, kind, named=bool(named))


class _Case:
    """What a question of inference is about: numbers, categories, groups."""

    def __init__(self, b: Builder) -> None:
        self.b, self.r, self.d = b, b.reader, b.draft
        refs = list(dict.fromkeys(q.ref for q in self.d.selects if q.ref is not None and q.func in {"", "mean"}))
        if any(q.func not in {"", "mean", "size"} for q in self.d.selects):
            raise NotUnderstood("a test of an aggregate")
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

    def fitting(self, asked: list[str]) -> str:
        """Choose the test by the question and the columns."""
        r = self.r
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
            if not self.groups:
                values = r.profile(self.by).values if r.profile(self.by).complete else ()
                self.groups = tuple(sorted(values, key=str)) if len(values) == 2 else ()
            return "t" if len(self.groups) == 2 else "anova"
        if len(self.numbers) == 2 and not self.categories and self.by is None:
            return "t_paired" if "difference" in asked and self.d.statistic != "correlation" else "pearson"
        if self.d.statistic == "correlation":
            raise Impossible(f"A correlation needs two columns of numbers; {self._named()}.")
        raise Impossible(f"A difference needs a number and the groups to compare; {self._named()}.")

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


def _tested(case: _Case, kind: str, *, named: bool) -> Output:
    b, d = case.b, case.d
    if named and kind in {*SAMPLES, "t", "t_equal", "mann_whitney", "ks_two"} and case.by is None and case.categories:
        case.by = case.categories.pop()
    if named and kind in TABLES and case.by is not None:
        case.categories, case.by = [*case.categories, case.by], None
    if named and kind in {"t", "t_equal", "mann_whitney", "ks_two"} and case.by is not None and not case.groups:
        values = case.r.profile(case.by).values if case.r.profile(case.by).complete else ()
        if len(values) != 2:
            raise Impossible(
                f"The {SAID[kind]} compares two groups, and `{case.by.column}` has {case.r.profile(case.by).distinct}. Name two of them."
            )
        case.groups = tuple(sorted(values, key=str))
    step = case.base()
    if kind in NORMALITY and not case.numbers and len(case.categories) == 1:
        raise Impossible(f"A test of normality takes one column of numbers, and `{case.categories[0].column}` is none.")
    if (kind not in TABLES and case.categories) or (kind in TABLES and case.numbers):
        raise NotUnderstood("a column beside the test")
    wants_p = named and kind in CORRELATIONS and not ({"significant", "normal"} & set(d.tests)) and d.statistic == "correlation"
    if wants_p and len(case.numbers) == 2:
        columns = tuple(case.name(x) for x in case.numbers)
        made: Step = Correlation(input=step, columns=columns, method=kind)  # type: ignore[arg-type] # partial has words of its own
        return Output(step=made, form="value", name="correlation", label=f"{SAID[kind]} of {' and '.join(columns)}")
    alpha = case.alpha()
    columns = tuple(case.name(x) for x in case.numbers)
    by, groups = (case.name(case.by), case.groups) if case.by is not None else (None, ())
    if kind in TABLES:
        if by is not None:
            if groups:
                step = Filter(input=step, where=In(Col(by), groups))
            columns = (*(case.name(x) for x in case.categories), by)
        else:
            columns = tuple(case.name(x) for x in case.categories)
        by, groups = None, ()
        if len(columns) != 2:
            raise Impossible(f"The {SAID[kind]} needs two columns of categories.")
    if kind in NORMALITY and (len(columns) != 1 or by is not None):
        raise Impossible("A test of normality takes one column of numbers." if not columns else "one test of normality at a time")
    if kind == "anova" and case.by is not None and case.r.profile(case.by).distinct > MOST_GROUPS:
        raise Impossible(f"`{by}` has {case.r.profile(case.by).distinct:,} different values, too many to be groups.")
    if case.by is not None and case.r.profile(case.by).distinct == 1:
        raise Impossible(f"`{by}` has only one value, and a difference needs two groups.")
    if kind in PAIRED | CORRELATIONS and len(columns) != 2:
        raise Impossible(f"The {SAID[kind]} needs two columns of numbers.")
    if not named:
        b.notes.append(("test", f"{_the(kind)} is used{TEST_KINDS.get(kind, '')}."))
    if kind == "t_paired":
        b.notes.append(("pairs", f"{columns[0]} and {columns[1]} of one row belong together."))
    made = SignificanceTest(input=step, kind=kind, columns=columns, by=by, groups=groups, level=round(1 - alpha, 10))  # type: ignore[arg-type]
    of = " and ".join(columns) + (f" by {by}" if by else "")
    return Output(step=made, form="table", name="test", label=f"{SAID[kind]} of {of}")


def _outliers(case: _Case, asked: list[str]) -> Output:
    d = case.d
    methods = [t for t in asked if t in {"zscore", "iqr", "mad"}]
    if len(case.numbers) != 1 or case.categories or len(methods) > 1 or set(asked) - set(methods):
        raise (
            Impossible("Outliers are found in one column of numbers. Name it.")
            if not case.numbers
            else NotUnderstood("outliers of several columns")
        )
    if case.groups:
        raise NotUnderstood("outliers between groups")
    step = case.base()
    column, keys = case.name(case.numbers[0]), (case.name(case.by),) if case.by is not None else ()
    name = "outlier"
    while name in step.schema:
        name += "_"
    method = methods[0] if methods else "zscore" if "threshold" in d.figures and d.figures["threshold"] > 2 else "iqr"
    flagged = Outliers(input=step, column=column, method=method, threshold=d.figures.get("threshold"), by=keys, name=name)  # type: ignore[arg-type]
    if not methods or "threshold" not in d.figures:
        rule = {"iqr": "quartile ranges beyond the quartiles", "zscore": "standard deviations from the mean", "mad": "modified z-scores"}[
            method
        ]
        case.b.notes.append(("outliers", f"A value more than {flagged.limit:g} {rule} is an outlier."))
    found = Filter(input=flagged, where=Col(name))
    if case.counted:
        made = Aggregate(input=found, keys=keys, measures=(Measure(name="outliers", func="size"),))
        return Output(step=made, form="table" if keys else "value", name="outliers", label=f"number of outliers in {column}")
    rows = Select(input=found, columns=step.schema.names)
    return Output(step=rows, form="table", name="outliers", label=f"outliers of {column}")


def _interval(case: _Case, asked: list[str]) -> Output:
    if len(case.numbers) != 1 or case.categories or case.groups or asked:
        raise NotUnderstood("an interval of what")
    step, level = case.base(), case.d.figures.get("level", LEVEL)
    column, by = case.name(case.numbers[0]), (case.name(case.by),) if case.by is not None else ()
    if "level" not in case.d.figures:
        case.b.notes.append(("level", f"The confidence is {level:.0%}."))
    made = ConfidenceInterval(input=step, column=column, by=by, level=level)
    return Output(
        step=made, form="table", name="interval", label=f"mean {column} with its confidence interval" + (f" by {by[0]}" if by else "")
    )


def _regression(case: _Case, asked: list[str]) -> Output:
    b, d = case.b, case.d
    refs = list(dict.fromkeys(q.ref for q in d.selects if q.ref is not None))
    if case.groups or case.by is not None or case.counted or len(set(asked)) > 1 or set(asked) - {"logistic", "linear"} or not refs:
        raise NotUnderstood("a regression of what")
    target, features = refs[0], refs[1:]
    logistic = "logistic" in asked or not case.r.number(target) or case.r.info(target).kind is Kind.BOOLEAN
    profile = case.r.profile(target)
    if logistic and not (profile.complete and len(profile.values) == 2):
        raise Impossible(f"A regression explains a number, or a column of two values, and `{target.column}` is neither.")
    case.numbers = [x for x in refs if case.r.number(x)]
    case.categories = [x for x in refs if x not in case.numbers]
    for ref in case.categories:
        if ref != target and case.r.profile(ref).distinct > MOST_GROUPS:
            raise Impossible(f"`{ref.column}` has {case.r.profile(ref).distinct:,} different values, too many for a regression.")
    step = case.base()
    names = tuple(case.name(x) for x in features)
    if not names:
        names = tuple(c.name for c in step.schema if c.kind.numeric and c.role is Role.MEASURE and c.name != case.name(target))
        b.notes.append(("features", f"All other measured numbers explain {target.column}: {', '.join(names)}."))
    positive = max(profile.values, key=str) if logistic else None
    fit = Fit(
        input=step, kind="logistic" if logistic else "linear", target=case.name(target), features=names,
        task="classification" if logistic else "regression", positive=positive,
    )  # fmt: skip
    if logistic:
        b.notes.append(("positive", f"{target.column} = {positive} counts as 1."))
    case.alpha()
    shown = (
        ("accuracy", "precision", "recall", "f1", "auc", "n") if logistic else ("r2", "adjusted_r2", "rmse", "f_statistic", "p_value", "n")
    )
    b.more.append(Output(step=Terms(input=fit), form="table", name="terms", label=f"terms of the model of {case.name(target)}"))
    return Output(step=Select(input=fit, columns=shown), form="table", name="model", label=f"model of {case.name(target)}")
