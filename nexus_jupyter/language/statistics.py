"""Statistics that have a step of their own: descriptions, missing values, correlations, shares, growth."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nexus_jupyter.language.draft import TIMELINE, Key, NotUnderstood, Quantity
from nexus_jupyter.language.tokens import name_words, python_name
from nexus_jupyter.plan import phrase
from nexus_jupyter.plan.expressions import Arith, Col, Lit, all_of
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.step import Measure, SortKey, Step
from nexus_jupyter.plan.steps import Aggregate, Derive, Select, Window
from nexus_jupyter.plan.summaries import Correlation, Describe, Missing, Overview

if TYPE_CHECKING:
    from nexus_jupyter.language.completion import Builder

PAIR = 2


def statistic(b: Builder) -> Output:
    """Statistics that have a step of their own."""
    d, r = b.draft, b.reader
    if d.keys and d.statistic not in {"share", "growth", "cumulative"}:
        raise NotUnderstood("a statistic for each group")
    numeric = [q.ref for q in d.selects if q.ref and not q.func and r.number(q.ref)]
    cols = [q.ref for q in d.selects if q.ref]
    if d.statistic in {"growth", "cumulative"}:
        return growth(b)
    if d.statistic == "share":
        return share(b)
    for ref in cols:
        b.rows.use(ref, number=r.number(ref))
    step = b.rows.base()
    made: Step
    match d.statistic:
        case "describe":
            told = [name for name in step.schema.names if "description" in name_words(name)]
            if d.preds and not cols and len(told) == 1:  # "describe the section h": what its description says
                return Output(step=Select(input=step, columns=(told[0],)), form="list", name=python_name(told[0]), label=told[0])
            names = tuple(b.name(x) for x in numeric)
            if cols and not numeric:
                raise NotUnderstood("a description of text")
            names = names or tuple(c.name for c in step.schema if c.kind.numeric)
            if not names:
                raise NotUnderstood("there are no numbers to describe")
            made = Describe(input=step, columns=names)
            return Output(step=made, form="table", name="summary", label=f"summary of {', '.join(names)}")
        case "columns" | "shape":
            if d.statistic == "columns" and any(q.func == "size" for q in d.selects):
                made = Aggregate(input=Overview(input=step), keys=(), measures=(Measure(name="columns", func="size"),))
                return Output(step=made, form="value", name="columns", label="number of columns")
            if d.selects or d.statistic == "shape":
                raise NotUnderstood("columns of a column")
            made = Overview(input=step)
            return Output(step=made, form="table", name="columns", label="columns of the table")
        case "missing":
            names = tuple(b.name(x) for x in cols) or step.schema.names
            made = Missing(input=step, columns=names, only_with=False)
            return Output(step=made, form="table", name="missing", label="missing values")
        case "correlation":
            names = tuple(dict.fromkeys(b.name(x) for x in numeric))
            if len(set(numeric)) < len(set(cols)):
                raise NotUnderstood("a correlation with a column that holds no numbers")
            if cols and len(names) < 2:
                raise NotUnderstood("a correlation of one column")
            if len(names) == 2:
                made = Correlation(input=step, columns=names)
                return Output(step=made, form="value", name="correlation", label=f"correlation of {names[0]} and {names[1]}")
            names = names or tuple(c.name for c in step.schema if c.kind.numeric)
            made = Correlation(input=step, columns=names, shape="pairs")
            return Output(step=made, form="table", name="correlations", label="correlations")
        case "rows":
            d.selects.append(Quantity("size"))
            return b.scalar(step, [q for q in d.selects if q.func])
    raise NotUnderstood(f"{d.statistic} of this")


def share(b: Builder) -> Output:
    """Give the share of rows that a condition keeps, or each group's share of a total; in percent where that is the word."""
    d = b.draft
    preds, keys = d.preds, list(d.keys)
    cols = [q.ref for q in d.selects if q.ref and not q.func]
    measures = [q for q in d.selects if q.func]
    if not preds and (keys or cols):
        keys = keys or [(c, "") for c in cols if not b.reader.number(c)]
        numbers = [Quantity("sum", c) for c in cols if b.reader.quantity(c) and (c, "") not in keys]
        if len(measures + numbers) > 1 or _as_part(b):
            return _part(
                b, keys, [q if q.func else Quantity("sum", q.ref) for q in d.selects if q.func or (q.ref and b.reader.quantity(q.ref))]
            )
        if not keys or len(keys) > 1:
            raise NotUnderstood("a share of what")
        for q in numbers:
            b.rows.use(q.ref or keys[0][0], number=True)
        step, names = b.keyed(b.rows.base(), keys)
        name = b.measure((measures or numbers or [Quantity("size")])[0], step.schema.names)
        step = b.made.aggregate(step, tuple(names))
        step = Window(input=step, name="share", func="share", column=name)
        step, shown = _percent(b, step)
        step = Select(input=step, columns=(*names, shown))
        return Output(step=step, form="table", name="share", label=f"share by {names[0]}")
    numbers = measures or [Quantity("sum", c) for c in cols if b.reader.quantity(c)]
    totals = [q for q in numbers if q.func == "sum" and q.ref is not None and not q.composed]
    if preds and not keys and len(totals) == len(measures) + len(cols) == 1:
        return _share_of_total(b, totals[0])
    if preds and not keys and not cols and all(q.func == "size" for q in measures):
        d.preds = []
        step = b.rows.base()
        where = all_of(tuple(b.rows.expression(p, step) for p in preds))
        measure = Measure(name="share", func="share", where=where)
        step, shown = _percent(b, Aggregate(input=step, keys=(), measures=(measure,)))
        step = Select(input=step, columns=(shown,)) if shown != "share" else step
        d.preds = preds
        return Output(step=step, form="value", name=shown, label=phrase.measure(measure))
    if len(preds) == len(keys) == 1 and not cols and all(q.func == "size" for q in measures) and preds[0].kind not in {"unit", "span"}:
        return _of_each(b)
    raise NotUnderstood("a share of what")


