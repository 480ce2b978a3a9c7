"""The reader: walks over the items in one scope of tables and fills a draft by rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from nexus_jupyter.context.dataset import Catalog, Profile
from nexus_jupyter.context.schema import Column, Kind, Role
from nexus_jupyter.language.draft import Draft, NotUnderstood
from nexus_jupyter.language.joins import edges_of
from nexus_jupyter.language.lexicon import PEOPLE, RELATIONS, UNSUMMABLE
from nexus_jupyter.language.linking import Item
from nexus_jupyter.language.tokens import lemma, name_words, stem
from nexus_jupyter.language.vocabulary import EXACT, ONE, OWN, PART, Ref

Rule: TypeAlias = "Callable[[Reader, int], int | None]"
MARGIN = 0.12


class Reader:
    """The state of one reading: where it stands, what it knows of the scope, what it has understood."""

    def __init__(self, items: tuple[Item, ...], scope: tuple[str, ...], catalog: Catalog, *, chart: bool) -> None:
        """Start at the first item."""
        self.items, self.scope, self.catalog, self.chart = items, scope, catalog, chart
        self.draft = Draft()
        self.where = False
        self.negate = False
        self.either = False
        self.related: list[tuple[str, bool]] = []
        self.near: str | None = None
        self.left: list[int] = []
        self.last: Ref | None = None
        self.consumed: dict[int, str] = {}
        self.pending: Ref | None = None
        self.held: set[int] = set()
        self.each_tables: list[str] = []
        self.compared = False
        self.asked_n: int | None = None

    def run(self, rules: tuple[Rule, ...]) -> Draft:
        """Apply the rules from left to right; what no rule takes is left over."""
        i = 0
        while i < len(self.items):
            for rule in rules:
                j = rule(self, i)
                if j is not None and j > i:
                    i = j
                    break
            else:
                self.left.append(i)
                i += 1
        self.draft.left_words = [self.items[k].text for k in self.left]
        return self.draft

    def mention(self, i: int) -> None:
        """Note a table that the words name."""
        table = self.table(i)
        if table is None:
            return
        if self.where and self.draft.tables and table not in self.draft.tables:
            self.related.append((table, False))
        self.near = table
        self.consumed[i] = f"table {table}"
        if table not in self.draft.tables:
            self.draft.tables.append(table)

    def exists(self, i: int, *, negated: bool) -> None:
        """Note a table whose rows have to be there, or not."""
        table = self.table(i)
        if table is not None:
            self.related.append((table, negated))
            self.consumed[i] = f"table {table}"

    def last_where(self, i: int) -> bool:
        """Say whether a column inside a condition has something to be compared with."""
        j = self.skip(i + 1)
        return self.cue(j, "cmp") or self.cue(j, "like")

    # --- looking ahead
    def at(self, i: int) -> Item | None:
        """Give the item, or None past the end."""
        return self.items[i] if 0 <= i < len(self.items) else None

    def cue(self, i: int, kind: str, *args: str) -> bool:
        """Say whether the item is a cue of this kind."""
        it = self.at(i)
        return it is not None and it.cue is not None and it.cue[0] == kind and (not args or it.cue[1] in args)

    def skip(self, i: int, *, also: frozenset[str] = frozenset()) -> int:
        """Step over free words; punctuation is not free."""
        while (
            (it := self.at(i)) is not None and (it.free or it.low in also) and (not it.mark or it.mark in {"'s", "("}) and not self.wordy(i)
        ):
            i += 1
        return i

    def wordy(self, i: int) -> bool:
        """Say whether the item names something in scope."""
        it = self.at(i)
        return it is not None and (self.has_column(i) or self.has_table(i) or self.has_value(i))

    def mark(self, i: int) -> str:
        """Give the punctuation at this place, or nothing."""
        it = self.at(i)
        return it.mark if it else ""

    # --- what items mean in this scope
    def candidates(self, i: int) -> list[tuple[Ref, float]]:
        """Give the columns in scope that the item may name, best first."""
        it = self.at(i)
        if it is None:
            return []
        found = sorted(((r, s) for r, s in it.columns if r.table in self.scope), key=lambda f: (-f[1], f[0]))
        if found and any(s >= OWN and t in self.scope for t, s in it.tables) and found[0][1] < OWN:
            return []
        return [f for f in found if f[1] >= found[0][1] - MARGIN]

    def table(self, i: int) -> str | None:
        """Give the table in scope that the item names, or None."""
        it = self.at(i)
        if it is None:
            return None
        found = sorted(((s, t) for t, s in it.tables if t in self.scope), reverse=True)
        if not found:
            return None
        best = self.candidates(i)
        if best and best[0][1] > found[0][0] + 0.05 and found[0][0] < OWN:
            return None
        if found[0][0] <= ONE and (best or (len(found) > 1 and found[1][0] == found[0][0])):
            return None
        if len(found) > 1 and found[1][0] > found[0][0] - 0.05:
            self.draft.cost += 0.3
        return found[0][1]

    def has_table(self, i: int) -> bool:
        """Say whether the item names a table in scope."""
        it = self.at(i)
        return it is not None and any(t in self.scope for t, _ in it.tables) and self.table(i) is not None

    def has_column(self, i: int) -> bool:
        """Say whether the item names a column in scope."""
        return bool(self.candidates(i))

    def has_value(self, i: int) -> bool:
        """Say whether the item is a value in scope."""
        it = self.at(i)
        return it is not None and any(r.table in self.scope for r, *_ in it.values)

    def is_column(self, i: int) -> bool:
        """Say whether the item is best read as a column here."""
        best = self.candidates(i)
        if not best:
            return False
        if not self.has_table(i):
            return True
        it = self.items[i]
        table = max((s for t, s in it.tables if t in self.scope), default=0)
        if best[0][1] >= EXACT and len(self.catalog.datasets) == 1 and self.number(best[0][0]):
            return True
        selects = self.draft.selects
        if (
            best[0][1] >= EXACT
            and selects
            and not selects[-1].func
            and selects[-1].ref
            and selects[-1].ref.table == best[0][0].table
            and (self.cue(i - 1, "logic", "and") or self.mark(i - 1) == ",")
        ):
            return True
        return (best[0][1] >= EXACT and table < OWN) or (best[0][1] >= EXACT and len(it.lows) > 1 and table < EXACT)

    def column(self, i: int, *, want: str = "", prefer: str | None = None) -> Ref:
        """Choose the column that the item names; a tie that nothing breaks is kept for readings."""
        found = self.candidates(i)
        if want == "number":
            found = [f for f in found if self.number(f[0])] or found
        elif want == "date":
            found = [f for f in found if self.dated(f[0])] or found
        refs = [r for r, _ in found]
        self.draft.cost += 0.6 * (1 - found[0][1])
        for table in (prefer, self.owner(i), self.near if len(self.scope) > 1 else None, *self.draft.tables):
            if len(refs) > 1 and table is not None and any(r.table == table for r in refs):
                refs = [r for r in refs if r.table == table]
        if len(refs) > 1 and self.same_key(refs):
            refs = refs[:1]
        if len(refs) > 1:
            whole = [r for r in refs if name_words(r.column)[-1] == "name"]
            refs = whole if len(whole) == 1 else refs
        if len(refs) > 1:
            self.draft.ties.append((self.items[i].text, tuple(f"{r.table}.{r.column}" for r in refs)))
        if self.borrowed(i, refs[0]):
            self.draft.cost += 1.2
        self.consumed[i] = f"column {refs[0].table}.{refs[0].column}"
        self.last = refs[0]
        return refs[0]

    def borrowed(self, i: int, ref: Ref) -> bool:
        """Say whether the column only holds the keys of another table, which the words seem to mean."""
        it = self.items[i]
        if {"id", "ids", "code", "codes", "number", "key"} & set(it.lows):
            return False
        named = any(s >= OWN and t != ref.table for t, s in it.tables)
        many = [
            e
            for e in edges_of(self.catalog)
            if (e.left, e.left_on) == (ref.table, ref.column) or (e.right, e.right_on) == (ref.table, ref.column)
        ]
        return named and bool(many) and not self.profile(ref).unique

    def owner(self, i: int) -> str | None:
        """Give the table that owns the column here: `C of T`, `T's C`, `T C`."""
        j = i + 1
        while (
            (listed := self.at(j)) is not None
            and j < i + 10
            and (
                listed.mark == ","
                or self.cue(j, "logic", "and")
                or listed.low in {"the", "their"}
                or (listed.columns and not self.has_table(j))
            )
        ):
            j += 1
        it = self.at(j)
        if it is not None and it.low in {"of", "for", "in", "from"}:
            k = self.skip(j)
            if self.has_table(k) and not self.is_column(k):
                return self.table(k)
        h = i - 1
        before = self.at(h)
        if before is not None and before.mark == "'s":
            h -= 1
        while (
            (it := self.at(h)) is not None
            and it.free
            and it.low in {"of", "the", "their", "its", "his", "her", "with", "have", "has", "whose", "by", "and", "a"}
        ):
            h -= 1
        return self.table(h) if self.has_table(h) and not self.is_column(h) else None

    def same_key(self, refs: list[Ref]) -> bool:
        """Say whether the columns are the two ends of a join."""
        tables = {r.table for r in refs}
        if len(tables) < len(refs):
            return False
        ends = {frozenset((Ref(e.left, e.left_on), Ref(e.right, e.right_on))) for e in edges_of(self.catalog)}
        return all(frozenset((refs[0], r)) in ends for r in refs[1:])

    def value(self, i: int, ref: Ref | None = None) -> tuple[Ref, Any]:
        """Choose the value that the item names, in `ref` where one is given."""
        it = self.items[i]
        found = [(r, v, s) for r, v, s in it.values if r.table in self.scope]
        if ref is not None and any(r == ref for r, *_ in found):
            found = [f for f in found if f[0] == ref]
        best = max(s for *_, s in found)
        found = [f for f in found if f[2] == best]
        exact = [f for f in found if str(f[1]) == it.text or f[1] == it.quote]
        found = exact or found
        for table in (self.near, *self.draft.tables):
            if len({r for r, *_ in found}) > 1 and table is not None and any(r.table == table for r, *_ in found):
                found = [f for f in found if f[0].table == table]
        refs = list(dict.fromkeys(r for r, *_ in found))
        if len(refs) > 1 and not self.same_key(refs):
            cues = [r for r in refs if any(stem(w) in {stem(x) for o in self.items for x in o.lows} for w in name_words(r.column))]
            if len(cues) == 1:
                found = [f for f in found if f[0] == cues[0]]
            else:
                self.draft.ties.append((it.text, tuple(f"{r.table}.{r.column}" for r in refs)))
        self.consumed[i] = f"value of {found[0][0].table}.{found[0][0].column}"
        self.last = found[0][0]
        return found[0][0], found[0][1]

    # --- what columns are
    def info(self, ref: Ref) -> Column:
        """Give the column of the schema."""
        return self.catalog.dataset(ref.table).schema.column(ref.column)

    def profile(self, ref: Ref) -> Profile:
        """Give the column's profile."""
        return self.catalog.dataset(ref.table).profiles.get(ref.column) or Profile()

    def number(self, ref: Ref) -> bool:
        """Say whether the column holds numbers, perhaps written as text."""
        c = self.info(ref)
        return c.kind.numeric or (c.kind is Kind.STRING and self.profile(ref).number_format is not None) or c.kind is Kind.DURATION

    def dated(self, ref: Ref) -> bool:
        """Say whether the column holds dates or years."""
        c = self.info(ref)
        return c.kind.temporal or c.role is Role.DATE or self.profile(ref).date_format is not None

    def quantity(self, ref: Ref) -> bool:
        """Say whether sums of the column mean something."""
        c = self.info(ref)
        named = name_words(ref.column)
        words = set(named[1:] if len(named) > 1 and named[0] in {"number", "num", "no"} else named)
        return self.number(ref) and c.role not in {Role.IDENTIFIER, Role.DATE} and not words & UNSUMMABLE

    def key_of(self, table: str) -> Ref | None:
        """Give the unique key of a table."""
        dataset = self.catalog.dataset(table)
        ids = [c for c in dataset.schema if dataset.profiles.get(c.name, Profile()).unique and c.role is Role.IDENTIFIER]
        return Ref(table, ids[0].name) if ids else None

    def label_of(self, table: str) -> list[Ref]:
        """Give the columns by which a row of the table is called; none where there is no good one."""
        dataset = self.catalog.dataset(table)
        own = set(name_words(table))
        named = {name_words(c.name): c.name for c in dataset.schema}
        text = [c for c in dataset.schema if c.kind is Kind.STRING and c.role is not Role.DATE]
        for words, name in named.items():
            if words in {("name",), ("title",)} or (words[-1] in {"name", "title"} and set(words[:-1]) and set(words[:-1]) <= own):
                return [Ref(table, name)]
        firsts = [c.name for c in text if {"first", "name"} <= set(name_words(c.name)) or name_words(c.name)[-1] in {"fname", "firstname"}]
        lasts = [c.name for c in text if {"last", "name"} <= set(name_words(c.name)) or name_words(c.name)[-1] in {"lname", "lastname"}]
        if firsts and lasts:
            return [Ref(table, firsts[0]), Ref(table, lasts[0])]
        for c in text:
            words = name_words(c.name)
            if words[-1] == "name" or set(words) <= own:
                return [Ref(table, c.name)]
        unique = [c for c in text if dataset.profiles.get(c.name, Profile()).unique]
        key = self.key_of(table)
        return [Ref(table, unique[0].name)] if unique else [key] if key else []

    def hinted(self, hints: str, tables: list[str]) -> Ref | None:
        """Find the column that an adjective speaks of, in these tables."""
        for hint in hints.split():
            for table in tables:
                dataset = self.catalog.dataset(table)
                found = [c for c in dataset.schema if hint in name_words(c.name)]
                found = [c for c in found if c.kind.numeric or c.kind.temporal or c.role is Role.DATE] or found
                if len(found) == 1:
                    return Ref(table, found[0].name)
                exact = [c for c in found if name_words(c.name) == (hint,)]
                if exact:
                    return Ref(table, exact[0].name)
        return None

    def only_date(self, tables: list[str]) -> Ref:
        """Give the only date column of these tables, or stop."""
        said = [q.ref for q in self.draft.selects if q.ref and self.dated(q.ref)] + [k for k, _ in self.draft.keys if self.dated(k)]
        if len(set(said)) == 1:
            return said[0]
        for group in (tables, list(self.scope)):
            found = [Ref(t, c.name) for t in dict.fromkeys(group) for c in self.catalog.dataset(t).schema if self.dated(Ref(t, c.name))]
            real = [r for r in found if self.info(r).kind.temporal or self.profile(r).date_format] or found
            if len(real) == 1:
                return real[0]
            if len(real) > 1:
                words = {stem(w) for o in self.items for w in o.lows}
                cued = [r for r in real if any(stem(w) in words for w in name_words(r.column) if w not in {"date", "time"})]
                if len(cued) == 1:
                    return cued[0]
                self.draft.ties.append(("date", tuple(f"{r.table}.{r.column}" for r in real)))
                return real[0]
        raise NotUnderstood("there is no column with dates")

    def relation(self, i: int) -> bool:
        """Say whether the item is a verb that relates two things."""
        it = self.at(i)
        return it is not None and len(it.lows) == 1 and it.low in RELATIONS and not (it.cue and it.cue[0] not in {"sort", "agg", "stat"})

    def people(self, i: int) -> bool:
        """Say whether the item is a word for any person."""
        it = self.at(i)
        return it is not None and lemma(it.low) in PEOPLE and not self.wordy(i)


__all__ = ["PART", "Reader", "Rule"]
