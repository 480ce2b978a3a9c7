"""Kinds instead of rows: lists that name each once, values that are compared, groups that are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language.draft import Quantity
from nexus_jupyter.language.ratios import flows
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.vocabulary import Ref
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.step import Measure
from nexus_jupyter.plan.steps import Aggregate

if TYPE_CHECKING:
    from nexus_jupyter.language.completion import Builder

FEW_GROUPS = 20


def continuous(r: Reader, ref: Ref) -> bool:
    """Say whether a number has too many values to form groups unless that is said."""
    rows = r.catalog.dataset(ref.table).rows or 0
    measured = r.info(ref).role is Role.MEASURE and r.number(ref)
    return measured and (r.info(ref).kind is Kind.FLOAT or r.profile(ref).distinct > max(FEW_GROUPS, rows // 4))


def listed_once(r: Reader, ref: Ref) -> bool:
    """Say whether a list of a column means its different values: "which islands are there", "list the islands", but not the rows'."""
    if r.number(ref) or r.dated(ref) or r.profile(ref).unique or r.info(ref).role not in {Role.CATEGORY, Role.GEOGRAPHY, Role.BOOLEAN}:
        return False
    named = [i for i, what in r.consumed.items() if what == f"column {ref.table}.{ref.column}"]
    asked = any(i and r.items[i - 1].low in {"which", "what"} for i in named)
    return asked or not (r.draft.tables or r.draft.preds)


def compared(builder: Builder) -> list[tuple[Ref, str]]:
    """Give the column whose values are compared: "A vs B", or "the average of A and B", which is one for each; a count is of both."""
    d, r = builder.draft, builder.reader
    listed = [p.ref for p in d.preds if p.kind == "in" and p.ref and not p.negated]
    if r.compared or not listed or d.extremes or d.havings:
        return [(ref, "") for ref in listed] if r.compared else []
    each = [p.ref for p in d.preds if p.kind == "in" and p.ref and p.joined == "and" and not p.negated]
    if not each or not all(q.func not in {"", "size"} and not q.func.startswith("count") for q in d.selects):
        return []
    builder.notes.append(("groups", f"Each {each[0].column} that was named is shown by itself."))
    return [(ref, "") for ref in each]


def measured(builder: Builder) -> None:
    """Add up, or average, numbers that are asked for by groups and nothing else: "revenue by region", "rating by month"."""
    d, r = builder.draft, builder.reader
    refs = [q.ref for q in d.selects if q.ref is not None]
    plain = len(refs) == len(d.selects) and not any(q.func for q in d.selects)
    if not refs or not plain or not d.keys or d.extremes or d.havings or d.orders or d.limit is not None or d.distinct or r.each_tables:
        return
    if not all(r.info(ref).role is Role.MEASURE and r.number(ref) for ref in refs):
        return
    if any((r.profile(key).unique or flows(r, key)) and not unit for key, unit in d.keys) or {key.table for key, _ in d.keys} != {
        ref.table for ref in refs
    }:
        return
    for q in d.selects:
        q.func = "sum" if q.ref is not None and r.quantity(q.ref) else "mean"
        builder.rows.use(q.ref, number=True)  # type: ignore[arg-type] # each has a column
        builder.notes.append(("measure", f"What is given is the {'total' if q.func == 'sum' else 'average'} {q.ref.column} of each group."))  # type: ignore[union-attr]


def counted(builder: Builder) -> Output | None:
    """Count the groups that fit: "how many islands have more than 100 penguins"."""
    d = builder.draft
    asked = d.selects[0] if len(d.selects) == 1 else None
    if asked is not None and asked.func == "size" and asked.table:
        asked = _rows_that(builder, asked.table) or asked
    if asked is None or asked.ref is None or not d.havings or d.keys or d.extremes or asked.func not in {"count", "count_distinct"}:
        return None
    far = asked.table is not None and asked.table == asked.ref.table
    if not far and builder.reader.profile(asked.ref).unique:
        return None
    if not far and any(q.table != asked.ref.table for q, *_ in d.havings if q.func == "size" and q.table):
        return None
    d.keys, d.selects = [(asked.ref, "")], []
    groups = builder.grouped(builder.rows.base(), [], [asked.ref]).step
    step = Aggregate(input=groups, measures=(Measure(name="count", func="size"),))
    return Output(step=step, form="value", name="count", label=f"number of {builder.called(asked.ref.table) if far else asked.ref.column}")


def _rows_that(builder: Builder, table: str) -> Quantity | None:
    """Give the count of the rows of a table of which each has so many of another table: "how many courses have two sections"."""
    key = builder.reader.key_of(table)
    about = [q.table or (q.ref.table if q.ref else None) for q, *_ in builder.draft.havings]
    if key is None or not about or any(t is None or t == table for t in about):
        return None
    return Quantity("count_distinct", key, table)
