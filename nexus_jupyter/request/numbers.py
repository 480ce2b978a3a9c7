"""Slots that are one number: measures, counts, and what tests and models give."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from nexus_jupyter.context.schema import Role
from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.language.tokens import name_words
from nexus_jupyter.plan.expressions import And, Arith, Cell, Col, Compare, Expr, IsNull, Lit
from nexus_jupyter.plan.step import Measure, SortKey, Step
from nexus_jupyter.plan.steps import Aggregate, Derive, DropMissing, Filter, Top
from nexus_jupyter.plan.summaries import Correlation, Missing
from nexus_jupyter.request.aims import aimed, numbered, one
from nexus_jupyter.request.fitting import modelled
from nexus_jupyter.request.inference import bounded, examined
from nexus_jupyter.request.learning import METRICS
from nexus_jupyter.request.recipe import FILTER, Outlying
from nexus_jupyter.request.rows import Rows
from nexus_jupyter.request.sentences import ASK
from nexus_jupyter.request.slots import NUMBER, Slot, words

FUNCS = {
    "mean": "mean",
    "median": "median",
    "std": "std",
    "sem": "sem",
    "var": "var",
    "min": "min",
    "max": "max",
    "sum": "sum",
    "skew": "skew",
    "kurt": "kurtosis",
    "mode": "mode",
    "range": "range",
    "q1": "quantile",
    "q3": "quantile",
}


_OFTEN = (
    r"(?:unique|distinct|different)[^<]*<c(\d+)>[^.]*?(?:at least|more than|minimum of|>=|>) <n(\d+)> "
    r"(?:times|observations|rows|records|entries|occurrences|data)"
)


def measure(rows: Rows, step: Step, func: str, column: str | None, where: Expr | None = None) -> tuple[Step, str]:
    """Compute one measure over rows."""
    if column is not None:
        step, column = numbered(step, column, func)
    if rows.recipe.population and func in {"std", "var"}:
        func += "_pop"
    quantile = {"q1": 0.25, "q3": 0.75}.get(func)
    name = re.sub(r"\W+", "_", f"{func}_{column or 'rows'}").strip("_").casefold()
    made = Measure(name=name, func=FUNCS.get(func, func), column=column, where=where, q=quantile)  # type: ignore[arg-type]
    return Aggregate(input=step, keys=(), measures=(made,)), name


def number(rows: Rows, slot: Slot) -> tuple[Step, str]:
    """Build a number."""
    head = "corr" if slot.head == "coef" and rows.recipe.learning is None else slot.head
    if not head and slot.type == NUMBER and any(c.why.startswith("order") for c in rows.recipe.changes):
        aim = aimed(rows, slot, numeric=False)
        if len(aim.columns) == 1:
            return rows.at(slot), aim.columns[0]
    if not head and rows.grouped_ask() and rows.best_group() is None and rows.named_group(slot):
        head = rows.said_measure() or ("count" if rows.counts() else "")
    if rows.recipe.learning is not None and (head in METRICS or (head == "share" and "score" in slot.subject)):
        return modelled(rows, slot)
    if (found := top(rows, slot)) is not None:
        return found
    if extreme(rows) and head == "corr" and len(_numeric(rows)) > 2:
        return strongest(rows), "correlation"
    match head:
        case "p" | "statistic" | "df" | "effect":
            step = examined(rows, slot)
            return step, {"p": "p_value", "df": "df", "effect": "effect"}.get(head, "statistic")
        case "corr":
            return examined(rows, slot, correlation=True), "statistic"
        case "outliers":
            (column,), where = (
                one(rows, slot) if not outlying_column(rows) or _worded(rows, slot) else ((outlying_column(rows),), aimed(rows, slot).where)
            )
            step = rows.flagged(rows.of(rows.stages["clean"], where), rows.recipe.outlying or Outlying(), column)
            return _proportion(rows, slot, step, Col(step.name)) or measure(rows, step, "size", None, Col(step.name))
        case "missing" if _whole(rows, slot):
            gaps = Missing(input=rows.at(slot), columns=rows.at(slot).schema.names)
            return Aggregate(input=gaps, keys=(), measures=(Measure(name="missing", func="sum", column="missing"),)), "missing"
        case "missing":
            (column,), where = one(rows, slot, numeric=False)
            counted = (
                rows.at(slot)
                if slot.stage == "after"
                else rows.stages["before"]
                if column in rows.recipe.roles and rows.recipe.roles[column] & {"filled", "dropped"}
                else rows.stages["clean"]
            )
            kept = rows.of(counted, where)
            return _proportion(rows, slot, kept, IsNull(Col(column))) or measure(rows, kept, "size", None, IsNull(Col(column)))
        case "within":
            (column,), where = one(rows, slot)
            return _within(rows, rows.of(rows.at(slot), where), column)
        case "iqr":
            (column,), where = one(rows, slot)
            ends = (Measure(name="q1", func="quantile", column=column, q=0.25), Measure(name="q3", func="quantile", column=column, q=0.75))
            both = Aggregate(input=rows.of(rows.at(slot), where), keys=(), measures=ends)
            return Derive(input=both, name="iqr", value=Arith("-", Col("q3"), Col("q1"))), "iqr"
        case "lower" | "upper" if (interval := bounded(rows, slot)) is not None:
            return interval, {"lower": "low", "upper": "high"}[head]
        case "cv":
            (column,), where = one(rows, slot)
            return _variation(rows, rows.of(rows.at(slot), where), column)
        case "lower" | "upper":
            return _bound(rows, slot)
        case "share":
            return _share(rows, slot)
        case "percentile":
            (column,), where = one(rows, slot)
            q = next((int(w) for w in words(slot.name) if w.isdigit() and 0 < int(w) < 100), None)
            if q is None:
                raise NotUnderstood("which percentile")
            made = Measure(name="percentile", func="quantile", column=column, q=q / 100)
            return Aggregate(input=rows.of(rows.at(slot), where), keys=(), measures=(made,)), "percentile"
        case "left":
            return measure(rows, rows.of(rows.at(slot), aimed(rows, slot, wanted=0).where), "size", None)
        case "count":
            return _counted(rows, slot)
        case _ if head in FUNCS:
            (column,), where = one(rows, slot)
            if where is None and rows.recipe.groups and not {"overall", "total", "all"} & set(slot.subject) and rows.grouped_ask():
                raise NotUnderstood(f"which group “{slot.name}” is of")
            if head in {"skew", "kurt"} and rows.recipe.biased:
                return _biased(rows.of(rows.at(slot), where), head, column)
            return measure(rows, rows.of(rows.at(slot), where), head, column)
    raise NotUnderstood(f"what “{slot.name}” is")


def _variation(rows: Rows, step: Step, column: str) -> tuple[Step, str]:
    """Give the standard deviation over the mean."""
    spread = Measure(name="spread", func="std_pop" if rows.recipe.population else "std", column=column)
    both = Aggregate(input=step, keys=(), measures=(spread, Measure(name="centre", func="mean", column=column)))
    return Derive(input=both, name="variation", value=Arith("/", Col("spread"), Col("centre"))), "variation"


def _whole(rows: Rows, slot: Slot) -> bool:
    """Say whether the missing values of the whole table are counted."""
    if aimed(rows, slot, numeric=False).columns:
        return False
    asks = " ".join(line.mask for line in rows.lines if line.zone == ASK)
    total = {"total", "dataset", "overall", "all"} & {*slot.subject, *slot.holder.casefold().split("_")}
    return bool(total) or ("<c" not in asks and bool(re.search(r"\b(?:in total|total|dataset|data set|overall)\b", asks)))


def extreme(rows: Rows) -> bool:
    """Say whether the strongest of several correlations is asked for."""
    said = " ".join([*(f"{s.name} {s.clause}" for s in rows.slots), *(line.mask for line in rows.lines if line.zone == ASK)])
    return (
        bool(re.search(r"strongest|most|(?:highest|largest|maximum)[\w ]* correlat", said))
        and bool(re.search(r"pairs?\b|which two|which <n|variables? .*most|strongest", said))
        and "correlat" in said
    )


def _numeric(rows: Rows) -> tuple[str, ...]:
    named = tuple(c for c in rows.targets() if c in rows.recipe.made or rows.linker.number(c))
    keys = {c.name for c in rows.linker.dataset.schema if c.role is Role.IDENTIFIER}
    return named or tuple(c for c in rows.linker.columns if rows.linker.dataset.schema.column(c).kind.numeric and c not in keys)


def strongest(rows: Rows) -> Step:
    """Give the pair of columns that go together most."""
    positive = any(re.search(r"strongest positive|highest positive|most positive|highest correlation", line.mask) for line in rows.lines)
    step: Step = Correlation(input=rows.stages["after"], columns=_numeric(rows), shape="pairs")
    if positive:
        return Top(input=step, n=1, by=(SortKey(column="correlation", descending=True),))
    return Top(input=step, n=1)


def outlying_column(rows: Rows) -> str:
    """Give the one column whose outliers are spoken of, or nothing."""
    told = rows.recipe.outlying
    return told.columns[0] if told and len(told.columns) == 1 else ""


def _worded(rows: Rows, slot: Slot) -> bool:
    return bool(aimed(rows, slot).columns)


def _biased(step: Step, head: str, column: str) -> tuple[Step, str]:
    """Give skewness or excess kurtosis as the moments are, without the correction for small samples."""
    present = Filter(input=step, where=IsNull(Col(column), negated=True))
    mean = Aggregate(input=present, keys=(), measures=(Measure(name="mean", func="mean", column=column),))
    power = 3 if head == "skew" else 4
    centred = Derive(input=present, name="deviation", value=Arith("-", Col(column), Cell(mean, "mean")))
    raised = Derive(input=centred, name="power", value=Arith("**", Col("deviation"), Lit(power)))
    square = Derive(input=raised, name="square", value=Arith("**", Col("deviation"), Lit(2)))
    both = Aggregate(
        input=square,
        keys=(),
        measures=(Measure(name="m", func="mean", column="power"), Measure(name="v", func="mean", column="square")),
    )
    value: Expr = Arith("/", Col("m"), Arith("**", Col("v"), Lit(power / 2)))
    name = "skewness" if head == "skew" else "kurtosis"
    return Derive(input=both, name=name, value=Arith("-", value, Lit(3)) if head == "kurt" else value), name


def _within(rows: Rows, step: Step, column: str) -> tuple[Step, str]:
    """Count the values within so many standard deviations of the mean."""
    k = next(
        (float(n) for line in rows.lines for m in line.find(r"within <n(\d+)> (?:standard|std)") for n in [line.pieces[int(m[1])].target]),
        1.0,
    )
    both = Aggregate(
        input=step,
        keys=(),
        measures=(
            Measure(name="mean", func="mean", column=column),
            Measure(name="std", func="std_pop" if rows.recipe.population else "std", column=column),
        ),
    )
    low = Arith("-", Cell(both, "mean"), Arith("*", Lit(k), Cell(both, "std")))
    high = Arith("+", Cell(both, "mean"), Arith("*", Lit(k), Cell(both, "std")))
    return measure(rows, step, "size", None, And((Compare(">=", Col(column), low), Compare("<=", Col(column), high))))


def _bound(rows: Rows, slot: Slot) -> tuple[Step, str]:
    """Give the value beyond which outliers begin."""
    told = rows.recipe.outlying or Outlying()
    column = outlying_column(rows) or one(rows, slot)[0][0]
    step, side = rows.stages["clean"], 1.0 if slot.head == "upper" else -1.0
    if told.method == "zscore":
        pair = (Measure(name="centre", func="mean", column=column), Measure(name="spread", func="std", column=column))
        both: Step = Aggregate(input=step, keys=(), measures=pair)
        value: Expr = Arith("+", Col("centre"), Arith("*", Lit(side * (told.threshold or 3.0)), Col("spread")))
    else:
        ends = (Measure(name="q1", func="quantile", column=column, q=0.25), Measure(name="q3", func="quantile", column=column, q=0.75))
        both = Aggregate(input=step, keys=(), measures=ends)
        reach = Arith("*", Lit(side * (told.threshold or 1.5)), Arith("-", Col("q3"), Col("q1")))
        value = Arith("+", Col("q3" if side > 0 else "q1"), reach)
    return Derive(input=both, name="bound", value=value), "bound"


def _flagged(rows: Rows, slot: Slot, column: str, where: Expr | None) -> tuple[Step, str]:
    """Give the share of the rows in which a column of 0 and 1 says yes."""
    made: Step = Aggregate(input=rows.of(rows.at(slot), where), keys=(), measures=(Measure(name="share", func="mean", column=column),))
    percent = {"percentage", "percent", "pct"} & set(words(slot.name))
    return (Derive(input=made, name="share", value=Arith("*", Col("share"), Lit(100.0))) if percent else made), "share"


def _share(rows: Rows, slot: Slot) -> tuple[Step, str]:
    """Give the share of the rows for which the condition holds that was said beside it."""
    aim = aimed(rows, slot, numeric=False)
    made = [c for c in aim.columns if c in rows.recipe.made and rows.binary(c)]
    if not rows.recipe.shares and len(made) == 1:
        return _flagged(rows, slot, made[0], aim.where)
    if len(rows.recipe.shares) != 1:
        raise NotUnderstood(f"of what “{slot.name}” is a share")
    if aim.where is None and rows.recipe.groups and rows.grouped_ask():
        raise NotUnderstood(f"which group “{slot.name}” is of")
    share = Measure(name="share", func="share", where=rows.recipe.shares[0])
    known = DropMissing(input=rows.of(rows.at(slot), aim.where), columns=rows.recipe.shares[0].columns())
    step = Aggregate(input=known, keys=(), measures=(share,))
    said = f"{slot.name} {slot.clause} {' '.join(line.mask for line in rows.lines)}".casefold()
    factor = 100.0 if re.search(r"percent", said) else 1.0
    return (Derive(input=step, name="share", value=Arith("*", Col("share"), Lit(factor))) if factor != 1 else step), "share"


def top(rows: Rows, slot: Slot) -> tuple[Step, str] | None:
    """Give the measure of the group that has the highest or lowest one, where such a group is asked for."""
    spec = rows.best_group()
    if spec is None or slot.head not in {*FUNCS, "count", ""} or slot.head in {"max", "min"}:
        return None
    key, down = spec
    if rows.keyed_by(slot, key):
        slot = replace(slot, subject=tuple(name_words(key)))
    if aimed(rows, slot).where is not None:
        return None
    if slot.subject and set(slot.subject) <= {*name_words(key), key}:
        measured_by = rows.said_measure()
        compared = [c for c in rows.targets() if rows.linker.number(c)] if measured_by != "count" else []
        if measured_by != "count" and (not measured_by or len(compared) != 1):
            raise NotUnderstood(f"by what “{slot.name}” is compared")
        by = Measure(name="measure", func=FUNCS.get(measured_by, "size"), column=compared[0] if compared else None)  # type: ignore[arg-type]
        grouped = Aggregate(input=rows.keyed(rows.at(slot)), keys=(key,), measures=(by,))
        return Top(input=grouped, n=1, by=(SortKey(column="measure", descending=down),)), key
    func = slot.head or rows.said_measure()
    if not func:
        return None
    column = None if func == "count" else one(rows, slot)[0][0]
    measured = Measure(name="measure", func="size" if column is None else FUNCS[func], column=column)  # type: ignore[arg-type]
    made = Aggregate(input=rows.keyed(rows.at(slot)), keys=(key,), measures=(measured,))
    return Top(input=made, n=1, by=(SortKey(column="measure", descending=down),)), "measure"


def _proportion(rows: Rows, slot: Slot, step: Step, where: Expr) -> tuple[Step, str] | None:
    """Give the share of rows for which something holds, where the slot is called a share."""
    if not {"percentage", "percent", "pct", "proportion", "share", "fraction", "rate", "ratio"} & set(slot.subject):
        return None
    made = Aggregate(input=step, keys=(), measures=(Measure(name="share", func="share", where=where),))
    percent = {"percentage", "percent", "pct"} & set(slot.subject)
    return (Derive(input=made, name="share", value=Arith("*", Col("share"), Lit(100.0))) if percent else made), "share"


def _counted(rows: Rows, slot: Slot) -> tuple[Step, str]:
    """Count rows of a group, different values, or rows."""
    aim = aimed(rows, slot, numeric=False)
    meant = rows.of(rows.at(slot), aim.where)
    if aim.where is not None:
        return measure(rows, meant, "size", None)
    said = {*slot.subject, *words(slot.name)}
    modes = [s for s in rows.slots if s.head == "mode"]
    if modes and ("frequency" in slot.name.casefold() or any(re.search(r"how often|how many times", line.mask) for line in rows.lines)):
        (column,), _ = one(rows, modes[0], numeric=False)
        grouped = Aggregate(input=meant, keys=(column,), measures=(Measure(name="count", func="size"),))
        return Top(input=grouped, n=1, by=(SortKey(column="count", descending=True),)), "count"
    filtered = {c.column for c in rows.recipe.changes if c.rank == FILTER}
    if filtered and not said & {"unique", "distinct", "different"}:
        if any(len(x) > 1 for x in rows.recipe.conditions.values()):
            raise NotUnderstood(f"under which condition “{slot.name}” counts")
        return measure(rows, meant, "size", None)
    for line in rows.lines:
        for m in line.find(_OFTEN):
            column, least = line.pieces[int(m[1])].target, line.pieces[int(m[2])].target
            per = Aggregate(input=meant, keys=(column,), measures=(Measure(name="count", func="size"),))
            op: Literal[">", ">="] = ">" if re.search(r"more than <|> <", m[0]) else ">="
            return measure(rows, Filter(input=per, where=Compare(op, Col("count"), Lit(least))), "size", None)
    if said & {"unique", "distinct", "different"}:
        (column,), _ = one(rows, slot, numeric=False)
        return measure(rows, meant, "count_distinct", column)
    if said & {"rows", "row", "entries", "records", "observations", "passengers"}:
        return measure(rows, meant, "size", None)
    raise NotUnderstood(f"what “{slot.name}” counts")
