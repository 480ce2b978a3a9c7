"""Charts: which columns are x, y and series, aggregated before they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language.draft import NotUnderstood, Quantity
from nexus_jupyter.language.lexicon import GENERIC
from nexus_jupyter.language.tokens import name_words
from nexus_jupyter.language.vocabulary import Ref
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.step import SortKey, Step
from nexus_jupyter.plan.steps import Aggregate, Filter, Select, Sort, Top
from nexus_jupyter.plan.summaries import BoxStats, Chart, Correlation, Grid, Histogram, Thin

if TYPE_CHECKING:
    from nexus_jupyter.language.completion import Builder

MANY_POINTS, LONG_LINE = 5000, 2000


def chart(b: Builder) -> Output:
    """Build the chart of a draft."""
    d, r = b.draft, b.reader
    kind = d.mark if d.mark not in {"", "auto"} else ""
    measures = [q for q in d.selects if q.func]
    cols = list(dict.fromkeys(q.ref for q in d.selects if not q.func and q.ref))
    if len(d.extremes) > 1:
        raise NotUnderstood("two superlatives")
    if kind in {"box", "heatmap", "histogram"} and (found := _special(b, kind, cols, measures)):
        return found
    kind = "bar" if kind == "histogram" else kind
    keys = list(dict.fromkeys(d.keys))
    for ref, unit in d.bins:
        target = (
            ref
            or next((c for c in [*cols, *(k for k, _ in keys), *(q.ref for q in measures if q.ref)] if r.dated(c)), None)
            or r.only_date(d.tables)
        )
        keys = [k for k in keys if k[0] != target]
        cols = [c for c in cols if c != target]
        b.rows.dates.add(target)
        keys.insert(0, (target, unit))
    for table in r.each_tables:
        if any(c.table == table for c in cols):
            keys = [k for k in keys if k[0] not in r.label_of(table) or k[0] in cols]
    shown = {frozenset(name_words(c.column)) - GENERIC for c in cols}
    keys = [k for k in keys if k[1] or k[0] in cols or frozenset(name_words(k[0].column)) - GENERIC not in shown]
    binned = bool(d.bins) or any(u for _, u in keys)
    series = list(d.series)
    # the measure and what is counted
    if len(measures) > 1 and kind != "scatter":
        if len({(q.func, q.ref) for q in measures}) > 1:
            raise NotUnderstood("two measures in one chart")
        measures = measures[:1]
    if not measures:
        return _raw(b, kind, cols, keys, series)
    if len(measures) > 1:
        if len(measures) != 2 or cols or len(keys or series) != 1:
            raise NotUnderstood("two measures in one chart")
        return _cloud(b, keys or series, measures, series or (keys if d.mode else []))
    q = measures[0]
    groups = [*keys, *((c, "") for c in cols if (c, "") not in keys)]
    if q.func in {"count", "count_distinct"} and q.ref is not None and not groups:
        groups, q = [(q.ref, "")], Quantity("size")
    elif q.func == "size" and not groups:
        listed = [p for p in d.preds if p.kind == "in" and p.ref]
        if len(listed) == 1 and listed[0].ref:
            groups = [(listed[0].ref, "")]
    elif q.func == "count" and q.ref is not None and (q.ref, "") in groups:
        q = Quantity("size")
    if q.ref is not None and (q.ref, "") in groups and len(groups) > 1 and not d.series:
        groups = [g for g in groups if g != (q.ref, "")]
    if not groups:
        if len(series) == 1:
            groups, series = series, []
        else:
            raise NotUnderstood("nothing to group by")
    groups = [g for g in groups if g not in series]
    groups = _merge_names(b, groups)
    if len(groups) > 1 and not series:
        if d.mode or binned or kind in {"line", "scatter", "area"} or d.mark == "heatmap":
            groups, series = _split(groups, cols)
        else:
            raise NotUnderstood("a second grouping column without a cue")
    if len(groups) > 1 or len(series) > 1:
        raise NotUnderstood("three groupings")
    step, names = b.keyed(b.rows.base(), [groups[0], *series])
    if kind == "line" and not d.orders and not (r.number(groups[0][0]) or r.dated(groups[0][0])):
        d.cost += 0.2
    name = b.measure(q, step.schema.names)
    extra = [(b.measure(h, step.schema.names), op, v) for h, op, v, _ in d.havings]
    step = Aggregate(input=step, keys=tuple(names), measures=tuple(b.measures))
    for column, op, v in extra:
        from nexus_jupyter.plan.expressions import Col, Compare, Lit

        step = Filter(input=step, where=Compare(op, Col(column), Lit(v)))  # type: ignore[arg-type]
    return _finish(b, step, kind or _default(b, groups[0]), names[0], name, names[1] if len(names) > 1 else None)


def _merge_names(b: Builder, groups: list[tuple[Ref, str]]) -> list[tuple[Ref, str]]:
    """Take first and last name of one table as one label: the last name stands for it where it is unique."""
    labels = {t: b.reader.label_of(t) for t in {g[0].table for g in groups}}
    for found in labels.values():
        if len(found) == 2 and all((x, "") in groups for x in found) and len(groups) == 2:
            raise NotUnderstood("a name in two columns on one axis")
    return groups


def _split(groups: list[tuple[Ref, str]], cols: list[Ref]) -> tuple[list[tuple[Ref, str]], list[tuple[Ref, str]]]:
    """Tell the axis from the series: periods and what was listed first are the axis."""
    if len(groups) != 2:
        raise NotUnderstood("three groupings")
    first = next((g for g in groups if g[1]), None) or next((g for g in groups if g[0] in cols), None) or groups[0]
    return [first], [g for g in groups if g != first]


def _raw(b: Builder, kind: str, cols: list[Ref], keys: list[tuple[Ref, str]], series: list[tuple[Ref, str]]) -> Output:
    """Draw what has no measure: two columns as they are, or the count of one."""
    d, r = b.draft, b.reader
    plain = [k for k, u in keys if not u]
    periods = [k for k in keys if k[1]]
    counted = [e for e in d.extremes if e.quantity.func == "size"]
    extra = [k for k in plain if k not in cols]
    if kind == "scatter" and len(cols) >= 2 and extra:
        series, extra = [*series, *((k, "") for k in extra)], []
    if (not cols and len(plain) == 1 and not periods) or (
        len(cols) == 1 and (not extra) and not periods and (kind in {"bar", "pie"} or not r.number(cols[0]))
    ):
        target = (cols or plain)[0]
        if r.number(target) and (kind in {"", "histogram"}) and not r.dated(target):
            return _histogram(b, target)
        if not cols and d.statistic != "distribution" and not series and not plain:
            raise NotUnderstood("nothing to draw")
        if (
            len(cols) == 1
            and r.number(target)
            and d.tables
            and (labels := [x for x in r.label_of(d.tables[0]) if x != target])
            and len(labels) == 1
            and target.table == labels[0].table
            and d.statistic != "distribution"
            and r.quantity(target)
        ):
            b.notes.append(("column", f"Each row of {target.table} is called by {labels[0].column}."))
            return _pair(b, kind or "bar", labels[0], target, series)
        b.notes.append(("measure", "What is drawn is the number of rows."))
        group = (target, "")
        step, names = b.keyed(b.rows.base(), [group, *series])
        name = b.measure(Quantity("size"), step.schema.names)
        step = Aggregate(input=step, keys=tuple(names), measures=tuple(b.measures))
        return _finish(b, step, kind or "bar", names[0], name, names[1] if len(names) > 1 else None)
    if periods:
        if not cols and not plain and not d.bins:
            raise NotUnderstood("no number to follow over time")
        numbers = [c for c in [*cols, *plain] if r.quantity(c)]
        others = [c for c in [*cols, *plain] if c not in numbers]
        if len(periods) > 1 or len(numbers) > 1 or len(others) > 1 or counted:
            raise NotUnderstood("several things per period")
        q = Quantity("sum", numbers[0]) if numbers else Quantity("size")
        if numbers:
            b.rows.use(numbers[0], number=True)
            b.notes.append(("measure", f"{numbers[0].column} is summed in each period."))
        wanted = [*periods, *((c, "") for c in others), *series]
        step, names = b.keyed(b.rows.base(), wanted[:2])
        name = b.measure(q, step.schema.names)
        step = Aggregate(input=step, keys=tuple(names), measures=tuple(b.measures))
        return _finish(b, step, kind or "line", names[0], name, names[1] if len(names) > 1 else None)
    pool = [*cols, *extra]
    if len(pool) == 3 and (d.mode or kind in {"scatter", "line"}) and not series:
        third = extra[0] if extra else next((p for p in pool if not r.number(p)), pool[2])
        series, pool = [(third, "")], [p for p in pool if p != third]
    if len(pool) != 2:
        raise NotUnderstood("a chart needs one or two columns")
    x, y = pool
    if kind == "scatter" and extra and any(r.info(p).role is Role.IDENTIFIER for p in pool):
        raise NotUnderstood("a scatter needs two numbers")
    if extra and kind != "scatter" and (rate := _repeated(b, pool, extra)):
        x, y = rate
        func = "sum" if r.quantity(y) else "mean"
        b.rows.use(y, number=True)
        b.notes.append(("measure", f"{x.column} repeats, so the {'total' if func == 'sum' else 'average'} {y.column} of each is drawn."))
        step, names = b.keyed(b.rows.base(), [(x, ""), *series])
        name = b.measure(Quantity(func, y), step.schema.names)
        step = Aggregate(input=step, keys=tuple(names), measures=tuple(b.measures))
        return _finish(b, step, kind or "bar", names[0], name, names[1] if len(names) > 1 else None)
    if kind == "scatter":
        if not r.number(y):
            x, y = y, x
    elif not r.number(y) or (extra and y in extra and r.number(x)):
        x, y = y, x
    if not r.number(y):
        if kind == "scatter":
            raise NotUnderstood("a scatter needs two numbers")
        if d.mode or series:
            b.notes.append(("measure", "What is drawn is the number of rows."))
            step, names = b.keyed(b.rows.base(), [(pool[0], ""), (pool[1], "")])
            name = b.measure(Quantity("size"), step.schema.names)
            step = Aggregate(input=step, keys=tuple(names), measures=tuple(b.measures))
            return _finish(b, step, kind or "bar", names[0], name, names[1])
        raise NotUnderstood("no number to draw")
    return _pair(b, kind or ("line" if r.dated(x) else "scatter" if r.number(x) else "bar"), x, y, series)


def _repeated(b: Builder, pool: list[Ref], extra: list[Ref]) -> tuple[Ref, Ref] | None:
    """Give group and number where the group was asked for by "by" and repeats."""
    r = b.reader
    groups = [p for p in pool if p in extra and not r.profile(p).unique]
    numbers = [p for p in pool if p not in extra and r.number(p) and r.info(p).role is Role.MEASURE]
    return (groups[0], numbers[0]) if len(groups) == len(numbers) == 1 else None


def _pair(b: Builder, kind: str, x: Ref, y: Ref, series: list[tuple[Ref, str]]) -> Output:
    r, d = b.reader, b.draft
    b.rows.use(y, number=True)
    if r.dated(x) and kind in {"line", "area"}:
        b.rows.dates.add(x)
    step = b.rows.base()
    nx, ny, ns = b.name(x), b.name(y), b.name(series[0][0]) if series else None
    rows = r.catalog.dataset(x.table).rows or 0
    step = Select(
        input=step,
        columns=tuple(
            dict.fromkeys(
                (
                    nx,
                    ny,
                    *([ns] if ns else []),
                    *[b.name(e.quantity.ref) for e in d.extremes if e.quantity.ref],
                    *[
                        b.name(o.target.ref)
                        for o in d.orders
                        if isinstance(o.target, Quantity) and o.target.ref and b.name(o.target.ref) not in {nx, ny}
                    ],
                )
            )
        ),
    )
    if kind == "scatter" and rows > MANY_POINTS and r.number(x) and not ns:
        grid = Grid(input=step, x=nx, y=ny)
        return Output(
            step=Chart(input=grid, kind="heatmap", x=nx, y=ny, color="count"), form="chart", name="chart", label=f"{ny} over {nx}"
        )
    if kind in {"line", "area"} and rows > LONG_LINE and not ns:
        step = Thin(input=step, x=nx, y=ny)
    return _finish(b, step, kind, nx, ny, ns)


def _cloud(b: Builder, keys: list[tuple[Ref, str]], measures: list[Quantity], series: list[tuple[Ref, str]]) -> Output:
    """Two measures of each group as points."""
    step, names = b.keyed(b.rows.base(), keys)
    x, y = (b.measure(q, step.schema.names) for q in measures)
    step = Aggregate(input=step, keys=tuple(names), measures=tuple(b.measures))
    return _finish(b, step, "scatter", x, y, names[0] if series else None)


def _histogram(b: Builder, ref: Ref) -> Output:
    b.rows.use(ref, number=True)
    step = Histogram(input=b.rows.base(), column=b.name(ref), bins=20)
    return Output(
        step=Chart(input=step, kind="histogram", x="bin_start", y="count", x_title=ref.column),
        form="chart",
        name="chart",
        label=f"distribution of {ref.column}",
    )


def _special(b: Builder, kind: str, cols: list[Ref], measures: list[Quantity]) -> Output | None:
    d, r = b.draft, b.reader
    numbers = [c for c in cols if r.number(c)]
    groups = [c for c in [*cols, *(k for k, u in d.keys if not u)] if c not in numbers or (c, "") in d.keys]
    if kind == "histogram":
        if (
            len(cols) == 1
            and numbers
            and not measures
            and not d.keys
            and not d.orders
            and not r.dated(numbers[0])
            and r.info(numbers[0]).role.value == "measure"
        ):
            return _histogram(b, numbers[0])
        return None
    if kind == "box":
        numbers = [c for c in numbers if c not in groups]
        if len(numbers) != 1 or len(groups) > 1 or measures:
            raise NotUnderstood("a box plot needs one number and at most one group")
        b.rows.use(numbers[0], number=True)
        step: Step = BoxStats(input=b.rows.base(), column=b.name(numbers[0]), by=b.name(groups[0]) if groups else None)
        return Output(
            step=Chart(input=step, kind="box", x=b.name(groups[0]) if groups else "", y=b.name(numbers[0])),
            form="chart",
            name="chart",
            label=f"spread of {numbers[0].column}",
        )
    if d.statistic == "correlation" or (not cols and not d.keys and not measures):
        step = b.rows.base()
        names = tuple(c.name for c in step.schema if c.kind.numeric)
        if len(numbers) > 1:
            names = tuple(b.name(n) for n in numbers)
        step = Correlation(input=step, columns=names, shape="pairs")
        return Output(
            step=Chart(input=step, kind="heatmap", x="first", y="second", color="correlation"),
            form="chart",
            name="chart",
            label="correlations",
        )
    keys = [*d.keys, *((c, "") for c in cols if (c, "") not in d.keys and not (measures == [] and r.quantity(c)))]
    if len(keys) != 2:
        raise NotUnderstood("a heatmap needs two groupings")
    q = measures[0] if measures else next((Quantity("mean", c) for c in numbers if (c, "") not in keys), Quantity("size"))
    step, names_ = b.keyed(b.rows.base(), keys)
    name = b.measure(q, step.schema.names)
    step = Aggregate(input=step, keys=tuple(names_), measures=tuple(b.measures))
    return Output(step=Chart(input=step, kind="heatmap", x=names_[0], y=names_[1], color=name), form="chart", name="chart", label=b.words())


def _default(b: Builder, group: tuple[Ref, str]) -> str:
    return "line" if (group[1] and not group[1].endswith("_name")) or b.reader.info(group[0]).kind.temporal else "bar"


def _finish(b: Builder, step: Step, kind: str, x: str, y: str, series: str | None) -> Output:
    """Order the points and draw them."""
    d = b.draft
    keys = []
    for o in d.orders:
        target = o.target
        if isinstance(target, Quantity):
            column = b.name(target.ref) if target.ref is not None and target.ref in b.rows.names else None
            if target.func:
                made = [m.name for m in b.measures if m.func == target.func and (m.column == column or target.func == "size")]
                column = made[0] if made else y if target.func in {"size", "count"} or column in {x, y} else None
                if target.func == "count" and target.ref is not None and b.name(target.ref) in {x, y}:
                    column = y
            elif column not in {x, y} and any(m.column == column for m in b.measures):
                column = y
            if column is None or column not in step.schema:
                raise NotUnderstood("an order by what is not drawn")
        else:
            column = {"x": x, "y": y}.get(target) or (
                x if b.reader.items and _alphabetical(b) else y if not b.rows.names.get(Ref("", x)) and kind in {"bar", "pie"} else x
            )
            if not target:
                b.notes.append(("order", f"The order is by {column}."))
        keys.append(SortKey(column=column, descending=o.descending))
    for e in d.extremes:
        column = y
        if e.quantity.ref is not None and not e.quantity.func:
            column = b.name(e.quantity.ref)
            column = column if column in step.schema else y
        step = Top(input=step, n=e.n, by=(SortKey(column=column, descending=e.descending),), ties=not e.said_n)
    if d.limit is not None:
        if not keys and d.limit_end == "head":
            raise NotUnderstood("a limit without an order")
        step = Top(input=step, n=d.limit, by=tuple(keys) or (SortKey(column=y, descending=d.limit_end != "asc"),))
    elif keys:
        step = Sort(input=step, by=tuple(keys))
    elif kind in {"line", "area"} and not isinstance(step, (Aggregate, Thin)):
        step = Sort(input=step, by=(SortKey(column=x),))
    mode = "stack" if series and kind == "bar" and d.mode != "group" else "group"
    made_chart = Chart(input=step, kind=kind, x=x, y=y, series=series, mode=mode)  # type: ignore[arg-type]
    return Output(step=made_chart, form="chart", name="chart", label=f"{y} by {x}")


def _alphabetical(b: Builder) -> bool:
    return any("alphabet" in w or "lexicograph" in w or "chronolog" in w for it in b.reader.items for w in it.lows)


__all__ = ["Kind", "chart"]
