"""Slots that are names, lists and mappings."""

from __future__ import annotations

import re
from dataclasses import replace

from nexus_jupyter.context.schema import Kind
from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.plan.expressions import Arith, Col, Compare, DatePart, Lit
from nexus_jupyter.plan.models import Terms
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.step import Measure, SortKey, Step
from nexus_jupyter.plan.steps import Aggregate, Derive, Filter, Select, Sort, Top, Window
from nexus_jupyter.plan.summaries import Missing
from nexus_jupyter.request.aims import aimed, one, same
from nexus_jupyter.request.fitting import fitted
from nexus_jupyter.request.numbers import FUNCS, extreme, outlying_column, strongest
from nexus_jupyter.request.recipe import Outlying
from nexus_jupyter.request.rows import Rows
from nexus_jupyter.request.slots import NUMBER, Slot, words


def named(rows: Rows, slot: Slot) -> Output:
    """Build a name: of a feature, of the column with most missing values, of the group with the highest measure."""
    if slot.head == "feature":
        place = next((int(w) for w in slot.subject + tuple(re.findall(r"\d+", slot.name)) if w.isdigit()), 1)
        terms = Terms(input=fitted(rows, slot))
        if "importance" not in terms.schema:
            raise NotUnderstood("this model has no importances")
        return value(Top(input=terms, n=1, offset=place - 1, by=(SortKey(column="importance", descending=True),)), "term")
    if slot.head == "missing" or "missing" in slot.subject:
        columns = rows.stages["clean"].schema.names
        step = Missing(input=rows.stages["clean"], columns=columns)
        return value(Top(input=step, n=1, by=(SortKey(column="missing", descending=True),)), "column")
    aim = aimed(rows, slot, numeric=False)
    spec = rows.best_group()
    if spec is not None and (not aim.columns or aim.columns == (spec[0],)):
        measures = [s for s in rows.slots if s.type == NUMBER and s.head in FUNCS]
        func = measures[0].head if measures else rows.said_measure()
        column = (
            None
            if func == "count"
            else (one(rows, measures[0])[0] if measures else tuple(c for c in rows.targets() if rows.linker.number(c)))[:1]
        )
        if func == "count" or (column and func):
            measured = Measure(name="measure", func="size" if not column else FUNCS[func], column=column[0] if column else None)  # type: ignore[arg-type]
            made = Aggregate(input=rows.keyed(rows.at(slot)), keys=(spec[0],), measures=(measured,))
            return value(Top(input=made, n=1, by=(SortKey(column="measure", descending=spec[1]),)), spec[0])
    if len(aim.columns) == 1 and any(c.why.startswith("order") for c in rows.recipe.changes):
        return value(rows.at(slot), aim.columns[0])
    raise NotUnderstood(f"what “{slot.name}” is")


def listed(rows: Rows, slot: Slot) -> Output:
    """Build a list or a mapping."""
    if slot.head == "outliers":
        return _outliers(rows, slot)
    if (slot.head == "corr" or "pair" in slot.name) and extreme(rows):
        return Output(step=Select(input=strongest(rows), columns=("first", "second")), form="table", name="x")
    if slot.head == "missing":
        return _missing(rows, slot)
    if slot.head in FUNCS and (rows.recipe.groups or rows.recipe.period):
        return _grouped(rows, slot)
    raise NotUnderstood(f"what “{slot.name}” lists")


def _outliers(rows: Rows, slot: Slot) -> Output:
    """List outliers, or the numbers of their rows."""
    column = outlying_column(rows) or one(rows, slot)[0][0]
    flagged = rows.flagged(rows.stages["clean"], rows.recipe.outlying or Outlying(), column)
    said = slot.clause + " ".join(line.text for line in rows.lines).casefold()
    step: Step
    if re.search(r"row (?:numbers?|indices|index)|indices|indexes|positions", said):
        placed = Window(input=flagged, name="row", func="row_number", column=column)
        step = Filter(input=placed, where=Col(flagged.name))
        if re.search(r"(?:start\w*|begin\w*)(?: from| at| with)? (?:0|zero)|index|indices", said):
            step = Derive(input=step, name="row", value=Arith("-", Col("row"), Lit(1)))
        return Output(step=Select(input=step, columns=("row",)), form="list", name="x")
    step = Sort(input=Filter(input=flagged, where=Col(flagged.name)), by=(SortKey(column=column),))
    return Output(step=Select(input=step, columns=(column,)), form="list", name="x")


