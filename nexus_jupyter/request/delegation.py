"""Slots that a simple question of the request answers by itself: the reader of single questions is asked."""

from __future__ import annotations

import re

from nexus_jupyter.context.schema import Column, Role
from nexus_jupyter.plan.expressions import Col, Compare, If, IsNull, Lit
from nexus_jupyter.plan.plan import Output, Plan
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Aggregate, Derive, Select, Top
from nexus_jupyter.plan.summaries import Correlation, Missing
from nexus_jupyter.request.lists import value
from nexus_jupyter.request.numbers import FUNCS
from nexus_jupyter.request.rows import Rows
from nexus_jupyter.request.sentences import ASK
from nexus_jupyter.request.slots import BOOL, LABEL, LIST, NUMBER, Slot, words

_COUNTS = frozenset({"count", "left", "missing"})


def delegated(rows: Rows, slot: Slot) -> Output | None:
    """Answer a slot by one sentence of what is asked, where no recipe changes the rows and that sentence is understood as a whole."""
    if rows.recipe.changes or rows.recipe.outlying or rows.recipe.learning or slot.part or (slot.type in {LABEL, BOOL} and slot.options):
        return None
    found: list[tuple[Output, int]] = []
    for i, line in enumerate(rows.lines):
        plan = rows.simple(line.text) if line.zone == ASK else None
        if plan is not None and len(plan.outputs) == 1 and (made := _fitting(plan, slot)) is not None:
            found.append((made, i))
    if len(found) != 1:
        return None
    made, i = found[0]
    rows.lines[i].done = True
    return made


def _fitting(plan: Plan, slot: Slot) -> Output | None:
    """Take the column of an answer that a slot can hold."""
    output = plan.outputs[0]
    paired = next((s for s in plan.steps if isinstance(s, Correlation) and s.target is not None), None)
    if paired is not None and _single(output.step):
        if slot.type == NUMBER and slot.head == "corr":
            return value(output.step, "correlation")
        other = If(Compare("==", Col("first"), Lit(paired.target)), Col("second"), Col("first"))
        return value(Derive(input=output.step, name="column", value=other), "column") if slot.type == LABEL else None
    step, columns = output.step, output.step.schema.columns
    numbers = [c for c in columns if _measured(c)]
    names = [c for c in columns if not _measured(c)]
    called = [c.name for c in columns if words(c.name) == words(slot.name)]
    if called and slot.type in {NUMBER, LABEL} and _single(step):  # "@peak_hour" is the hour, not a peak
        return value(_first(step), called[0])
    if slot.type == NUMBER and _computed(plan, slot) and numbers and (output.form == "value" or _single(step)):
        return value(_first(step), numbers[-1].name)
    if slot.type == LABEL and _single(step) and names:
        return value(_first(step), names[0].name)
    if slot.type == LIST and output.form == "list":
        return Output(step=step, form="list", name="x")
    if slot.type == LIST and names and any(isinstance(s, Top) for s in (step, getattr(step, "input", None))):
        return Output(step=Select(input=step, columns=(names[0].name,)), form="list", name="x")
    return None


def _measured(column: Column) -> bool:
    return column.kind.numeric and column.role is Role.MEASURE


def _single(step: Step) -> bool:
    """Say whether a table has one row, ties aside."""
    while not isinstance(step, Top):
        inner = getattr(step, "input", None)
        if not isinstance(inner, Step) or isinstance(step, Aggregate):
            return isinstance(step, Aggregate) and not step.keys
        step = inner
    return step.n == 1


def _first(step: Step) -> Step:
    return Top(input=step, n=1) if any(isinstance(s, Top) for s in (step, getattr(step, "input", None))) else step


def _computed(plan: Plan, slot: Slot) -> bool:
    """Say whether a plan computes what the name of a slot says."""
    done = {m.func for s in plan.steps if isinstance(s, Aggregate) for m in s.measures}
    if slot.head in FUNCS and slot.head not in {"max", "min"}:
        return FUNCS[slot.head] in done
    if slot.head == "missing":
        return any(isinstance(s, Missing) for s in plan.steps) or any(
            isinstance(m.where, IsNull) for s in plan.steps if isinstance(s, Aggregate) for m in s.measures
        )
    if slot.head in _COUNTS:
        return bool(done & {"size", "count", "count_distinct"})
    return slot.head in {"", "max", "min"} and not re.search(r"^(?:p|corr)$", slot.head)
