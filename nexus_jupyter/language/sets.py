"""Sets of values: what two tables share, and what only one of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nexus_jupyter.language.draft import Draft, Pred, refs_of
from nexus_jupyter.language.joins import path
from nexus_jupyter.language.tokens import python_name
from nexus_jupyter.language.vocabulary import Ref
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Combine, Filter, Select

if TYPE_CHECKING:
    from nexus_jupyter.language.completion import Builder


def clash(preds: list[Pred]) -> bool:
    """Say whether the last two conditions leave no row of one kind: "older than 40 and younger than 30" are two rows."""
    if len(preds) < 2 or preds[-1].ref != preds[-2].ref or preds[-1].negated or preds[-2].negated:
        return False
    low = [p.value for p in preds[-2:] if p.kind in {"cmp", "unit"} and p.op in {">", ">="} and isinstance(p.value, (int, float))]
    high = [p.value for p in preds[-2:] if p.kind in {"cmp", "unit"} and p.op in {"<", "<="} and isinstance(p.value, (int, float))]
    return bool(low and high) and max(low) >= min(high)


def halve(d: Draft, shown: Ref, label: list[Ref]) -> None:
    """Make two conditions of a list of two values, where something else is asked for: towns with "both male and female" players have either."""
    last = d.preds[-1] if d.preds else None
    if last is None or last.kind != "in" or last.joined != "and" or last.negated or last.ref is None or len(last.value) != 2:
        return
    if last.ref.table != shown.table or shown not in label:
        d.preds[-1:] = [Pred("cmp", last.ref, "==", v) for v in last.value]


def of_two(b: Builder) -> Output | None:
    """Give the values of a column that two tables have in common, or that only one has: "states with owners but no helpers"."""
    d, r = b.draft, b.reader
    denied = [t for t, negated in r.related if negated and t not in d.tables]
    if denied and len(d.tables) == len(denied) == len(r.related) == 1 and path(r.catalog, (d.tables[0], denied[0])) is None:
        return _compared(b, [*d.tables, *denied], "except")
    both = any("both" in it.lows for it in r.items)
    return _compared(b, d.tables, "intersect") if both else None


def _compared(b: Builder, tables: list[str], how: Literal["intersect", "except"]) -> Output | None:
    d, r = b.draft, b.reader
    if len(tables) != 2 or len(d.selects) != 1 or d.selects[0].func or d.selects[0].ref is None or d.keys or d.extremes or d.havings:
        return None
    column = d.selects[0].ref.column
    if any(column not in r.catalog.dataset(t).schema for t in tables) or column in {e.left_on for e in r.catalog.edges}:
        return None
    sides: list[Step] = []
    for table in tables:
        step: Step = b.rows.source(table)
        b.rows.names.update({Ref(table, c.name): c.name for c in step.schema})
        for p in d.preds:
            if all(ref.table == table for ref in refs_of(p)):
                step = Filter(input=step, where=b.rows.expression(p, step))
        sides.append(Select(input=step, columns=(column,)))
    made = Combine(left=sides[0], right=sides[1], how=how)
    if how == "except":
        return Output(step=made, form="list", name=python_name(column), label=f"{column} of {tables[0]} that {tables[1]} does not have")
    return Output(step=made, form="list", name=python_name(f"shared_{column}"), label=f"{column} that {tables[0]} and {tables[1]} share")
