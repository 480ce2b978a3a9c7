"""Lists: rows as they are, in an order, the first ones, or the ones with the most of something in each group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language import kinds
from nexus_jupyter.language.draft import NotUnderstood, Quantity, refs_of
from nexus_jupyter.language.tokens import python_name
from nexus_jupyter.language.vocabulary import Ref
from nexus_jupyter.plan.plan import Output
from nexus_jupyter.plan.step import SortKey, Step
from nexus_jupyter.plan.steps import Combine, Distinct, Select, Sort, Top

if TYPE_CHECKING:
    from nexus_jupyter.language.completion import Builder


def within(b: Builder) -> bool:
    """Say whether a row of each group is asked for: "for each region the country with the most people"."""
    d = b.draft
    if len(d.extremes) != 1 or d.extremes[0].quantity.func or d.extremes[0].quantity.ref is None:
        return False
    said = any(it.cue == ("each", "each") for it in b.reader.items)
    rows = [t for t in d.tables if t not in b.reader.each_tables]
    return said and bool(rows or [q for q in d.selects if q.ref and (q.ref, "") not in d.keys])


def top_of_each(b: Builder, step: Step, cols: list[Ref]) -> Output:
    """Give the rows with the most of something in each group."""
    d, e = b.draft, b.draft.extremes[0]
    step, keys = b.keyed(step, d.keys)
    cols = [c for c in cols if (c, "") not in d.keys] or b.reader.label_of(next(t for t in d.tables if t not in b.reader.each_tables))
    most = b.name(e.quantity.ref) if e.quantity.ref else ""
    step = Top(
        input=step,
        n=e.n,
        by=(SortKey(column=most, descending=e.descending),),
        within=tuple(keys),
        ties=not e.said_n and e.rank == 1,
        offset=e.rank - 1,
    )
    step = Select(input=step, columns=tuple(dict.fromkeys([*keys, *(b.name(c) for c in cols), most])))
    return Output(step=step, form="table", name=python_name(f"top_by_{'_'.join(keys)}")[:40], label=b.words())


def _beside_rows(b: Builder, table: str, first: Ref) -> bool:
    """Say whether the rows themselves are asked for, and the column beside them: "the teams that won along with their towns"."""
    r = b.reader
    at = min((i for i, what in r.consumed.items() if what == f"column {first.table}.{first.column}"), default=0)
    said = [i for i, what in r.consumed.items() if what == f"table {table}" and i < at]
    theirs = at > 1 and r.items[at - 1].low in {"their", "its"}
    before = r.items[at - 2 if theirs or r.items[at - 1].low == "the" else at - 1].low if at > 1 else ""
    return bool(said) and (before in {"along with", "together with"} or (theirs and before in {"and", "with", "as well as"}))


def of_the_most(b: Builder, step: Step, measures: list[Quantity]) -> Step:
    """Keep the rows with the most of something, of which a measure is asked: "the sum of the 5 largest payments"."""
    e = b.draft.extremes[0]
    ref = e.quantity.ref
    if e.n == 1 or not e.said_n or e.quantity.func or ref is None or any(q.func not in {"sum", "mean", "median"} for q in measures):
        raise NotUnderstood("a superlative in a total")
    b.notes.append(("rows", f"What is given is of the {e.n} rows with the {'most' if e.descending else 'least'} {ref.column}."))
    return Top(input=step, n=e.n, by=(SortKey(column=b.name(ref), descending=e.descending),), ties=False)


def listed(b: Builder, step: Step, cols: list[Ref]) -> Output:
    """Rows as they are: chosen columns, in order, perhaps the first ones."""
    d = b.draft
    labelled = False
    main = d.tables[0] if d.tables else next((x.table for x in d.refs()), None)
    if not cols:
        if main is None or d.statistic:
            raise NotUnderstood("nothing is asked for")
        if not (d.preds or d.extremes or b.reader.related or d.orders or d.limit or d.distinct or main):
            raise NotUnderstood("nothing is asked for")
        labels = b.reader.label_of(main)
        for other in d.tables:
            if other != main and b.reader.beside(main, other):
                labels = [*labels, *b.reader.label_of(other)]
        if not labels:
            labels = _every(b, main)
        first = b.reader.info(labels[0])
        key = b.reader.key_of(main)
        if key is not None and not any(b.reader.profile(x).unique for x in labels):
            labels = [key, *labels]  # a label that repeats does not tell one row from another
        cols, labelled = labels, True
        if first.role is Role.IDENTIFIER and first.kind is not Kind.STRING and not d.extremes and not d.distinct:
            cols = _every(b, main)
        if len(cols) < len(b.reader.catalog.dataset(main).schema):
            b.notes.append(("column", f"Each row of {main} is shown by {' and '.join(c.column for c in labels)}."))
    elif main is not None and (d.again or (not d.extremes and _beside_rows(b, main, cols[0]))):
        cols = list(dict.fromkeys([*b.reader.label_of(main), *cols]))
    several = [p.ref for p in d.preds if p.kind == "in" and p.ref and not p.negated and p.ref not in cols]
    if len(several) == 1 and all(b.reader.number(c) for c in cols) and not d.extremes:  # numbers of several things: say whose
        cols = [*several, *cols]
    fixed = {p.ref for p in d.preds if p.kind == "cmp" and p.op == "==" and not p.negated}
    if not labelled and len(cols) == 1 and set(cols) <= fixed:
        raise NotUnderstood(f"{cols[0].column} is asked for where it is given")
    names = [b.name(c) for c in cols]
    if d.extremes and d.extremes[0].quantity.ref is not None and (labelled or len(cols) == 1):
        names.append(b.name(d.extremes[0].quantity.ref))
    if d.extremes:
        e = d.extremes[0]
        if e.quantity.ref is None:
            raise NotUnderstood("a superlative without a column")
        column = b.name(e.quantity.ref)
        if (
            labelled
            and len(cols) == 1
            and not b.reader.profile(cols[0]).unique
            and b.reader.number(e.quantity.ref)
            and cols[0].table == e.quantity.ref.table
            and not b.reader.key_of(cols[0].table)
        ):
            d.cost += 0.3
        step = Top(
            input=step, n=e.n, by=(SortKey(column=column, descending=e.descending),), ties=not e.said_n and e.rank == 1, offset=e.rank - 1
        )
    orders = [
        SortKey(column=b.name(o.target.ref) if isinstance(o.target, Quantity) and o.target.ref else names[0], descending=o.descending)
        for o in d.orders
    ]
    if d.limit is not None:
        if d.limit_end != "head" and not orders:
            raise NotUnderstood("a limit without an order")
        step = Top(input=step, n=d.limit, by=tuple(orders), ties=False)
    elif orders:
        step = Sort(input=step, by=tuple(orders))
    step = Select(input=step, columns=tuple(dict.fromkeys(names)))
    related = b.reader.related
    if (
        len(cols) == 1
        and not labelled
        and related
        and all(n for _, n in related)
        and not b.reader.profile(cols[0]).unique
        and cols[0] not in b.reader.label_of(cols[0].table)
        and not orders
        and not d.extremes
    ):
        b.reader.related = [(t, False) for t, _ in related]
        right = Select(input=b.rows.base(), columns=tuple(names))
        preds, own = list(d.preds), {t for t, _ in related}
        b.reader.related = []
        if not any({ref.table for ref in refs_of(p)} <= own for p in preds) and cols[0].table in own:
            raise NotUnderstood(f"every {cols[0].column} of {cols[0].table} is one of its rows")
        d.preds = [p for p in preds if not {ref.table for ref in refs_of(p)} <= own]
        left = Select(input=b.rows.base(), columns=tuple(names))
        b.reader.related, d.preds = related, preds
        step = Combine(left=left, right=right, how="except")
    once = len(cols) == 1 and not labelled and not orders and d.limit is None and kinds.listed_once(b.reader, cols[0])
    if once and not d.distinct:
        b.notes.append(("values", f"Each {cols[0].column} is listed once."))
    tied = d.extremes and (len(b.rows.tables) > 1 or (d.extremes[0].of_rows and not d.extremes[0].said_n))
    if d.distinct or once or tied:  # a join repeats the row that is the most, and rows that tie may look the same
        step = Distinct(input=step)
    form = "list" if len(step.schema) == 1 else "table"
    return Output(step=step, form=form, name=python_name("_and_".join(dict.fromkeys(names)))[:40], label=b.words())  # type: ignore[arg-type]


def _every(b: Builder, table: str) -> list[Ref]:
    """Give the columns of a table; of those that are made, the ones that are."""
    return [ref for c in b.reader.catalog.dataset(table).schema if (ref := Ref(table, c.name)) in b.rows.names]
