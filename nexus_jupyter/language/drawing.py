"""Drawing: the points in the order that was asked for, the first of them, and the chart around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.context.schema import Kind
from nexus_jupyter.language.draft import NotUnderstood, Order, Quantity
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.step import SortKey, Step
from nexus_jupyter.plan.steps import Aggregate, Sort, Top
from nexus_jupyter.plan.summaries import Chart, Thin

if TYPE_CHECKING:
    from nexus_jupyter.language.completion import Builder

MANY_COLOURS = 12
BY_NAME = ("alphabet", "lexicograph", "chronolog")


def draw(b: Builder, step: Step, kind: str, x: str, y: str, series: str | None = None, facet: str | None = None) -> Output:
    """Order the points, keep the first ones, and draw them."""
    d = b.draft
    if "horizontal" in d.looks and kind != "bar":
        raise NotUnderstood("only bars lie down")
    if "log" in d.looks and kind == "pie":
        raise NotUnderstood("a pie has no axis")
    if "trend" in d.looks and kind != "scatter":
        raise NotUnderstood("a trend line needs points")
    if "percent" in d.looks and series is None:
        raise NotUnderstood("what the parts of each bar are")
    if d.extremes and d.limit is not None:
        raise NotUnderstood("two limits")
    keys = [SortKey(column=_ordered(b, o, step, kind, x, y), descending=o.descending) for o in d.orders]
    for e in d.extremes:
        column = b.name(e.quantity.ref) if e.quantity.ref is not None and not e.quantity.func else y
        told = next((m.name for m in b.measures if m.column == column), column)
        if told not in step.schema:
            raise NotUnderstood("the most of what is not drawn")
        by = SortKey(column=told, descending=e.descending)
        step = Top(input=step, n=e.n, by=(by,), ties=not e.said_n and e.rank == 1, offset=e.rank - 1)
    if d.limit is not None:
        if not keys and d.limit_end == "head":
            raise NotUnderstood("a limit without an order")
        step = Top(input=step, n=d.limit, by=tuple(keys) or (SortKey(column=y, descending=d.limit_end != "asc"),))
    elif keys:
        step = Sort(input=step, by=tuple(keys), fold=_folded(b, step, keys))
    elif kind in {"line", "area"} and not isinstance(step, (Aggregate, Thin)):
        step = Sort(input=step, by=(SortKey(column=x),))
    if d.mode and series is None:
        raise NotUnderstood("what the parts of each mark are")
    mode = "stack" if series and kind == "bar" and d.mode != "group" else "group"
    scaled = None
    if kind == "scatter" and series is not None and _scaled(b, series):
        series, scaled = None, series
    chart = Chart(
        input=step,
        kind=kind,  # type: ignore[arg-type]
        x=x,
        y=y,
        series=series,
        color=scaled,
        mode=mode,  # type: ignore[arg-type]
        facet=facet,
        horizontal="horizontal" in d.looks and kind == "bar",
        log_y="log" in d.looks,
        trend="trend" in d.looks,
        percent="percent" in d.looks,
    )
    return output(chart, f"{y} by {x}")


def _folded(b: Builder, step: Step, keys: list[SortKey]) -> bool:
    """Say whether names are sorted that are written in both cases, so that "abc" comes before "Xyz"."""
    found = [ref for ref, name in b.rows.names.items() for k in keys if name == k.column]
    if len(found) != len(keys) or any(step.schema.column(k.column).kind is not Kind.STRING for k in keys):
        return False
    profiles = [b.reader.profile(ref) for ref in found]
    return any(not p.complete or sorted(p.values) != sorted(p.values, key=str.casefold) for p in profiles)


def _scaled(b: Builder, series: str) -> bool:
    """Say whether the colours of points are a scale: numbers of which there are many."""
    ref = next((ref for ref, name in b.rows.names.items() if name == series), None)
    return ref is not None and b.reader.info(ref).kind.numeric and b.reader.profile(ref).distinct > MANY_COLOURS


def output(chart: Chart, label: str) -> Output:
    """Give the chart as an output."""
    return Output(step=chart, form="chart", name="chart", label=label)


def _ordered(b: Builder, o: Order, step: Step, kind: str, x: str, y: str) -> str:
    """Find the column that an order speaks of; an order by what is not drawn is refused."""
    if isinstance(o.target, Quantity):
        column = _measured(b, o.target, x, y) if o.target.func else _plain(b, o.target, x, y)
        if column is None or column not in step.schema:
            raise NotUnderstood("an order by what is not drawn")
        return column
    if o.target:
        return x if o.target == "x" else y
    named = any(w.startswith(BY_NAME) for it in b.reader.items for w in it.lows)
    column = y if kind in {"bar", "pie"} and not named else x
    b.notes.append(("order", f"The order is by {column}."))
    return column


def _measured(b: Builder, q: Quantity, x: str, y: str) -> str | None:
    column = b.name(q.ref) if q.ref is not None and q.ref in b.rows.names else None
    if q.func == "count" and column in {x, y}:
        return y
    made = [m.name for m in b.measures if m.func == q.func and (m.column == column or q.func == "size")]
    return made[0] if made else y if q.func in {"size", "count"} or column in {x, y} else None


def _plain(b: Builder, q: Quantity, x: str, y: str) -> str | None:
    column = b.name(q.ref) if q.ref is not None and q.ref in b.rows.names else None
    if column not in {x, y} and any(m.column == column for m in b.measures):
        return y
    return b.periods.get(column or "", column)
