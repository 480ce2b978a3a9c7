"""The reader: walks over the items in one scope of tables and fills a draft by rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.language.doubts import borrowed, elsewhere
from nexus_jupyter.language.draft import Draft
from nexus_jupyter.language.lexicon import PEOPLE, RELATIONS, WAYS
from nexus_jupyter.language.linking import Item
from nexus_jupyter.language.roles import roles_of
from nexus_jupyter.language.search import Trail
from nexus_jupyter.language.sight import Sight
from nexus_jupyter.language.tokens import lemma, name_words, stem
from nexus_jupyter.language.vocabulary import DROPPED, EXACT, ONE, OWN, PART, Ref

Rule: TypeAlias = "Callable[[Reader, int], int | None]"
BORROWED = 0.9
LESSER = 0.5
TURN = (0.0, 0.7)
SKIPS = (0.0, 1.0, 2.0)
MUTABLE = (list, set, dict)
FIXED = frozenset({"items", "scope", "catalog", "chart", "trail", "draft"})


class Reader(Sight):
    """The state of one reading: where it stands, what it knows of the scope, what it has understood."""

    def __init__(
        self, items: tuple[Item, ...], scope: tuple[str, ...], catalog: Catalog, *, chart: bool, trail: Trail | None = None
    ) -> None:
        """Start at the first item."""
        super().__init__(items, scope, catalog)
        self.chart = chart
        self.trail = trail or Trail()
        self.role: tuple[Ref, ...] = ()
        self.touched = False
        self.doubts: set[int] = set()
        self.tiers: dict[int, float] = {}
        self.taken: dict[int, str] = {}
        self.draft = Draft()
        self.where = False
        self.negate = False
        self.deny = False
        self.paired = False
        self.either = False
        self.anded = False
        self.related: list[tuple[str, bool]] = []
        self.within: dict[str, list[str]] = {}
        self.without: str | None = None
        self.lost: list[str] = []
        self.near: str | None = None
        self.left: list[int] = []
        self.last: Ref | None = None
        self.consumed: dict[int, str] = {}
        self.pending: Ref | None = None
        self.held: set[int] = set()
        self.each_tables: list[str] = []
        self.compared = False
        self.asked_n: int | None = None
        self.tallied = False

    def run(self, rules: tuple[Rule, ...]) -> Draft:
        """Apply the rules from left to right; what no rule takes is left over."""
        i = 0
        while i < len(self.items):
            i = self.step(i, rules)
        self.draft.cost += 0.3 * len(self.doubts)
        self.draft.left_words = [self.items[k].text for k in self.left]
        return self.draft

    def step(self, i: int, rules: tuple[Rule, ...]) -> int:
        """Let the first rule that can take the item take it, or a later one where the trail prescribes that; what a rule began and gave up is undone."""
        key, before = ("rule", i), self.state()
        skipped = self.trail.ahead(key)
        for rule in rules:
            self.touched = False
            j = rule(self, i)
            if j is not None and j > i:
                if skipped == 0:
                    self.taken.update(dict.fromkeys(range(i, j), rule.__name__.replace("_", " ")))
                    if not self.items[i].free:
                        self.trail.choose(key, SKIPS)
                    return j
                skipped -= 1
                self.touched = True
            if self.touched:
                self.restore(before)
        self.trail.choose(key, SKIPS)
        self.left.append(i)
        return i + 1

    def state(self) -> dict[str, Any]:
        """Copy what rules may change."""
        kept = {name: value.copy() if type(value) in MUTABLE else value for name, value in self.__dict__.items() if name not in FIXED}
        draft = self.draft
        kept["choices"] = set(self.trail.made)
        kept["draft"] = [value.copy() if type(value := getattr(draft, name)) in MUTABLE else value for name in Draft.__slots__]
        return kept

    def restore(self, state: dict[str, Any]) -> None:
        """Go back to a copied state; choices that only the undone rule made are forgotten."""
        made = self.trail.made
        for key in [k for k in made if k[0] in {"column", "value", "date"} and k not in state["choices"]]:
            del made[key]
        for name, value in state.items():
            if name == "choices":
                continue
            if name == "draft":
                for slot, old in zip(Draft.__slots__, value, strict=True):
                    setattr(self.draft, slot, old.copy() if type(old) in MUTABLE else old)
            else:
                setattr(self, name, value.copy() if type(value) in MUTABLE else value)

    def mention(self, i: int) -> None:
        """Note a table that the words name."""
        table = self.table(i)
        self.touched = True
        if table is None:
            return
        tiers = dict(self.items[i].tables)
        if tiers[table] <= ONE and EXACT in tiers.values():
            self.draft.cost += 2 * LESSER
        if self.without is not None and table not in {self.without, *self.draft.tables}:
            self.within[self.without] = [*self.within.get(self.without, []), table]  # "did not give any treatment to dogs"
            self.consumed[i] = f"table {table}"
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
        self.touched = True
        if table is not None:
            self.related.append((table, negated))
            self.without = table if negated else None
            self.consumed[i] = f"table {table}"

    def behind(self, i: int) -> int:
        """Give the place after a column, and after "'s name" where the column holds names itself."""
        after = self.at(i + 2)
        own = self.mark(i + 1) == "'s" and after is not None and after.low in {"name", "names"} and not self.has_table(i)
        return i + 3 if own else i + 1

    def last_where(self, i: int) -> bool:
        """Say whether a column inside a condition has something to be compared with."""
        j = self.skip(self.behind(i))
        return self.cue(j, "cmp") or self.cue(j, "like")

    # --- looking ahead
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

    # --- what items mean in this scope
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
            self.doubts.add(i)
        return found[0][1]

    def has_table(self, i: int) -> bool:
        """Say whether the item names a table in scope."""
        it = self.at(i)
        return it is not None and any(t in self.scope for t, _ in it.tables) and self.table(i) is not None

    def is_column(self, i: int) -> bool:
        """Say whether the item is best read as a column here."""
        if not self.has_column(i):
            return False
        if not self.has_table(i):
            return True
        column = self.rather_column(i)
        return column if self.trail.choose(("noun", i), TURN) == 0 else not column

    def rather_column(self, i: int) -> bool:
        """Say whether the item is a column more likely than the table that it may name, too."""
        best = self.candidates(i)
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
        after = self.skip(i + 2)
        listed = (self.cue(i + 1, "logic", "and") or self.mark(i + 1) == ",") and self.has_column(after) and not self.has_table(after)
        if best[0][1] >= EXACT and listed and self.table(i) in self.draft.tables and self.candidates(after)[0][0].table == best[0][0].table:
            return True  # "Which railways ...? Show the railway and the builder."
        return (best[0][1] >= EXACT and table < OWN) or (best[0][1] >= EXACT and len(it.lows) > 1 and table < EXACT)

    def column(self, i: int, *, want: str = "", prefer: str | None = None) -> Ref:
        """Choose the column that the item names; a tie that nothing breaks is kept for readings."""
        found = self.candidates(i)
        if want == "number":
            found = [f for f in found if self.number(f[0])] or found
        elif want == "date":
            found = [f for f in found if self.dated(f[0])] or found
        refs = [r for r, _ in found]
        self.touched = True
        self.draft.cost += 0.6 * (1 - found[0][1])
        for table in (prefer, self.owner(i), self.near if len(self.scope) > 1 else None, *self.draft.tables):
            if len(refs) > 1 and table is not None and any(r.table == table for r in refs):
                refs = [r for r in refs if r.table == table]
        if len(refs) > 1 and self.same_key(refs):
            refs = refs[:1]
        if len(refs) > 1:
            whole = [r for r in refs if name_words(r.column)[-1:] == ("name",)]
            refs = whole if len(whole) == 1 else refs
        if len(refs) > 1:  # `engine` and `engines`: as it is written
            exact = [r for r in refs if r.column.casefold().replace("_", " ") == " ".join(self.items[i].lows)]
            refs = exact if len(exact) == 1 else refs
        if len(refs) > 1:  # "a bill longer than 50"
            j = self.skip(i + 1)
            hints = set((self.items[j].cue or ("", ""))[1].partition("|")[2].split()) if self.cue(j, "cmpadj") else set()
            refs = [r for r in refs if hints & set(name_words(r.column))] or refs
        if len(refs) > 1:
            for role in roles_of(self, i):
                refs = [r for r in refs if r in role] or refs
        options = list(dict.fromkeys([*refs, *(r for r, _ in found)]))
        ref = options[self.trail.choose(("column", i), tuple(0.0 if r in refs else 0.5 for r in options))]
        if borrowed(self, i, ref):
            self.draft.cost += BORROWED
        if found[0][1] <= DROPPED and elsewhere(self, i):
            self.draft.cost += LESSER
        self.consumed[i] = f"column {ref.table}.{ref.column}"
        self.tiers[i] = found[0][1]
        self.last = ref
        return ref

    def beside(self, one: str, other: str) -> bool:
        """Say whether the words list two tables, "A and B"."""
        named = [i for i in range(len(self.items)) if self.consumed.get(i) in {f"table {one}", f"table {other}"}]
        return any(self.skip(i + 1) + 1 in named and self.cue(self.skip(i + 1), "logic", "and") for i in named)

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
        if it is not None and (it.low in {"of", "for", "in", "from"} or it.low.startswith("of ")):
            k = self.skip(j if it.free else j + 1)
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

    def value(self, i: int, ref: Ref | None = None) -> tuple[Ref, Any]:
        """Choose the value that the item names, in `ref` where one is given."""
        it = self.items[i]
        self.touched = True
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
        if len(refs) > 1:
            for role in roles_of(self, i):
                refs = [r for r in refs if r in role] or refs
            found = [f for f in found if f[0] in refs]
        if len(refs) > 1 and not self.same_key(refs):
            labels = [r for r in refs if r in self.label_of(r.table)]
            if len({r.table for r in refs}) == 1 and len(labels) == 1:
                refs, found = labels, [f for f in found if f[0] == labels[0]]
            way = [r for r in refs if set(name_words(r.column)) & WAYS.get(self.items[i - 1].low if i else "", frozenset())]
            cues = (
                way
                if len(way) == 1
                else [r for r in refs if any(stem(w) in {stem(x) for o in self.items for x in o.lows} for w in name_words(r.column))]
            )
            if len(cues) == 1:
                found = [f for f in found if f[0] == cues[0]]
            else:
                at = self.trail.choose(("value", i), (0.0,) * len(refs))
                found = [f for f in found if f[0] == refs[at]]
        self.consumed[i] = f"value of {found[0][0].table}.{found[0][0].column}"
        self.tiers[i] = found[0][2]
        self.last = found[0][0]
        return found[0][0], found[0][1]

    def only_date(self, tables: list[str]) -> Ref:
        """Give the only date column of these tables, or stop."""
        from nexus_jupyter.language.dating import only_date

        return only_date(self, tables)

    def relation(self, i: int) -> bool:
        """Say whether the item is a verb that relates two things."""
        it = self.at(i)
        if it is not None and self.cue(i, "like", "contains") and self.cue(self.skip(i + 1), "cmp"):
            return True  # "contain more than one"
        return it is not None and len(it.lows) == 1 and it.low in RELATIONS and not (it.cue and it.cue[0] not in {"sort", "agg", "stat"})

    def people(self, i: int) -> bool:
        """Say whether the item is a word for any person."""
        it = self.at(i)
        return it is not None and lemma(it.low) in PEOPLE and not self.wordy(i)


__all__ = ["PART", "Reader", "Rule"]
