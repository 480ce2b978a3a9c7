"""Charts of how numbers lie: histogram, box plot and heatmap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.context.schema import Role
from nexus_jupyter.language.draft import NotUnderstood, Quantity
from nexus_jupyter.language.drawing import output
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.summaries import BoxStats, Chart, Correlation, Histogram

if TYPE_CHECKING:
    from nexus_jupyter.language.axes import Axes
    from nexus_jupyter.language.completion import Builder
    from nexus_jupyter.language.reader import Reader
    from nexus_jupyter.language.vocabulary import Ref

BINS = 20
MANY_GROUPS = 8


def distribution(b: Builder, kind: str, a: Axes) -> Output | None:
    """Build a box plot, a heatmap, or the histogram of one number; None where a histogram means bars."""
    return {"box": _box, "heatmap": _heatmap, "histogram": _histogram}[kind](b, a)


def histogram(b: Builder, ref: Ref, group: Ref | None = None) -> Output:
    """Count a number in equal bins, for each group by itself where there is one."""
    d = b.draft
    if d.mode or d.looks - {"log"} or d.orders or d.extremes or d.limit is not None:
        raise NotUnderstood("what a histogram cannot show")
    b.rows.use(ref, number=True)
    rows = b.rows.base()
    by = b.name(group) if group is not None else None
    step = Histogram(input=rows, column=b.name(ref), bins=d.asked_bins or BINS, by=by)
    chart = Chart(input=step, kind="histogram", x="bin_start", y="count", series=by, log_y="log" in d.looks)
    return output(chart, f"distribution of {ref.column}")


def _histogram(b: Builder, a: Axes) -> Output | None:
    r = b.reader
    groups = list(dict.fromkeys(k for k, _ in [*a.keys, *a.series, *a.facets]))
    if len(a.columns) != 1 or a.measures or a.periods or b.draft.orders or len(groups) > 1 or (groups and not _few(b, groups[0])):
        return None
    ref = a.columns[0]
    if not r.number(ref) or r.dated(ref) or r.info(ref).role is not Role.MEASURE or ref in groups:
        return None
    if groups and a.facets:
        raise NotUnderstood("a histogram in panels")
    return histogram(b, ref, groups[0] if groups else None)


def _few(b: Builder, group: Ref) -> bool:
    """Say whether a column has so few values that a histogram of each can be told apart."""
    return 1 < b.reader.profile(group).distinct <= MANY_GROUPS


def _box(b: Builder, a: Axes) -> Output:
    groups = [*a.extra, *(c for c in a.columns if not b.reader.number(c) or (c, "") in a.keys)]
    numbers = [c for c in a.columns if b.reader.number(c) and c not in groups]
    if len(numbers) != 1 or len(groups) > 1 or a.measures:
        raise NotUnderstood("a box plot needs one number and at most one group")
    b.rows.use(numbers[0], number=True)
    step: Step = BoxStats(input=b.rows.base(), column=b.name(numbers[0]), by=b.name(groups[0]) if groups else None)
    x = b.name(groups[0]) if groups else ""
    return output(Chart(input=step, kind="box", x=x, y=b.name(numbers[0])), f"spread of {numbers[0].column}")


def _heatmap(b: Builder, a: Axes) -> Output:
    d, r = b.draft, b.reader
    numbers = [c for c in a.columns if r.number(c)]
    if d.statistic == "correlation" or not (a.columns or a.keys or a.measures):
        step = b.rows.base()
        names = tuple(b.name(n) for n in numbers) if len(numbers) > 1 else tuple(c.name for c in step.schema if c.kind.numeric)
        step = Correlation(input=step, columns=names, shape="matrix")
        return output(Chart(input=step, kind="heatmap", x="column", y="column", color=names[0]), "correlations")
    keys = [*a.keys, *((c, "") for c in a.columns if (c, "") not in a.keys and (a.measures or not r.quantity(c)))]
    if len(keys) != 2:
        raise NotUnderstood("a heatmap needs two groupings")
    q = a.measures[0] if a.measures else next((Quantity("mean", c) for c in numbers if (c, "") not in keys), Quantity("size"))
    step, labels = b.keyed(b.rows.base(), keys)
    name = b.measure(q, step.schema.names)
    step = b.made.aggregate(step, tuple(labels))
    return output(Chart(input=step, kind="heatmap", x=labels[0], y=labels[1], color=name), b.words())


def settle(r: Reader) -> None:
    """Draw the distribution of a number, and count the values of anything else, where a question asks for nothing more."""
    d = r.draft
    ref = d.selects[0].ref if len(d.selects) == 1 and not d.selects[0].func else None
    if d.statistic != "distribution" or ref is None or r.chart or d.mark or d.keys or d.extremes or d.tests or d.figures:
        return
    if r.number(ref) and not r.dated(ref):
        d.mark = "histogram"
    elif not r.profile(ref).unique:
        d.keys, d.selects = [(ref, "")], [Quantity("size")]
