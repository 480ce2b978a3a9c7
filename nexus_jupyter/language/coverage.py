"""The gate: every content word of the question has to be explained by the finished plan."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.language.draft import Impossible, Pred
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.plan.expressions import And, Col, Compare, Lit
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.steps import Aggregate, Filter
from nexus_jupyter.plan.summaries import Chart, Correlation


def unexplained(reader: Reader) -> tuple[str, ...]:
    """Name the words that no rule took, and the cues whose rule did not fire."""
    open_items = [reader.items[i] for i in sorted({*reader.left, *reader.held})]
    strange = [it for it in open_items if it.cue is None and it.number is None]
    left = [it.text for it in strange or open_items]  # a cue beside a strange word only lacks what that word would name
    if reader.asked_n is not None:
        left.append(str(reader.asked_n))
    if reader.negate:
        left.append("not")
    left += [it.text for it in reader.items if it.low == "or" and not _divided(reader)][:1]
    return tuple(dict.fromkeys(left))


def beyond(reader: Reader) -> None:
    """Check that every year which a condition names is one that its column of dates reaches.

    Raises
    ------
    Impossible
        When one is not.
    """
    for pred in _simple(reader.draft.preds):
        if pred.ref is None or pred.op not in {"==", ">", ">=", "<", "<="} or not reader.dated(pred.ref):
            continue
        profile = reader.profile(pred.ref)
        low, high = profile.minimum, profile.maximum
        if pred.kind == "unit" and pred.unit == "year":
            low, high = getattr(low, "year", None), getattr(high, "year", None)
        elif pred.kind != "cmp":
            continue
        if not isinstance(pred.value, (int, float)) or not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
            continue
        after = pred.value > high and pred.op in {"==", ">", ">="}
        if after or (pred.value < low and pred.op in {"==", "<", "<="}):
            reach = f"{low:g}" if low == high else f"{low:g} to {high:g}"
            raise Impossible(f"{pred.ref.table}.{pred.ref.column} has {reach}, not {pred.value:g}")


def _simple(preds: list[Pred]) -> Iterator[Pred]:
    for pred in preds:
        yield from _simple(pred.parts) if pred.parts else [pred]


def _divided(reader: Reader) -> bool:
    """Say whether the draft has an alternative, which "or" asks for; conditions on groups know none."""
    d = reader.draft
    return any(p.kind in {"or", "in"} for p in d.preds) if d.preds and d.havings else True


def contradiction(plan: Plan) -> str:
    """Say where a filter asks one column to be two values at once, which no row can be, or give ""."""
    for step in plan.steps:
        if not isinstance(step, Filter) or not isinstance(step.where, And):
            continue
        seen: dict[str, object] = {}
        low: dict[str, float] = {}
        high: dict[str, float] = {}
        for part in step.where.parts:
            if isinstance(part, Compare) and part.op == "==" and isinstance(part.left, Col) and isinstance(part.right, Lit):
                value = part.right.value
                if seen.setdefault(part.left.name, value) != value:
                    return f"`{part.left.name}` cannot be “{seen[part.left.name]}” and “{value}” at once"
            if (
                isinstance(part, Compare)
                and isinstance(part.left, Col)
                and isinstance(part.right, Lit)
                and isinstance(part.right.value, (int, float))
            ):
                name, bound = part.left.name, float(part.right.value)
                if part.op in {">", ">="}:
                    low[name] = max(bound, low.get(name, bound))
                elif part.op in {"<", "<="}:
                    high[name] = min(bound, high.get(name, bound))
                if name in low and name in high and low[name] >= high[name] and low[name] != high[name]:
                    return f"`{name}` cannot be above {low[name]:g} and below {high[name]:g} at once"
    return ""


def hollow(plan: Plan, catalog: Catalog) -> str:
    """Say which table has too few rows for what the plan does with it, or give ""."""
    rows = {name: catalog.dataset(name).rows for name in plan.datasets}
    empty = [name for name, n in rows.items() if n == 0]
    for step in plan.steps:
        if empty and isinstance(step, Chart):
            return f"`{empty[0]}` has no rows, so there is nothing to draw."
        if empty and isinstance(step, Aggregate) and not step.keys and any(m.func in {"first", "last", "mode"} for m in step.measures):
            return f"`{empty[0]}` has no rows, so there is none to take."
        if isinstance(step, Correlation) and 1 in rows.values():
            name = next(name for name, n in rows.items() if n == 1)
            return f"A correlation needs at least two rows, and `{name}` has one."
    return ""
