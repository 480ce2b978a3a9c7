"""The rows that a draft speaks of: sources with casts, joins, and the filter, as steps with physical column names."""

from __future__ import annotations

import datetime as dt
from typing import Any

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.context.schema import Kind
from nexus_jupyter.language.draft import Draft, Extreme, Impossible, NotUnderstood, Pred, Quantity
from nexus_jupyter.language.existence import Inner, Scene, repeats
from nexus_jupyter.language.formulas import Extended, said
from nexus_jupyter.language.joins import path, rivals
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.tokens import name_words, stem
from nexus_jupyter.language.vocabulary import Ref
from nexus_jupyter.plan.expressions import (
    And,
    Arith,
    Between,
    Cell,
    Col,
    Compare,
    DatePart,
    Expr,
    In,
    InStep,
    IsNull,
    Like,
    Lit,
    Not,
    Or,
    all_of,
)
from nexus_jupyter.plan.step import NEED_NUMBERS, Cast, Measure, SortKey, Step
from nexus_jupyter.plan.steps import Aggregate, Derive, Filter, Join, Source, Top

PERIODS = {"year": "year", "quarter": "quarter", "month": "month", "week": "week", "day": "day"}


def dates(column: str, written: str) -> Cast:
    """Read a column of text as dates.

    Raises
    ------
    Impossible
        When they are written in several ways: a day may then be a month, and no reader of dates says which.
    """
    if written == "mixed":
        raise Impossible(f"`{column}` holds dates that are written in several ways. Bring them into one form first.")
    return Cast(column=column, to="datetime", format=written)


