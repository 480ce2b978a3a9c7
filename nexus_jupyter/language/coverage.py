"""The gate: every content word of the question has to be explained by the finished plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.language.draft import Impossible, Pred
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.plan import phrase
from nexus_jupyter.plan.expressions import And, Between, Col, Compare, DatePart, Expr, Lit, Scalar
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
        left.append(next((it.text for it in reader.items if it.cue is not None and it.cue[1] in {"not", "except"}), "not"))
    left += [it.text for it in reader.items if it.low == "or" and not _divided(reader)][:1]
    return tuple(dict.fromkeys(left))


def beyond(reader: Reader) -> None:
    """Check that every year or day which a condition names is one that its column of dates reaches.

    Raises
    ------
    Impossible
        When one is not.
    """
    for pred in _simple(reader.draft.preds):
        if pred.ref is None or pred.op not in {"==", ">", ">=", "<", "<="} or not reader.dated(pred.ref):
            continue
        profile = reader.profile(pred.ref)
        low, high, value = _day(profile.minimum), _day(profile.maximum), _day(pred.value)
        if pred.kind == "unit" and pred.unit == "year":
            low, high = getattr(low, "year", None), getattr(high, "year", None)
        elif pred.kind != "cmp":
            continue
        if low is None or high is None or {type(value), type(low), type(high)} not in ({dt.date}, {float}, {int}):
            continue
        after = value > high and pred.op in {"==", ">", ">="}
        if after or (value < low and pred.op in {"==", "<", "<="}):
            low, high, value = (f"{v:g}" if isinstance(v, float) else str(v) for v in (low, high, value))
            reach = low if low == high else f"{low} to {high}"
            raise Impossible(f"There is no {value} in {pred.ref.table}.{pred.ref.column}, which has {reach}.")


def _day(value: Any) -> Any:
    """Give a moment as its day, so that days compare; a number stays one."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return int(value) if float(value).is_integer() else float(value)
    return value.date() if isinstance(value, dt.datetime) else value


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
        seen: dict[Expr, Scalar] = {}
        low: dict[Expr, Any] = {}
        high: dict[Expr, Any] = {}
        for part in step.where.parts:
            if isinstance(part, Compare) and part.op == "==" and isinstance(part.left, (Col, DatePart)) and isinstance(part.right, Lit):
                value = part.right.value
                if seen.setdefault(part.left, value) != value:
                    return f"{_called(part.left)} cannot be “{seen[part.left]}” and “{value}” at once"
            left, least, most = _bounds(part)
            if left is None:
                continue
            low[left] = max(low[left], least) if least is not None and left in low else low.get(left, least)
            high[left] = min(high[left], most) if most is not None and left in high else high.get(left, most)
            low, high = ({k: v for k, v in side.items() if v is not None} for side in (low, high))
            if left in low and left in high and low[left] > high[left]:
                return f"{_called(left)} cannot be above {phrase.value(low[left])} and below {phrase.value(high[left])} at once"
    return ""


def _called(e: Expr) -> str:
    return f"`{e.name}`" if isinstance(e, Col) else f"the {phrase.condition(e)}"


def _bounds(e: Expr) -> tuple[Expr | None, Any, Any]:
    """Give what a condition bounds, its least and its greatest value: numbers or days."""
    match e:
        case Compare(op=">" | ">=", left=Col() | DatePart() as left, right=Lit(value=least)):
            found: tuple[Expr, Any, Any] = left, _bound(least), None
        case Compare(op="<" | "<=", left=Col() | DatePart() as left, right=Lit(value=most)):
            found = left, None, _bound(most)
        case Between(value=Col() | DatePart() as left, low=Lit(value=least), high=Lit(value=most)):
            high = _bound(most)
            last = high - dt.timedelta(days=1) if e.open_end and isinstance(high, dt.date) else high
            found = left, _bound(least), last
        case _:
            return None, None, None
    return found


def _bound(value: Scalar) -> int | float | dt.date | None:
    """Give a number or a day, None for any other value."""
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, (int, float, dt.date)) else None


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
