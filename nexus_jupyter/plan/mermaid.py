"""A plan as a Mermaid flow chart."""

from __future__ import annotations

from dataclasses import fields

from nexus_jupyter.context.schema import Schema
from nexus_jupyter.plan.expressions import Expr
from nexus_jupyter.plan.phrase import condition
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.serial import tag
from nexus_jupyter.plan.step import Measure, SortKey, Step


def draw(plan: Plan) -> str:
    """Draw one box a step and one arrow an input; outputs are round."""
    steps = plan.steps
    ids = {s: f"s{i}" for i, s in enumerate(steps, 1)}
    lines = ["flowchart LR"]
    lines += [f'  {ids[s]}["{_clean(_title(s))}"]' for s in steps]
    lines += [f"  {ids[i]} --> {ids[s]}" for s in steps for i in s.inputs]
    for n, o in enumerate(plan.outputs, 1):
        lines += [f'  o{n}(["{_clean(o.name)}: {o.form}"])', f"  {ids[o.step]} --> o{n}"]
    return "\n".join(lines)


def _title(step: Step) -> str:
    shown = []
    for f in fields(step):
        value = getattr(step, f.name)
        if f.name in {"schema", "table"} or value in (None, (), "", False) or isinstance(value, (Step, Schema)):
            continue
        shown.append(_text(value))
    return f"{tag(type(step)).replace('_', ' ')}: {', '.join(shown)}"[:120] if shown else tag(type(step))


def _text(value: object) -> str:
    match value:
        case Expr():
            return condition(value)
        case Measure():
            return f"{value.func} {value.column or ''}".strip()
        case SortKey():
            return f"{value.column} {'descending' if value.descending else 'ascending'}"
        case tuple():
            return ", ".join(_text(v) for v in value)
        case _:
            return str(getattr(value, "column", value))


def _clean(text: str) -> str:
    """Keep column names from ending the label or the line."""
    return "".join(" " if c in '"\n\r\t[](){}|<>`#;' else c for c in text)
