"""Which tables are joined, and which only say that something has to exist, or must not: those never repeat a row."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.language.draft import NotUnderstood, Pred, Quantity, refs_of
from nexus_jupyter.language.joins import path
from nexus_jupyter.language.reader import Reader


@dataclass(slots=True)
class Inner:
    """Tables of which, joined and filtered, some row has to belong to a row that is shown, or none."""

    tables: list[str]
    negated: bool
    preds: list[Pred] = field(default_factory=list)
    told: list[Pred] = field(default_factory=list)


def repeats(catalog: Catalog, table: str, other: str) -> bool:
    """Say whether a join with `other` may give a row of `table` several partners."""
    at = table
    for edge in path(catalog, (table, other)) or []:
        forward = edge.left == at
        if not (edge.unique_right if forward else edge.unique_left):
            return True
        at = edge.right if forward else edge.left
    return False


def _each(inner: Inner, *, both: bool) -> list[Inner]:
    """Ask for a row of each of two kinds: "a cat and a dog" are two animals of one person, as no animal is both."""
    plain = [p for p in inner.preds if p.kind == "cmp" and p.op == "==" and not p.negated]
    kinds = [p for p in plain if sum(q.ref == p.ref for q in plain) > 1]
    listed = next((p for p in inner.preds if both and p.kind == "in" and p.joined == "and" and not p.negated and len(p.value) > 1), None)
    told = [listed] if listed is not None else kinds
    parts = kinds if listed is None else [Pred("cmp", listed.ref, "==", v) for v in listed.value]
    if len(inner.preds) != len(told) or len({p.ref for p in parts}) != 1:
        return []
    return [Inner(inner.tables, negated=False, preds=[p], told=told) for p in parts]


def _apart(inner: Inner) -> list[Inner]:
    """Deny each condition that is denied by itself: "have a cat but no dog" speaks of two animals."""
    denied = [p for p in inner.preds if p.denied and p.negated and p.kind in {"cmp", "in", "like"}]
    kept = [p for p in inner.preds if not any(p is d for d in denied)]
    first = [Inner(inner.tables, negated=False, preds=kept)] if kept or not denied else []
    return first + [Inner(inner.tables, negated=True, preds=[replace(p, negated=False)], told=[p]) for p in denied]


class Scene:
    """Sorts the tables of a draft."""

    def __init__(self, reader: Reader) -> None:
        """Collect what is shown, measured, grouped and ordered by."""
        self.reader, self.draft = reader, reader.draft
        d = self.draft
        quantities = [*d.selects, *(h[0] for h in d.havings), *(e.quantity for e in d.extremes)]
        quantities += [o.target for o in d.orders if isinstance(o.target, Quantity)]
        self.vague = any(q.func == "size" and q.table is None for q in quantities)
        keys = [k.table for k, _ in [*d.keys, *d.series]] + [ref.table for ref, _ in d.bins if ref is not None]
        self.wanted = [q.ref.table for q in d.selects if q.ref] + keys + [q.table for q in quantities if q.table]
        self.wanted += [q.ref.table for q in quantities if q.ref]
        if not d.selects and not keys:  # "the makers and the models"
            self.wanted += [t for t in d.tables[1:] if reader.beside(d.tables[0], t)]
        self.shown = [*self.wanted, *(x.table for p in d.preds for x in refs_of(p))]

    def settle(self) -> tuple[list[str], list[Inner], list[Pred]]:
        """Give the tables to join, those that only have to exist, and the conditions on the joined rows."""
        d = self.draft
        inners = self._related()
        taken = {t for inner in inners for t in inner.tables}
        main = next((t for t in [*(q.ref.table for q in d.selects if q.ref and not q.func), *d.tables] if t not in taken), None)
        tables = list(dict.fromkeys([*([main] if main else []), *(x for x in self.shown if x not in taken)]))
        mentioned = [t for t in d.tables if t not in tables and t not in taken]
        if not tables:
            tables = mentioned[:1] or ([self.reader.scope[0]] if len(self.reader.scope) == 1 else [])
            mentioned = mentioned[1:]
        if not tables:
            raise NotUnderstood("no table is spoken of")
        tables += mentioned
        if not self.reader.chart and not self.vague:
            far = self._restricting(tables)
            if far is not None:
                pair = _each(far, both=any("both" in it.lows for it in self.reader.items))
                self.reader.paired = bool(pair)
                inners += pair or _apart(far)
                tables = [t for t in tables if t not in far.tables]
        drop = [p for inner in inners for p in (*inner.preds, *inner.told)]
        return tables, inners, [p for p in d.preds if not any(p is q for q in drop)]

    def _related(self) -> list[Inner]:
        """Take what "without", "who have some" said."""
        r, d = self.reader, self.draft
        found: list[Inner] = []
        r.lost, r.paired = [], False
        for table, negated in r.related:
            own = [p for p in d.preds if refs_of(p) and all(x.table == table for x in refs_of(p))]
            used = [t for t in self.shown if t == table]
            if any(table in inner.tables for inner in found):
                continue
            if negated and len(used) <= len(own):
                found.append(Inner([table, *r.within.get(table, [])], negated=True, preds=own))
            elif negated:
                r.lost.append(table)
            elif not used and not (r.chart and any(q.func for q in d.selects)):
                found.append(Inner([table], negated=False))
        return found

    def _restricting(self, tables: list[str]) -> Inner | None:
        """Find the tables that are only mentioned or restricted, and whose join would repeat what is shown."""
        catalog = self.reader.catalog
        kept = [t for t in tables if t in self.wanted] or tables[:1]
        between = {t for e in path(catalog, tuple(kept)) or [] for t in (e.left, e.right)}
        far = [t for t in tables if t not in kept and t not in between and any(repeats(catalog, k, t) for k in kept)]
        own = [p for p in self.draft.preds if refs_of(p) and any(x.table in far for x in refs_of(p))]
        if not far or any(x.table not in far for p in own for x in refs_of(p)):
            return None
        return Inner(far, negated=False, preds=own)