class Rows:
    """Builds the filtered table of a draft and knows how its columns are called."""

    def __init__(self, reader: Reader) -> None:
        """Decide which tables take part and what has to be cast."""
        self.reader, self.catalog, self.draft = reader, reader.catalog, reader.draft
        self.names: dict[Ref, str] = {}
        self.numbers: set[Ref] = set()
        self.dates: set[Ref] = set()
        self.notes: list[tuple[str, str]] = []
        self.tables: list[str] = []
        self._wants()

    def _wants(self) -> None:
        d = self.draft
        for q in [
            *d.selects,
            *(h[0] for h in d.havings),
            *(e.quantity for e in d.extremes),
            *(o.target for o in d.orders if isinstance(o.target, Quantity)),
        ]:
            for x in q.parts():
                if x.ref is not None and x.func not in {"", "count", "count_distinct", "size", "mode"}:
                    self.use(x.ref, number=self.reader.number(x.ref) or self.partly(x))
            if q.where is not None:
                self._want_preds([q.where])
        for e in d.extremes:
            if e.quantity.ref is not None:
                self.use(e.quantity.ref, number=self.reader.number(e.quantity.ref))
        for o in d.orders:
            if isinstance(o.target, Quantity) and o.target.ref is not None:
                self.use(o.target.ref, number=self.reader.number(o.target.ref))
        for ref, unit in [*d.keys, *d.series, *((r, u) for r, u in d.bins if r is not None)]:
            if unit:
                self.dates.add(ref)
        self._want_preds(d.preds)

    def _want_preds(self, preds: list[Pred]) -> None:
        for p in preds:
            if p.ref is not None and p.kind == "unit":
                self.dates.add(p.ref)
            elif p.ref is not None and p.kind in {"cmp", "between", "span", "cell", "in"}:
                value = p.value[0] if isinstance(p.value, tuple) else p.value
                if isinstance(value, dt.date):
                    self.dates.add(p.ref)
                elif isinstance(value, (int, float)) or p.kind == "cell" or (isinstance(value, Ref) and self.reader.number(p.ref)):
                    self.use(p.ref, number=True)
                    if isinstance(value, Ref):
                        self.use(value, number=True)
            elif p.ref is not None and p.kind == "row":
                self.use(p.ref, number=self.reader.number(p.ref))
                if isinstance(p.value, Extreme) and p.value.quantity.ref is not None:
                    self.use(p.value.quantity.ref, number=self.reader.number(p.value.quantity.ref))
            self._want_preds(p.parts)

    def partly(self, q: Quantity) -> bool:
        """Say whether a measure reads the numbers among the words of a column, and that the words are left out."""
        if q.ref is None or q.func not in NEED_NUMBERS or not self.reader.partly(q.ref):
            return False
        self.notes.append(("column", f"Cells of {q.ref.column} that are no numbers are left out."))
        return True

    def use(self, ref: Ref, *, number: bool) -> None:
        """Note that the column is computed with."""
        if number:
            self.numbers.add(ref)
        elif self.reader.dated(ref):
            self.dates.add(ref)

    # --- tables
    def source(self, table: str) -> Step:
        """Give the table with the casts that this draft needs, and with the columns that are made of its own."""
        dataset = self.catalog.dataset(table)
        made = dataset.made if isinstance(dataset, Extended) else ()
        schema = dataset.base if isinstance(dataset, Extended) else dataset.schema
        casts = []
        for c in schema:
            ref, profile = Ref(table, c.name), self.reader.profile(Ref(table, c.name))
            if c.kind is Kind.STRING and ref in self.dates and profile.date_format is not None:
                casts.append(dates(c.name, profile.date_format))
            elif profile.zone and ref in self.dates:
                casts.append(Cast(column=c.name, to="local"))
                self.notes.append(("date", f"The times of {c.name} are those of the clocks of {profile.zone}."))
            elif c.kind is Kind.STRING and ref in self.numbers and (profile.number_format is not None or self.reader.partly(ref)):
                casts.append(Cast(column=c.name, to="number"))
        step: Step = Source(dataset=table, table=schema, casts=tuple(casts))
        used = {ref.column for ref in self.draft.refs() if ref.table == table}
        for name, value in made:
            if name in used:
                step = Derive(input=step, name=name, value=value)
                self.notes.append(("measure", said(name, value)))
        return step

    def joined(self, tables: list[str]) -> Step:
        """Join the tables, the first on the left, and name their columns."""
        edges = path(self.catalog, tuple(tables))
        if edges is None:
            raise NotUnderstood(f"nothing joins {' and '.join(tables)}")
        step: Step = self.source(tables[0])
        for c in step.schema:
            self.names[Ref(tables[0], c.name)] = c.name
        have = {tables[0]}
        for found in edges:
            others = rivals(self.catalog, found)
            edge = self._role(found, others) if others else found
            if edge.left in have and edge.right in have:
                continue
            forward = edge.left in have
            old, new = (edge.left, edge.right) if forward else (edge.right, edge.left)
            pairs = edge.pairs if forward else tuple((b, a) for a, b in edge.pairs)
            left_on = tuple(self.names[Ref(old, a)] for a, _ in pairs)
            partner = {b: a for a, (_, b) in zip(left_on, pairs, strict=True)}
            if not edge.unique_left and not edge.unique_right and not edge.also:
                raise NotUnderstood(
                    f"{edge.left_on} repeats in {edge.left} and {edge.right_on} in {edge.right}; joined, rows would come several times"
                )
            right = self.source(new)
            suffix = f"_{new}"
            for c in right.schema:
                if partner.get(c.name) == c.name:
                    self.names[Ref(new, c.name)] = c.name
                else:
                    self.names[Ref(new, c.name)] = c.name + suffix if c.name in step.schema else c.name
            step = Join(left=step, right=right, left_on=left_on, right_on=tuple(partner), suffix=suffix)
            have.add(new)
            matching = " and ".join(f"{a} equals {b}" for a, b in pairs)
            self.notes.append(("join", f"{old} and {new} are joined where {matching}; rows without a partner are left out."))
        return step

    def _role(self, edge: Any, others: list[Any]) -> Any:
        """Choose among several keys between the same tables by a word of the question."""
        words = {stem(w) for it in self.reader.items for w in it.lows}
        said_words = {w for it in self.reader.items for w in it.lows}
        counted = {q.table or (q.ref.table if q.ref else None) for q in self.draft.selects if q.func in {"size", "count", "count_distinct"}}
        options = [edge, *others]

        def said(e: Any) -> float:
            own = {stem(w) for t in (e.left, e.right) for w in name_words(t)}
            keys = {stem(w) for on in (e.left_on, e.right_on) for w in name_words(on)} - {"id", "cod", "nam"}
            as_said = {w for on in (e.left_on, e.right_on) for w in name_words(on)} & said_words - {"id", "code", "name"}
            said_own = {w for t in (e.left, e.right) for w in name_words(t)}
            named = {stem(w) for w in name_words(e.left if e.unique_left else e.right)}  # pupil_id is the side of the pupils
            single = (e.left in counted and e.unique_left) or (e.right in counted and e.unique_right)  # nothing to count: one each
            passive = any(self.reader.passive(i) and set(it.lows) & as_said for i, it in enumerate(self.reader.items))
            # friend_id of Friend is the other end, not the owner; "liked" means liked_id where "likes" does not
            return (
                len((words - own) & keys)
                - 0.5 * len(own & keys)
                + len(as_said - said_own)
                - 0.25 * single
                + 2 * passive
                + 0.75 * bool(named & keys)
            )

        most = max(said(e) for e in options)
        options.sort(key=lambda e: -said(e))
        costs = tuple(0.0 if said(e) == most else 0.6 for e in options)
        return options[self.reader.trail.choose(("role", edge.left, edge.right), costs)]

    def base(self) -> Step:
        """Give the rows that the draft speaks of."""
        tables, inners, preds = Scene(self.reader).settle()
        self.tables = tables
        step = self.joined(tables)
        for p in preds:
            step = self._with_relative(p, step) if p.kind == "peer" else step
        parts = [self.expression(p, step) for p in preds]
        parts += [self._exists(inner, tables) for inner in inners]
        where = all_of(tuple(parts))
        return Filter(input=step, where=where) if where is not None else step

    def repeated(self, table: str) -> bool:
        """Say whether the join repeats the rows of a table."""
        return any(repeats(self.catalog, table, other) for other in self.tables if other != table)

    def _with_relative(self, p: Pred, step: Step) -> Step:
        """Put beside each row the row of the same table to which its key leads."""
        leads: Ref = p.value
        key = self.reader.key_of(leads.table)
        if key is None:
            raise NotUnderstood(f"{leads.table} has no key")
        suffix = f"_of_{'_'.join(name_words(leads.column)[:-1])}"
        self.notes.append(("join", f"{leads.column} leads to the {key.column} of another row of {leads.table}."))
        return Join(left=step, right=self.source(leads.table), left_on=(self.names[leads],), right_on=(key.column,), suffix=suffix)

    def _linked(self, p: Pred) -> Expr:
        """Give the condition that a table of pairs links a row to one that is named."""
        table, shown, fixed = p.value
        key = p.ref
        if key is None:
            raise NotUnderstood("no key")
        saved = dict(self.names)
        named: Step = self.source(key.table)
        self.names.update({Ref(key.table, c.name): c.name for c in named.schema})
        named = Filter(input=named, where=self.expression(p.parts[0], named))
        self.names = saved
        between = self.source(table)
        chosen = Filter(input=between, where=InStep(Col(fixed), named, key.column))
        self.notes.append(("join", f"{table} leads from {fixed} to {shown}."))
        return InStep(Col(self.names[key]), chosen, shown, negated=p.negated)

    def _exists(self, inner: Inner, tables: list[str]) -> Expr:
        edges = next((found for start in tables if (found := path(self.catalog, (start, *inner.tables)))), None)
        if not edges:
            raise NotUnderstood(f"nothing joins {tables[0]} and {inner.tables[0]}")
        others = rivals(self.catalog, edges[0])
        edge = self._role(edges[0], others) if others else edges[0]
        if edge.also:
            raise NotUnderstood(f"{edge.left} and {edge.right} only join by several columns together")
        here, there, here_on, there_on = (
            (edge.left, edge.right, edge.left_on, edge.right_on)
            if edge.left in tables
            else (edge.right, edge.left, edge.right_on, edge.left_on)
        )
        saved, notes = dict(self.names), list(self.notes)
        chain = list(dict.fromkeys([there, *inner.tables]))
        step = self.joined(chain)
        where = all_of(tuple(self.expression(p, step) for p in inner.preds))
        if where is not None:
            step = Filter(input=step, where=where)
        column = self.names[Ref(there, there_on)]
        self.names, self.notes = saved, notes
        return InStep(Col(self.names[Ref(here, here_on)]), step, column, negated=inner.negated)

    # --- conditions
    def expression(self, p: Pred, step: Step) -> Expr:
        """Give the condition over the physical columns."""
        if p.kind in {"or", "and"}:
            parts = tuple(self.expression(x, step) for x in p.parts)
            return Or(parts) if p.kind == "or" else And(parts)
        if p.ref is None:
            raise NotUnderstood("a condition has no column")
        col = Col(self.names[p.ref])
        kind = step.schema.column(col.name).kind
        match p.kind:
            case "cmp" if isinstance(p.value, Ref):
                return self._not(Compare(p.op, col, Col(self.names[p.value])), p)  # type: ignore[arg-type]
            case "cmp":
                value = p.value
                if kind is Kind.STRING and not isinstance(value, str):
                    value = str(value)
                op = p.op
                if p.negated and op in {"==", "!="}:
                    return Compare("!=" if op == "==" else "==", col, Lit(value))
                if (
                    kind is Kind.STRING
                    and op in {"==", "!="}
                    and isinstance(value, str)
                    and not any(v == value for v in self.reader.profile(p.ref).values)
                ):
                    raise NotUnderstood(f"no value “{value}” in {p.ref.column}")
                return self._not(Compare(op, col, Lit(value)), p)  # type: ignore[arg-type]
            case "cell":
                other = p.value.ref
                one = Aggregate(
                    input=self.source(other.table),
                    keys=(),
                    measures=(Measure(name=f"{p.value.func}_{other.column}", func=p.value.func, column=other.column),),
                )
                cell: Expr = Cell(one, f"{p.value.func}_{other.column}")
                cell = Arith("*", Lit(p.high), cell) if p.high not in {None, 1.0} else cell
                return self._not(Compare(p.op, col, cell), p)  # type: ignore[arg-type]
            case "row":
                return self._not(Compare(p.op, col, Cell(self._row(p), p.ref.column)), p)  # type: ignore[arg-type]
            case "in":
                values = tuple(str(v) if kind is Kind.STRING else v for v in p.value)
                return In(col, values, negated=p.negated)
            case "between":
                return self._not(Between(col, Lit(p.value), Lit(p.high)), p)
            case "span":
                return self._not(Between(col, Lit(p.value), Lit(p.high), open_end=True), p)
            case "like":
                if kind is not Kind.STRING:
                    raise NotUnderstood(f"{p.ref.column} holds no text")
                return Like(col, p.op, p.value, negated=p.negated)  # type: ignore[arg-type]
            case "peer":
                suffix = f"_of_{'_'.join(name_words(p.value.column)[:-1])}"
                return self._not(Compare(p.op, col, Col(p.ref.column + suffix)), p)  # type: ignore[arg-type]
            case "linked":
                return self._linked(p)
            case "null":
                return IsNull(col, negated=p.negated)
            case "unit":
                part = DatePart(col, p.unit)  # type: ignore[arg-type]
                if p.op == "between":
                    return self._not(Between(part, Lit(p.value), Lit(p.high)), p)
                return self._not(Compare(p.op, part, Lit(p.value)), p)  # type: ignore[arg-type]
        raise NotUnderstood(f"a condition of kind {p.kind}")

    def _row(self, p: Pred) -> Step:
        """Give the one row with whose value is compared: the one with the most of something, or the one of that name."""
        table = p.ref.table if p.ref is not None else ""
        saved = dict(self.names)
        step: Step = self.source(table)
        self.names.update({Ref(table, c.name): c.name for c in step.schema})
        if isinstance(p.value, Extreme):
            most = p.value.quantity.ref
            if most is None or most.table != table:
                raise NotUnderstood("a row of another table")
            step = Top(input=step, n=1, by=(SortKey(column=most.column, descending=p.value.descending),))
        else:
            step = Top(input=Filter(input=step, where=self.expression(p.value, step)), n=1)
        self.names = saved
        return step

    def _not(self, e: Expr, p: Pred) -> Expr:
        if not p.negated:
            return e
        if isinstance(e, Compare):
            flip = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "==": "!=", "!=": "=="}
            return Compare(flip[e.op], e.left, e.right)  # type: ignore[arg-type]
        return Not(e)


__all__ = ["Catalog", "Draft", "Rows"]