def _missing(rows: Rows, slot: Slot) -> Output:
    """List the columns that miss values, or how many each of them misses."""
    step = rows.stages["clean"]
    columns = [c for c in step.schema if not c.name.startswith("Unnamed:")]
    if re.search(r"\{", slot.holder) or {"per", "each", "every"} & set(slot.subject):
        every = Missing(input=step, columns=tuple(c.name for c in columns))
        return Output(step=Select(input=every, columns=("column", "missing")), form="table", name="x")
    if not re.search(r"columns?|features|variables", slot.name + slot.holder):
        raise NotUnderstood(f"what “{slot.name}” lists")
    if re.search(r"object|string|text|categorical", slot.name + " ".join(line.text for line in rows.lines).casefold()):
        columns = [c for c in columns if c.kind is Kind.STRING]
    gaps = Filter(input=Missing(input=step, columns=tuple(c.name for c in columns)), where=Compare(">", Col("missing"), Lit(0)))
    return Output(step=Select(input=Sort(input=gaps, by=(SortKey(column="column"),)), columns=("column",)), form="list", name="x")


def _grouped(rows: Rows, slot: Slot) -> Output:
    """List a measure of each group or period."""
    (column,), _ = one(rows, replace(slot, subject=tuple(w for w in slot.subject if w not in {"monthly", "yearly"})))
    step = rows.at(slot)
    key = rows.recipe.groups[-1] if rows.recipe.groups else rows.recipe.period
    if key not in step.schema:
        dates = [c for c in rows.recipe.dates if c in step.schema]
        if len(dates) != 1 or not step.schema.column(dates[0]).kind.temporal:
            raise NotUnderstood("which dates")
        step = Derive(input=step, name=key, value=DatePart(Col(dates[0]), key))  # type: ignore[arg-type]
    made = Aggregate(input=step, keys=(key,), measures=(Measure(name=slot.head, func=FUNCS[slot.head], column=column),))  # type: ignore[arg-type]
    return Output(step=made, form="table", name="x")


def best(rows: Rows, slot: Slot) -> Output | None:
    """Give one cell of the group with the highest or lowest measure: its keys and the measure are parts of one slot."""
    parts = [s for s in rows.slots if s.name == slot.name]
    keys = [
        (s, k) for s in parts for k in [*rows.recipe.made, *rows.recipe.groups] if s.holder.casefold().replace(" ", "_") == k.casefold()
    ]
    measures = [s for s in parts if s.head in FUNCS and s not in [s for s, _ in keys]]
    found = re.search(r"highest|largest|maximum|max|lowest|smallest|minimum|min|most|best", slot.name.casefold())
    if not keys or len(measures) != 1 or not found or len(keys) + 1 != len(parts):
        return None
    wanted = measures[0]
    aim = aimed(
        rows,
        replace(wanted, subject=tuple(w for w in wanted.subject if w not in words(slot.name) or any(same(w, c) for c in rows.mentioned))),
    )
    column = aim.columns[0] if aim.columns else one(rows, wanted)[0][0]
    by = tuple(k for _, k in keys)
    step: Step = Aggregate(input=rows.at(slot), keys=by, measures=(Measure(name="measure", func=FUNCS[wanted.head], column=column),))  # type: ignore[arg-type]
    down = not re.search(r"lowest|smallest|minimum|min", found[0])
    step = Top(input=step, n=1, by=(SortKey(column="measure", descending=down),))
    return value(step, next((k for s, k in keys if s is slot), "measure"))


def value(step: Step, column: str) -> Output:
    """Give one column of a row as a value."""
    if step.schema.names != (column,):
        step = Select(input=step, columns=(column,))
    return Output(step=step, form="value", name="x")
