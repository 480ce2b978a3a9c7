"""Row accounting: a small plan beside the plan that counts the rows which an answer rests on."""

from __future__ import annotations

from dataclasses import dataclass

from nexus_jupyter.plan.expressions import Expr
from nexus_jupyter.plan.plan import Output, Plan
from nexus_jupyter.plan.step import Measure, Step
from nexus_jupyter.plan.steps import Aggregate, Bucket, Derive, Filter, Join, Source
from nexus_jupyter.plan.subject import chain


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What is counted: `kept` and `total` name the outputs of `plan`; `missing` (or None) counts rows without `column`.

    `measured` is True where numbers of the dataset itself are added up, so that a join which repeats its rows counts them more than once.
    """

    plan: Plan
    dataset: str
    joined: bool
    missing: str | None = None
    column: str = ""
    measured: bool = False


def account(plan: Plan) -> Account | None:
    """Plan the counting for the first output, or give None where no row is left out by a filter, a join or a missing value."""
    steps = chain(plan.outputs[0].step)
    source = steps[-1]
    if not isinstance(source, Source):
        return None
    last = _last_row_step(steps)
    aggregate = next((s for s in steps if isinstance(s, Aggregate)), None)
    column = _counted(aggregate) if aggregate is not None and aggregate.input is last else None
    if column is not None and not (last.schema.column(column).nullable and column in source.schema):
        column = None
    last = _without_new_columns(last, column)
    if last is source and column is None:
        return None
    outputs = [_count(source, "total"), _count(last, "kept")]
    if column is not None:
        outputs.append(_count(last, "present", column))
    joined = any(isinstance(s, Join) for s in chain(last))
    return Account(
        plan=Plan(outputs=tuple(outputs)),
        dataset=source.dataset,
        joined=joined,
        missing="present" if column else None,
        column=column or "",
        measured=joined and _measures(aggregate, source),
    )


def _counted(aggregate: Aggregate) -> str | None:
    """Give the column whose missing values matter: the one that every measure computes with, if it is the same."""
    columns = {m.column for m in aggregate.measures if m.column is not None and m.func not in {"count", "count_distinct", "size"}}
    return columns.pop() if len(columns) == 1 else None


def _measures(aggregate: Aggregate | None, source: Source) -> bool:
    """Say whether every measure computes with a column of this source."""
    used = (
        [m.column for m in aggregate.measures if m.column is not None and m.func not in {"count_distinct", "min", "max"}]
        if aggregate
        else []
    )
    return bool(used) and all(c in source.schema for c in used)


def _last_row_step(steps: tuple[Step, ...]) -> Step:
    """Give the latest step that still has one row a row of the source (or of the join)."""
    last = steps[-1]
    for step in reversed(steps[:-1]):
        if not isinstance(step, (Filter, Join, Derive, Bucket)):
            break
        last = step
    return last


def _without_new_columns(step: Step, column: str | None) -> Step:
    """Give the step before those that only add columns which are not counted: the number of rows is the same."""
    while isinstance(step, (Derive, Bucket)) and step.name != column:
        step = step.input
    return step


def _count(step: Step, name: str, column: str | None = None, where: Expr | None = None) -> Output:
    measure = Measure(name=name, func="count" if column else "size", column=column, where=where)
    return Output(step=Aggregate(input=step, measures=(measure,)), form="value", name=name, label=name)
