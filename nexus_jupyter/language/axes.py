"""Axes: what the words of a chart request say about x, y and series, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus_jupyter.language.draft import Key, NotUnderstood, Quantity
from nexus_jupyter.language.lexicon import GENERIC
from nexus_jupyter.language.tokens import name_words
from nexus_jupyter.language.vocabulary import Ref

if TYPE_CHECKING:
    from nexus_jupyter.language.completion import Builder

COUNTS = frozenset({"size", "count", "count_distinct"})


@dataclass(slots=True)
class Axes:
    """The measures, the plain columns, the group keys and the series of a request, each once and in order of mention."""

    measures: list[Quantity]
    columns: list[Ref]
    keys: list[Key]
    series: list[Key]
    facets: list[Key]

    @property
    def periods(self) -> list[Key]:
        """The keys that are periods of a date."""
        return [k for k in self.keys if k[1]]

    @property
    def extra(self) -> list[Ref]:
        """The columns that were only named as groups."""
        return [k for k, unit in self.keys if not unit and k not in self.columns]

    @property
    def groups(self) -> list[Key]:
        """Everything that may stand for a group: the keys, then the columns."""
        return [*self.keys, *((c, "") for c in self.columns if (c, "") not in self.keys)]


def axes(b: Builder) -> Axes:
    """Read the axes off a draft: bins take the place of their date, and what is named twice is there once."""
    d = b.draft
    measures = [m for i, m in enumerate(d.selects) if m.func and all((m.func, m.ref) != (o.func, o.ref) for o in d.selects[:i])]
    found = Axes(
        measures=measures,
        columns=list(dict.fromkeys(q.ref for q in d.selects if not q.func and q.ref)),
        keys=list(dict.fromkeys(d.keys)),
        series=list(dict.fromkeys(d.series)),
        facets=list(dict.fromkeys(d.facets)),
    )
    found.keys = [k for k in found.keys if k not in found.facets]
    found.columns = [c for c in found.columns if (c, "") not in found.facets]
    _bin(b, found)
    fixed = {p.ref for p in d.preds if p.kind == "cmp" and p.op == "==" and not p.negated}
    if any(g[0] not in fixed for g in found.groups):  # a column with one value tells nothing apart
        found.columns = [c for c in found.columns if c not in fixed]
    _own_labels(b, found)
    _same_name(found)
    if d.mark != "scatter":
        _one_measure(found)
    elif not found.groups and not found.series:
        _of_rows(b, found)
    if found.measures:
        _counted_rows(b, found)
        if not found.groups and not (found.series and len(found.measures) > 1):
            found.keys = _implied(b, found)
    return found


def _bin(b: Builder, a: Axes) -> None:
    """Put the periods that were asked for in the place of their date."""
    r = b.reader
    for ref, unit in b.draft.bins:
        spoken = [*a.columns, *(k for k, _ in a.keys), *(q.ref for q in a.measures if q.ref)]
        target = ref or next((c for c in spoken if r.dated(c)), None) or r.only_date(b.draft.tables)
        a.keys = [(target, unit), *(k for k in a.keys if k[0] != target)]
        a.columns = [c for c in a.columns if c != target]
        b.rows.dates.add(target)


def _own_labels(b: Builder, a: Axes) -> None:
    """Let what is asked of each row be the group: beside "the student's city", "each student" is not the student's name."""
    r = b.reader
    for table in r.each_tables:
        own = [c for c in a.columns if c.table == table]
        if own and (a.measures or any(not r.number(c) for c in own)):
            a.keys = [k for k in a.keys if k[0] not in r.label_of(table) or k[0] in a.columns]


def _same_name(a: Axes) -> None:
    """Drop a key that has the name of a column that is shown: the two ends of a join."""
    shown = {frozenset(name_words(c.column)) - GENERIC for c in a.columns} - {frozenset()}
    a.keys = [k for k in a.keys if k[1] or k[0] in a.columns or frozenset(name_words(k[0].column)) - GENERIC not in shown]


def _of_rows(b: Builder, a: Axes) -> None:
    """Draw "the number of rooms and the number of beds" of each row, where columns hold these numbers."""
    summed = [q.ref for q in a.measures if q.func == "sum" and q.ref]
    if len(summed) == len(a.measures) == 2 and not any(b.reader.cue(i, "agg") for i in range(len(b.reader.items))):
        a.columns, a.measures = summed, []


def _one_measure(a: Axes) -> None:
    """Keep what is measured of the groups: "the average weight and year of each year" measures the weight."""
    keys = {k for k, _ in a.keys}
    if len(a.measures) > 1:
        a.measures = [q for q in a.measures if q.ref not in keys] or a.measures
    if len(a.measures) > 1 and all(q.func in COUNTS for q in a.measures):
        a.measures = [q for q in a.measures if q.ref is not None][:1] or a.measures[:1]


def _counted_rows(b: Builder, a: Axes) -> None:
    """Tell the rows that are counted from the groups that they are counted in."""
    r, q = b.reader, a.measures[0]
    if len(a.measures) > 1 or q.func not in COUNTS:
        return
    table = q.ref.table if q.ref else q.table
    labels = [(x, "") for t in r.each_tables if t == table for x in r.label_of(t)]
    others = [g for g in a.groups if g not in labels]
    if q.ref is None and labels and others:
        a.keys = [k for k in a.keys if k not in labels]
    elif q.ref is not None and labels and not others and (q.ref, "") not in labels and not r.profile(q.ref).unique:
        # each row of the table has one such value, so what is counted is the rows of each value
        b.notes.append(("measure", f"Each row of {table} has one {q.ref.column}, so rows are counted for each {q.ref.column}."))
        a.keys, a.measures = [(q.ref, "")], [Quantity("size")]
    elif q.ref is not None and not a.groups and not a.series:
        if any(h.ref == q.ref for h, *_ in b.draft.havings):
            raise NotUnderstood("how many there are of what")
        a.keys, a.measures = [(q.ref, "")], [Quantity("size")]
    elif q.ref is not None and (q.ref, "") in a.groups:
        if len(a.groups) > 1 and not a.series and not b.draft.mode:
            a.keys = [k for k in a.keys if k != (q.ref, "")]
            a.columns = [c for c in a.columns if c != q.ref]
        else:
            a.measures = [Quantity("size")]


def _implied(b: Builder, a: Axes) -> list[Key]:
    """Find what to group by where nothing says it: values set side by side, the column that orders, the series."""
    d = b.draft
    listed = [p.ref for p in d.preds if p.kind == "in" and p.ref and not p.negated]
    ordered = [o.target.ref for o in d.orders if not isinstance(o.target, str) and not o.target.func and o.target.ref]
    if len(listed) == 1:
        return [(listed[0], "")]
    if not listed and len(ordered) == 1 and a.measures[0].ref != ordered[0]:
        return [(ordered[0], "")]
    if len(a.series) == 1:
        return [a.series.pop()]
    raise NotUnderstood("nothing to group by")


def split(a: Axes, groups: list[Key]) -> tuple[list[Key], list[Key]]:
    """Tell the axis from the series: periods and what was listed first are the axis."""
    if len(groups) != 2:
        raise NotUnderstood("three groupings")
    first = next((g for g in groups if g[1]), None) or next((g for g in groups if g[0] in a.columns), None) or groups[0]
    return [first], [g for g in groups if g != first]