def _of_each(b: Builder) -> Output:
    """Give the share of the rows that fit in each group: "what share of each region's orders is late"."""
    d, preds = b.draft, b.draft.preds
    d.preds = []
    step, names = b.keyed(b.rows.base(), d.keys)
    measure = Measure(name="share", func="share", where=all_of(tuple(b.rows.expression(p, step) for p in preds)))
    d.preds = preds
    step, shown = _percent(b, Aggregate(input=step, keys=tuple(names), measures=(measure,)))
    step = Select(input=step, columns=(*names, shown))
    return Output(step=step, form="table", name="share", label=f"{phrase.measure(measure)} by {names[0]}")


def _as_part(b: Builder) -> bool:
    """Say whether something is asked for as a part of something else: "the tip as a percentage of the bill"."""
    items = b.reader.items
    return any(it.low == "as" and b.reader.cue(b.reader.skip(k + 1), "stat", "share") for k, it in enumerate(items) if k)


def _part(b: Builder, keys: list[Key], numbers: list[Quantity]) -> Output:
    """Give one total as a part of another: "the tip as a percentage of the bill"."""
    low = [it.low for it in b.reader.items]
    if len(numbers) != PAIR or any(q.func != "sum" or q.ref is None for q in numbers) or not _as_part(b):
        raise NotUnderstood("a share of what")
    part, whole = numbers
    percent = any("percent" in word for word in low)
    name = python_name(f"{part.ref.column}_of_{whole.ref.column}{'_percent' if percent else ''}") if part.ref and whole.ref else ""
    b.notes.append(("measure", "Totals are divided, and not the values of each row."))
    b.draft.keys, b.draft.selects, b.draft.statistic = keys, [replace(part, over=whole, scale=100 if percent else 1, name=name)], ""
    return b.table()


def _percent(b: Builder, step: Step) -> tuple[Step, str]:
    """Give shares in percent where percents were asked for, and the name of their column."""
    if not any("percent" in low for it in b.reader.items for low in it.lows):
        return step, "share"
    return Derive(input=step, name="share_percent", value=Arith("*", Lit(100), Col("share"))), "share_percent"


def _share_of_total(b: Builder, q: Quantity) -> Output:
    """Give what part of a total the rows that fit have: "what share of revenue comes from the North"."""
    d, preds = b.draft, b.draft.preds
    b.rows.use(q.ref, number=True)  # type: ignore[arg-type] # a total has a column
    d.preds = []
    step = b.rows.base()
    where = all_of(tuple(b.rows.expression(p, step) for p in preds))
    d.preds = preds
    column = b.name(q.ref)  # type: ignore[arg-type]
    step = Aggregate(
        input=step,
        measures=(Measure(name="part", func="sum", column=column, where=where), Measure(name="whole", func="sum", column=column)),
    )
    step, shown = _percent(b, Derive(input=step, name="share", value=Arith("/", Col("part"), Col("whole"))))
    b.notes.append(("measure", f"The share is one of the total {column}."))
    return Output(step=Select(input=step, columns=(shown,)), form="value", name=shown, label=f"share of the total {column}")


def growth(b: Builder) -> Output:
    """Give the change of a measure from period to period, or its sum up to each."""
    d = b.draft
    d.keys = d.keys or _paced(b)
    measures = [q for q in d.selects if q.func] or [Quantity("sum", q.ref) for q in d.selects if q.ref and b.reader.quantity(q.ref)]
    keys = [k for k in d.keys if k[1] or b.reader.dated(k[0])]
    if len(measures) != 1 or len(keys) != 1 or len(d.keys) != 1:
        raise NotUnderstood("growth of what, from period to period")
    if measures[0].ref:
        b.rows.use(measures[0].ref, number=True)
    step, names = b.keyed(b.rows.base(), keys)
    name = b.measure(measures[0], step.schema.names)
    step = b.made.aggregate(step, tuple(names))
    order = (SortKey(column=names[0]),)
    if d.statistic == "cumulative":
        if measures[0].func not in {"sum", "size", "count"}:
            raise NotUnderstood("a running total of what is no total")
        step = Window(input=step, name="cumulative", func="cumsum", column=name, order=order)
        return Output(step=step, form="table", name="cumulative", label=f"cumulative {name}")
    step = Window(input=step, name="growth", func="pct_change", column=name, order=order)
    return Output(step=step, form="table", name="growth", label=f"growth of {name}")


def _paced(b: Builder) -> list[Key]:
    """Give the period that the words for growth name: "year over year"."""
    units = [
        unit
        for unit in ("year", "quarter", "month", "week", "day")
        for it in b.reader.items
        if it.lows[:2] in {(unit, "over"), (unit, "-")}
    ]
    return [(b.reader.only_date(b.draft.tables), TIMELINE + units[0])] if units else []
