"""The gate: every content word of the question has to be explained by the finished plan."""

from __future__ import annotations

from nexus_jupyter.language.reader import Reader
from nexus_jupyter.plan.expressions import And, Col, Compare, Lit
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.steps import Filter


def unexplained(reader: Reader) -> tuple[str, ...]:
    """Name the words that no rule took, and the cues whose rule did not fire."""
    open_items = [reader.items[i] for i in sorted({*reader.left, *reader.held})]
    strange = [it for it in open_items if it.cue is None and it.number is None]
    left = [it.text for it in strange or open_items]  # a cue beside a strange word only lacks what that word would name
    if reader.asked_n is not None:
        left.append(str(reader.asked_n))
    if reader.negate:
        left.append("not")
    return tuple(dict.fromkeys(left))


def contradiction(plan: Plan) -> str:
    """Say where a filter asks one column to be two values at once, which no row can be, or give ""."""
    for step in plan.steps:
        if not isinstance(step, Filter) or not isinstance(step.where, And):
            continue
        seen: dict[str, object] = {}
        for part in step.where.parts:
            if isinstance(part, Compare) and part.op == "==" and isinstance(part.left, Col) and isinstance(part.right, Lit):
                value = part.right.value
                if seen.setdefault(part.left.name, value) != value:
                    return f"`{part.left.name}` cannot be “{seen[part.left.name]}” and “{value}” at once"
    return ""
