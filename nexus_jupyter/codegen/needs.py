"""Which columns of its inputs a step reads, given which of its own are wanted. None means all."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_jupyter.plan.expressions import Cell, Expr, InStep
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import (
    Aggregate, Bin, Bucket, Combine, Derive, Distinct, DropMissing, FillMissing, Filter, Join, Pivot, Select, Sort, Source, Top, Window,
)  # fmt: skip
from nexus_jupyter.plan.summaries import BoxStats, Chart, Correlation, Describe, Grid, Histogram, Missing, Overview, Thin

Wanted = set[str] | None


def _plus(wanted: Wanted, *more: str | None) -> Wanted:
    return None if wanted is None else {*wanted, *(m for m in more if m is not None)}


def _without(wanted: Wanted, name: str) -> Wanted:
    return None if wanted is None else wanted - {name}


def _looked_up(e: Expr) -> Iterator[tuple[Step, Wanted]]:
    if isinstance(e, (Cell, InStep)):
        yield e.step, {e.column}
    for child in e.children():
        yield from _looked_up(child)


def passed_on(step: Step, wanted: Wanted) -> Iterator[tuple[Step, Wanted]]:  # noqa: C901, PLR0912 - one case a step
    """Give each input with the columns that are wanted of it."""
    match step:
        case Source():
            return
        case Select():
            old = dict(zip(step.names or step.columns, step.columns, strict=True))
            yield step.input, set(step.columns) if wanted is None else {old[w] for w in wanted if w in old} or {step.columns[0]}
        case Filter():
            yield step.input, _plus(wanted, *step.where.columns())
            yield from _looked_up(step.where)
        case Derive():
            yield step.input, _plus(_without(wanted, step.name), *step.value.columns())
            yield from _looked_up(step.value)
        case Bucket() | Bin():
            yield step.input, _plus(_without(wanted, step.name), step.column)
        case Aggregate():
            yield from _aggregate(step)
        case Window():
            yield step.input, _plus(_without(wanted, step.name), step.column, *step.by, *(k.column for k in step.order))
        case Sort():
            yield step.input, _plus(wanted, *(k.column for k in step.by))
        case Top():
            yield step.input, _plus(wanted, *step.within, *(k.column for k in step.by))
        case Distinct():
            yield step.input, set(step.columns) if step.columns else None
        case Join():
            yield from _join(step, wanted)
        case Combine():
            yield step.left, None
            yield step.right, None
        case Pivot():
            yield step.input, {step.index, step.columns, step.values}
        case DropMissing():
            yield step.input, _plus(wanted, *step.columns) if step.columns else None
        case FillMissing():
            yield step.input, _plus(wanted, step.column)
        case Describe() | Missing() | Correlation():
            yield step.input, set(step.columns)
        case Overview():
            yield step.input, None
        case Histogram():
            yield step.input, {step.column}
        case BoxStats():
            yield step.input, {step.column, *((step.by,) if step.by else ())}
        case Grid() | Thin():
            yield step.input, {step.x, step.y}
        case Chart():
            mine = {c for c in (step.x, step.y, step.series, step.color) if c is not None and c in step.input.schema}
            yield step.input, None if step.kind == "box" else mine
        case _:
            for i in step.inputs:
                yield i, None


def _aggregate(step: Aggregate) -> Iterator[tuple[Step, Wanted]]:
    wheres = [m.where for m in step.measures if m.where is not None]
    read = {*step.keys, *(m.column for m in step.measures if m.column is not None)}
    for w in wheres:
        read |= set(w.columns())
        yield from _looked_up(w)
    yield step.input, read


def _join(step: Join, wanted: Wanted) -> Iterator[tuple[Step, Wanted]]:
    if wanted is None:
        yield step.left, None
        yield step.right, None
        return
    yield step.left, {*(w for w in wanted if w in step.left.schema), *step.left_on, *_collide(step, wanted)}
    right = {w for w in wanted if w in step.right.schema and w not in step.left.schema}
    right |= {w.removesuffix(step.suffix) for w in wanted if w.endswith(step.suffix) and w.removesuffix(step.suffix) in step.right.schema}
    yield step.right, {*right, *step.right_on}


def _collide(step: Join, wanted: set[str]) -> set[str]:
    """A suffix is only given while both sides have the column, so the left one has to stay."""
    return {b for w in wanted if w.endswith(step.suffix) and (b := w.removesuffix(step.suffix)) in step.left.schema and b in step.right.schema}
