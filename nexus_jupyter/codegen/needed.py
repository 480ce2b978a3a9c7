"""Which columns of its datasets a plan reads."""

from __future__ import annotations

from collections.abc import Iterable

from nexus_jupyter.context.schema import Kind
from nexus_jupyter.plan.expressions import Cell, Expr, InStep
from nexus_jupyter.plan.models import Cluster, Fit, Predict, Terms
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.preparation import Cut, Encode, Outliers, Scale
from nexus_jupyter.plan.statistics import ConfidenceInterval, SignificanceTest
from nexus_jupyter.plan.step import Measure, Step
from nexus_jupyter.plan.steps import (
    Aggregate,
    Bin,
    Bucket,
    Combine,
    Derive,
    Distinct,
    DropMissing,
    FillMissing,
    Filter,
    Join,
    Pivot,
    Select,
    Sort,
    Source,
    Top,
    Window,
)  # fmt: skip
from nexus_jupyter.plan.summaries import BoxStats, Chart, Correlation, Describe, Grid, Histogram, Missing, Overview, Thin
from nexus_jupyter.plan.surveys import Keys, Outline, Tables

Need = dict[Step, set[str]]


def needed(plan: Plan) -> Need:
    """Give the columns of each step's table that something later reads."""
    need: Need = {s: set() for s in plan.steps}
    for o in plan.outputs:
        need[o.step] |= set(o.step.schema.names)
    for step in reversed(plan.steps):
        for source, columns in _reads(step, need[step]):
            need[source] |= set(columns) & set(source.schema.names)
        for expression in _expressions(step):
            for other, column in _lookups(expression):
                need[other].add(column)
    return need


def _expressions(step: Step) -> list[Expr]:
    match step:
        case Filter():
            return [step.where]
        case Derive():
            return [step.value]
        case Aggregate():
            return [m.where for m in step.measures if m.where is not None]
        case SignificanceTest() | ConfidenceInterval() if step.where is not None:
            return [step.where]
        case _:
            return []


def _lookups(e: Expr) -> list[tuple[Step, str]]:
    own = [(e.step, e.column)] if isinstance(e, (InStep, Cell)) else []
    return own + [found for child in e.children() for found in _lookups(child)]


def _measured(measures: tuple[Measure, ...]) -> set[str]:
    found = {c for m in measures for c in (m.column, m.weight) if c is not None}
    for m in measures:
        found |= set(m.where.columns()) if m.where is not None else set()
    return found


def _tested(step: SignificanceTest | ConfidenceInterval) -> set[str]:
    """Give the columns that a test or an interval reads."""
    columns = set(step.where.columns()) if step.where is not None else set()
    if isinstance(step, ConfidenceInterval):
        return columns | set(step.by) | ({step.column} if step.column else set())
    return columns | {*step.columns, *step.control} | ({step.by} if step.by else set())


def _reads(step: Step, later: set[str]) -> Iterable[tuple[Step, set[str]]]:  # noqa: C901, PLR0911, PLR0912 - one case a kind of step
    match step:
        case Source():
            return ()
        case Select():
            return [
                (step.input, {c for c, n in zip(step.columns, step.names or step.columns, strict=True) if n in later} or set(step.columns))
            ]
        case Filter():
            return [(step.input, later | set(step.where.columns()))]
        case Derive():
            return [(step.input, (later - {step.name}) | set(step.value.columns()))]
        case Bucket() | Bin():
            return [(step.input, (later - {step.name}) | {step.column})]
        case Window():
            return [(step.input, (later - {step.name}) | {step.column, *step.by, *(k.column for k in step.order)})]
        case Aggregate():
            plain = [c.name for c in step.input.schema if c.kind not in {Kind.NESTED, Kind.OTHER}]
            first = {*plain[:1]} or {*step.input.schema.names[:1]} if not step.keys else set()
            return [(step.input, (set(step.keys) | _measured(step.measures)) or first)]
        case Sort():
            return [(step.input, later | {k.column for k in step.by})]
        case Top():
            return [(step.input, later | {k.column for k in step.by} | set(step.within))]
        case Distinct():
            return [(step.input, set(step.columns) or set(step.input.schema.names))]
        case Join():
            names = {n.removesuffix(step.suffix) for n in later} | later
            clash = names & set(step.left.schema.names)
            return [(step.left, names | set(step.left_on) | clash), (step.right, names | set(step.right_on))]
        case Combine():
            return [(step.left, set(step.left.schema.names)), (step.right, set(step.right.schema.names))]
        case Pivot():
            return [(step.input, {step.index, step.columns, step.values})]
        case DropMissing():
            return [(step.input, later | (set(step.columns) or set(step.input.schema.names)))]
        case FillMissing():
            return [(step.input, later | {step.column, *step.by})]
        case Outliers():
            return [(step.input, (later - {step.name}) | {step.column, *step.by})]
        case Scale():
            return [(step.input, (later - set(step.names)) | {*step.columns, *step.by})]
        case Encode():
            return [(step.input, (later - set(step.made)) | {step.column})]
        case Cut():
            return [(step.input, (later - {step.name}) | {step.column})]
        case Cluster():
            return [(step.input, (later - {step.name}) | set(step.columns))]
        case SignificanceTest() | ConfidenceInterval():
            return [(step.input, _tested(step))]
        case Fit():
            return [(step.input, {step.target, *step.features})]
        case Terms() | Predict():
            return [(step.input, set())]
        case Describe() | Missing() | Correlation():
            return [(step.input, set(step.columns))]
        case Histogram() | BoxStats():
            return [(step.input, {step.column, *([step.by] if step.by else [])})]
        case Grid() | Thin():
            return [(step.input, {step.x, step.y})]
        case Keys():
            return [(step.left, set(step.left_on)), (step.right, set(step.right_on))]
        case Outline():
            return [(step.input, set(step.input.schema.names[:1]))]
        case Tables():
            return [(s, set(s.schema.names[:1])) for s in step.tables]
        case Overview():
            return [(step.input, set(step.input.schema.names))]
        case Chart():
            return [(step.input, set(step.input.schema.names))]
        case _:
            return [(i, set(i.schema.names)) for i in step.inputs]
