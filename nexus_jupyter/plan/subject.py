"""What an output is about, read off its plan: the words for its sentence."""

from __future__ import annotations

from nexus_jupyter.plan import phrase
from nexus_jupyter.plan.expressions import And, Expr
from nexus_jupyter.plan.models import Fit, Predict, Terms
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.statistics import ConfidenceInterval, SignificanceTest
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Aggregate, Derive, Filter, Select, Sort, Top, Window
from nexus_jupyter.plan.summaries import Chart, Correlation
from nexus_jupyter.results.inference import Inference
from nexus_jupyter.results.narrative import Subject

ONE_WAY = ("input", "left")


def chain(step: Step) -> tuple[Step, ...]:
    """Give the steps from `step` back to its source, along the main input."""
    found = [step]
    while (before := next((getattr(found[-1], n) for n in ONE_WAY if hasattr(found[-1], n)), None)) is not None:
        found.append(before)
    return tuple(found)


def subject(output: Output) -> Subject:
    """Read keys, measures, order and conditions off an output's steps."""
    steps = chain(output.step)
    keys: tuple[str, ...] = ()
    measures: dict[str, str] = {}
    where: list[str] = []
    order, descending, kind = None, False, None
    for step in steps:
        match step:
            case Chart():
                kind = step.kind
            case Sort() | Top() if order is None and step.by:
                order, descending = step.by[0].column, step.by[0].descending
            case Window() if not measures:
                measures[step.name] = f"{step.func.replace('_', ' ')} of {step.column}"
            case Aggregate() if not keys:
                keys = step.keys
                measures.update({m.name: phrase.measure(m) for m in step.measures})
            case Correlation():
                measures["correlation"] = f"correlation of {' and '.join(step.columns)}"
            case ConfidenceInterval() if step.by:
                keys, measures["estimate"] = step.by, f"mean {step.column}" if step.column else "share"
            case Filter():
                where += [phrase.condition(p) for p in _parts(step.where)]
            case Derive() if not keys:
                measures.setdefault(step.name, step.name.replace("_", " "))
            case _:
                pass
    schema = output.step.schema
    drawn = output.step.y if isinstance(output.step, Chart) else None
    label = output.label
    if drawn in measures and keys:
        label = f"{measures[drawn]} by {' and '.join(keys)}"
        if where:
            label += f" where {' and '.join(reversed(where))}"
    shown = tuple(sorted((m for m in measures if m in schema), key=lambda m: m != drawn))
    units = {n: unit for n in measures if n in schema and (unit := schema.column(n).unit or ("%" if n.endswith("_percent") else None))}
    return Subject(
        label=label, keys=keys, measures=shown, said=measures, units=units, order=order, descending=descending, chart=kind,
        where=tuple(reversed(where)), inference=_inference(output.step),
        strength=isinstance(output.step, Correlation) and output.step.shape == "pair",
    )  # fmt: skip


def _inference(step: Step) -> Inference | None:
    """Say what a test, an interval or a model is about."""
    while isinstance(step, Select):
        step = step.input
    match step:
        case SignificanceTest():
            share = phrase.condition(step.where) if step.where is not None else ""
            return Inference(
                kind=step.kind, columns=step.columns, by=step.by or "", groups=tuple(map(str, step.groups)), control=step.control,
                share=share, mean=step.mean, alpha=round(1 - step.level, 10), level=step.level, alternative=step.alternative,
            )  # fmt: skip
        case ConfidenceInterval():
            share = phrase.condition(step.where) if step.where is not None else ""
            return Inference(kind="interval", columns=(step.column or "",), share=share, level=step.level)
        case Fit():
            return Inference(kind="scores", columns=(step.target,), held_out=step.test_size is not None)
        case Terms(input=Fit() as fit):
            return Inference(kind="terms", columns=(fit.target,))
        case Predict(input=Fit() as fit):
            return Inference(kind="prediction", columns=(fit.target,))
        case _:
            return None


def _parts(e: Expr) -> tuple[Expr, ...]:
    return e.parts if isinstance(e, And) else (e,)
