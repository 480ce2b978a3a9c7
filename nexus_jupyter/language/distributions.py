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
    from nexus_jupyter.language.vocabulary import Ref

BINS = 20


def distribution(b: Builder, kind: str, a: Axes) -> Output | None:
    """Build a box plot, a heatmap, or the histogram of one number; None where a histogram means bars."""
    return {"box": _box, "heatmap": _heatmap, "histogram": _histogram}[kind](b, a)


def histogram(b: Builder, ref: Ref) -> Output:
    """Count a number in equal bins."""
    b.rows.use(ref, number=True)
    step = Histogram(input=b.rows.base(), column=b.name(ref), bins=BINS)
    return output(Chart(input=step, kind="histogram", x="bin_start", y="count"), f"distribution of {ref.column}")


def _histogram(b: Builder, a: Axes) -> Output | None:
    r = b.reader
    if len(a.columns) != 1 or a.measures or a.keys or b.draft.orders:
        return None
    ref = a.columns[0]
    return histogram(b, ref) if r.number(ref) and not r.dated(ref) and r.info(ref).role is Role.MEASURE else None


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
        step = Correlation(input=step, columns=names, shape="pairs")
        return output(Chart(input=step, kind="heatmap", x="first", y="second", color="correlation"), "correlations")
    keys = [*a.keys, *((c, "") for c in a.columns if (c, "") not in a.keys and (a.measures or not r.quantity(c)))]
    if len(keys) != 2:
        raise NotUnderstood("a heatmap needs two groupings")
    q = a.measures[0] if a.measures else next((Quantity("mean", c) for c in numbers if (c, "") not in keys), Quantity("size"))
    step, labels = b.keyed(b.rows.base(), keys)
    name = b.measure(q, step.schema.names)
    step = b.made.aggregate(step, tuple(labels))
    return output(Chart(input=step, kind="heatmap", x=labels[0], y=labels[1], color=name), b.words())
