"""Charts: groups with a measure, points as they are, distributions; aggregated before they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language.axes import COUNTS, Axes, axes, split
from nexus_jupyter.language.concepts import leading
from nexus_jupyter.language.distributions import distribution, histogram
from nexus_jupyter.language.draft import Key, NotUnderstood, Quantity
from nexus_jupyter.language.drawing import draw, output
from nexus_jupyter.language.keyless import keyless
from nexus_jupyter.plan.expressions import Arith, Col, Compare, Lit
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Derive, Filter, Select, Window
from nexus_jupyter.plan.summaries import Chart, Grid, Thin

if TYPE_CHECKING:
    from nexus_jupyter.language.completion import Builder
    from nexus_jupyter.language.vocabulary import Ref

ADDING = frozenset({"sum", "size", "count"})
REPEATED = 3
"""A column whose values come so often on average names groups."""
MANY_POINTS, LONG_LINE, MANY_SLICES, MANY_VALUES = 5000, 2000, 7, 60


def chart(b: Builder) -> Output:
    """Build the chart of a draft."""
    d = b.draft
    kind = d.mark if d.mark != "auto" else ""
    if len(d.extremes) > 1:
        raise NotUnderstood("two superlatives")
    empty = [t for t in dict.fromkeys([*(ref.table for ref in d.refs()), *d.tables]) if b.reader.catalog.dataset(t).rows == 0]
    if empty:
        raise NotUnderstood(f"`{empty[0]}` has no rows, so there is nothing to draw.")
    if any(it.cue == ("stat", "growth") and "change" not in it.lows for it in b.reader.items):
        raise NotUnderstood("growth in a chart")
    a = axes(b)
    if a.columns and not a.measures and _one_of_each(b, a.columns):
        raise NotUnderstood("whether the first of all or the first of each group is meant")
    if kind in {"box", "heatmap", "histogram"} and (found := distribution(b, kind, a)):
        return found
    kind = "bar" if kind == "histogram" else kind
    if not a.measures:
        return _unmeasured(b, kind, a)
    if len(a.measures) > 1:
        return _cloud(b, kind, a)
    groups = [g for g in a.groups if g not in a.series] or [a.series.pop()]
    _one_label(b, groups)
    if len(groups) > 1 and not a.series:
        if not (d.mode or d.bins or a.periods or "multiples" in d.looks or kind in {"line", "scatter", "area"}):
            raise NotUnderstood("a second grouping column without a cue")
        groups, a.series = split(a, groups)
    if "multiples" in d.looks and not a.facets:
        a.series, a.facets = [], a.series
    if len(groups) > 1 or len(a.series) > 1 or len(a.facets) > 1:
        raise NotUnderstood("three groupings")
    if kind == "scatter" and a.measures[0].func in COUNTS and all(b.reader.quantity(c) for c in a.columns) and len(a.columns) > 1:
        raise NotUnderstood("a count beside two numbers")
    if kind == "line" and not d.orders and not (b.reader.number(groups[0][0]) or b.reader.dated(groups[0][0])):
        d.cost += 0.2
    return _measured(b, kind or _default(b, groups[0]), a.measures[0], [groups[0], *a.series], a.facets)


def _measured(b: Builder, kind: str, q: Quantity, keys: list[Key], facets: list[Key] | None = None) -> Output:
    """Draw a measure of each group; a second key is the series, a facet makes small charts."""
    fixed = [p.ref for p in b.draft.preds if p.kind == "cmp" and p.op == "==" and not p.negated]
    if len(keys) == 1 and not keys[0][1] and keys[0][0] in fixed:
        raise NotUnderstood(f"only one {keys[0][0].column} is spoken of, so there is nothing to compare")
    if len(keys) == 1 and not keys[0][1] and _alone(b, q, keys[0][0]):
        raise NotUnderstood(f"each {keys[0][0].column} has one row, so there is nothing to count")
    step, names = b.keyed(b.rows.base(), [*keys, *(facets or [])])
    keyless(b, [*keys, *(facets or [])])
    facet = names.pop() if facets else None
    if q.func == "size":
        b.notes.append(("measure", "What is drawn is the number of rows."))
    name = b.measure(q, step.schema.names)
    wanted = [(b.measure(h, step.schema.names), op, value) for h, op, value, _ in b.draft.havings]
    for e in b.draft.extremes:
        own = e.quantity.ref is not None and not e.quantity.func and e.quantity.ref not in {q.ref, keys[0][0]}
        if own and b.reader.profile(keys[0][0]).unique:  # "bookings of the 2 largest rooms": each room has one size
            b.measure(Quantity("max", e.quantity.ref), step.schema.names)
    bounds = [(column, op, b.bound(value, step)) for column, op, value in wanted]
    step = b.made.aggregate(step, (*names, *([facet] if facet else [])))
    step, name = _shared(b, step, kind, name)
    for column, op, bound in bounds:
        step = Filter(input=step, where=Compare(op, Col(column), bound))  # type: ignore[arg-type]
    return draw(b, step, kind, names[0], name, names[1] if len(names) > 1 else None, facet)


def _shared(b: Builder, step: Step, kind: str, y: str) -> tuple[Step, str]:
    """Give shares of the whole in percent where bars or lines are to show them."""
    d, r = b.draft, b.reader
    counted = any(r.cue(i, "count") for i in range(len(r.items)))
    if d.statistic == "share" and kind not in {"pie", "scatter"} and not counted and not d.mode and b.measures[0].func in ADDING:
        step = Window(input=step, name=f"share_of_{y}", func="share", column=y)
        value = Arith("*", Lit(100), Col(f"share_of_{y}"))
        return Derive(input=step, name=f"percent_of_{y}", value=value), f"percent_of_{y}"
    return step, y


def _alone(b: Builder, q: Quantity, key: Ref) -> bool:
    """Say whether each group is one row of the table that is counted."""
    return q.func == "count" and q.ref is not None and q.ref != key and q.ref.table == key.table and b.reader.profile(key).unique


def _one_of_each(b: Builder, columns: list[Ref]) -> bool:
    """Say whether one row was asked for, by the number that is drawn, where the other axis holds groups: "the age of the youngest"."""
    one = [e.quantity.ref for e in b.draft.extremes if e.n == 1 and not e.said_n and e.of_rows and e.quantity.ref in columns]
    return bool(one) and len(columns) > 1 and not any(b.reader.profile(c).unique for c in columns if c not in one)


def _one_label(b: Builder, groups: list[Key]) -> None:
    """Refuse a label in two columns, such as first and last name, as one axis."""
    for table in {ref.table for ref, _ in groups}:
        label = [(x, "") for x in b.reader.label_of(table)]
        if len(label) == len(groups) == 2 and set(label) == set(groups):
            raise NotUnderstood("a name in two columns on one axis")


def _counted(b: Builder, ref: Ref) -> str:
    return "pie" if _default(b, (ref, "")) == "pie" else "bar"


def _default(b: Builder, group: Key) -> str:
    ref, unit = group
    if b.draft.statistic == "share" and b.reader.profile(ref).distinct <= MANY_SLICES:
        return "pie"
    return "line" if _over(b, ref) or (unit and not unit.endswith("_name")) or b.reader.info(ref).kind.temporal else "bar"


def _over(b: Builder, ref: Ref) -> str:
    """Give "line" where a number is followed over time by years that are numbers."""
    return "line" if b.reader.dated(ref) and any(it.cue == ("each", "overtime") for it in b.reader.items) else ""


def _cloud(b: Builder, kind: str, a: Axes) -> Output:
    """Draw two measures of each group as points."""
    d, keys = b.draft, a.keys or a.series
    free = [c for c in a.columns if (c, "") not in [*keys, *a.series]]
    if kind != "scatter" or len(a.measures) != 2 or len({k for k, _ in [*keys, *a.series]}) != 1 or free:
        raise NotUnderstood("two measures in one chart")
    step, names = b.keyed(b.rows.base(), keys)
    x, y = (b.measure(q, step.schema.names) for q in a.measures)
    step = b.made.aggregate(step, tuple(names))
    return draw(b, step, "scatter", x, y, names[0] if a.series or d.mode else None)


def _unmeasured(b: Builder, kind: str, a: Axes) -> Output:
    """Draw what has no measure: rows counted, a number followed over time, or two columns as they are."""
    r, d = b.reader, b.draft
    if a.periods:
        return _followed(b, kind, a)
    pool = [*a.columns, *a.extra]
    if kind == "scatter" and len(a.columns) > 1 and a.extra:  # a point for each row needs no series; a point for several has one
        each = {k for k in a.extra if r.profile(k).unique and not d.mode and {c.table for c in a.columns} == {k.table}}
        a.series += [(k, "") for k in a.extra if k not in each]
        pool = list(a.columns)
    if len(pool) == 3 and (d.mode or kind in {"scatter", "line"}) and not a.series:
        third = a.extra[-1] if a.extra else next((p for p in pool if not r.number(p)), pool[2])
        a.series, pool = [(third, "")], [p for p in pool if p != third]
    if len(pool) == 1:
        return _single(b, kind, a, pool[0])
    if len(pool) != 2:
        raise NotUnderstood("a chart needs one or two columns")
    if kind == "scatter":
        return _points(b, a, pool)
    if not kind and all(r.number(p) and r.info(p).role is Role.MEASURE and not r.dated(p) for p in pool):
        x, y = pool if pool[0] in a.extra else pool[::-1]
        return _rows(b, "scatter", x, y, a)  # "weight against height"
    group = [p for p in pool if p in a.extra and not r.profile(p).unique]
    number = [p for p in pool if p not in a.extra and r.number(p) and r.info(p).role is Role.MEASURE]
    if len(group) == len(number) == 1:
        return _combined(b, kind, group[0], number[0], a)
    x, y = pool
    if not r.number(y) or (y in a.extra and r.number(x)):
        x, y = y, x
    if r.number(y) and kind in {"", "bar", "pie"} and _repeats(b, x) and x.table == y.table and not a.series:
        return _combined(b, kind, x, y, a)
    if r.number(y):
        return _rows(b, kind or ("line" if r.dated(x) else "scatter" if r.number(x) else "bar"), x, y, a)
    if d.mode or a.series:
        return _measured(b, kind or "bar", Quantity("size"), [(p, "") for p in pool])
    raise NotUnderstood("no number to draw")


def _repeats(b: Builder, ref: Ref) -> bool:
    """Say whether a column names groups of rows, and not the rows."""
    r, profile = b.reader, b.reader.profile(ref)
    rows = r.catalog.dataset(ref.table).rows or 0
    grouping = r.info(ref).role in {Role.CATEGORY, Role.GEOGRAPHY, Role.BOOLEAN} and rows >= REPEATED * max(1, profile.distinct)
    return grouping and ref not in r.label_of(ref.table)


def _combined(b: Builder, kind: str, group: Ref, number: Ref, a: Axes) -> Output:
    """Draw what the rows of each group come to."""
    func = "sum" if b.reader.quantity(number) else "mean"
    b.rows.use(number, number=True)
    said = "total" if func == "sum" else "average"
    b.notes.append(("measure", f"{group.column} repeats, so the {said} {number.column} of each is drawn."))
    return _measured(b, kind or _default(b, (group, "")), Quantity(func, number), [(group, ""), *a.series], a.facets)


def _single(b: Builder, kind: str, a: Axes, ref: Ref) -> Output:
    """Draw one column: the number of each row, its distribution, or how often each value occurs."""
    r, d = b.reader, b.draft
    told = d.extremes[0].quantity if len(d.extremes) == 1 else None
    if told is not None and told.ref not in {None, ref} and not told.func and not r.number(ref):
        if r.profile(ref).unique:  # "the 5 largest countries by population" shows the population
            return _rows(b, kind or "bar", ref, told.ref, a)
        return _combined(b, kind, ref, told.ref, a)
    if r.number(ref) and not r.dated(ref):
        if not kind or (kind == "bar" and r.info(ref).kind is Kind.FLOAT and r.profile(ref).distinct > MANY_VALUES):
            return histogram(b, ref)
        if kind in {"line", "area", "scatter"}:
            raise NotUnderstood("a chart needs one or two columns")
        labels = [x for x in r.label_of(d.tables[0]) if x != ref] if d.tables else []
        if len(labels) == 1 and ref.table == labels[0].table and d.statistic != "distribution" and r.quantity(ref):
            b.notes.append(("column", f"Each row of {ref.table} is called by {labels[0].column}."))
            return _rows(b, kind, labels[0], ref, a)
    return _measured(b, kind or _counted(b, ref), Quantity("size"), [(ref, ""), *a.series], a.facets)


def _followed(b: Builder, kind: str, a: Axes) -> Output:
    """Draw a number, or how many rows there are, in each period."""
    r, d = b.reader, b.draft
    plain = [*a.columns, *a.extra]
    if not plain and not d.bins:
        ref = leading(r)
        if ref is None:
            raise NotUnderstood("no number to follow over time")
        b.notes.append(("measure", f"No number is named, so {ref.column} is followed."))
        plain = [ref]
    numbers = [c for c in plain if r.quantity(c)]
    others = [(c, "") for c in plain if c not in numbers]
    if len(a.periods) > 1 or len(numbers) > 1 or len(others) > 1 or any(e.quantity.func == "size" for e in d.extremes):
        raise NotUnderstood("several things per period")
    if numbers:
        b.rows.use(numbers[0], number=True)
        b.notes.append(("measure", f"{numbers[0].column} is summed in each period."))
    q = Quantity("sum", numbers[0]) if numbers else Quantity("size")
    return _measured(b, kind or "line", q, [*a.periods, *others, *a.series][:2], a.facets)


def _points(b: Builder, a: Axes, pool: list[Ref]) -> Output:
    r = b.reader
    x, y = pool if r.number(pool[1]) else (pool[1], pool[0])
    if b.draft.places.get("x", x) == y or b.draft.places.get("y", y) == x:
        x, y = y, x
    if not r.number(y) or (a.extra and any(r.info(p).role is Role.IDENTIFIER for p in pool)):
        raise NotUnderstood("a scatter needs two numbers")
    return _rows(b, "scatter", x, y, a)


def _rows(b: Builder, kind: str, x: Ref, y: Ref, a: Axes) -> Output:
    """Draw two columns as they are; many points as a grid of counts, a long line thinned."""
    r, d = b.reader, b.draft
    b.rows.use(y, number=True)
    if r.dated(x) and kind in {"line", "area"}:
        b.rows.dates.add(x)
    step: Step = b.rows.base()
    nx, ny, ns = b.name(x), b.name(y), b.name(a.series[0][0]) if a.series else None
    facet = b.name(a.facets[0][0]) if a.facets else None
    sorted_by = [o.target.ref for o in d.orders if not isinstance(o.target, str) and o.target.ref]
    used = [nx, ny, *([ns] if ns else []), *([facet] if facet else []), *(b.name(e.quantity.ref) for e in d.extremes if e.quantity.ref)]
    step = Select(input=step, columns=tuple(dict.fromkeys([*used, *(b.name(ref) for ref in sorted_by)])))
    rows = r.catalog.dataset(x.table).rows or 0
    if kind == "scatter" and rows > MANY_POINTS and r.number(x) and not ns and not facet:
        grid = Grid(input=step, x=nx, y=ny)
        return output(Chart(input=grid, kind="heatmap", x=nx, y=ny, color="count"), f"{ny} over {nx}")
    if kind in {"line", "area"} and rows > LONG_LINE and not ns and not facet:
        step = Thin(input=step, x=nx, y=ny)
    return draw(b, step, kind, nx, ny, ns, facet)
