"""Sets of values: what two tables share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.language.draft import Pred, refs_of
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


def in_both(b: Builder) -> Output | None:
    """Give the values of a column that two tables have in common: "states where both owners and helpers live"."""
    d, r = b.draft, b.reader
    if len(d.tables) != 2 or len(d.selects) != 1 or d.selects[0].func or d.selects[0].ref is None or d.keys or d.extremes or d.havings:
        return None
    column = d.selects[0].ref.column
    if any(column not in r.catalog.dataset(t).schema for t in d.tables) or column in {e.left_on for e in r.catalog.edges}:
        return None
    sides: list[Step] = []
    for table in d.tables:
        step: Step = b.rows.source(table)
        b.rows.names.update({Ref(table, c.name): c.name for c in step.schema})
        for p in d.preds:
            if all(ref.table == table for ref in refs_of(p)):
                step = Filter(input=step, where=b.rows.expression(p, step))
        sides.append(Select(input=step, columns=(column,)))
    made = Combine(left=sides[0], right=sides[1], how="intersect")
    return Output(
        step=made, form="list", name=python_name(f"shared_{column}"), label=f"{column} that {d.tables[0]} and {d.tables[1]} share"
    )
