"""Looking ahead: what stands at a place of the question, and which columns and values it may name in the scope."""

from __future__ import annotations

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.context.schema import Role
from nexus_jupyter.language.linking import Item
from nexus_jupyter.language.scope import Scope
from nexus_jupyter.language.tokens import name_words
from nexus_jupyter.language.vocabulary import OWN, Ref

MARGIN = 0.12
KEYED = frozenset({"id", "ids", "code", "codes", "number", "numbers", "no", "key", "keys"})


class Sight(Scope):
    """The items of a question before the tables in which they are read."""

    def __init__(self, items: tuple[Item, ...], scope: tuple[str, ...], catalog: Catalog) -> None:
        """Take the items and the tables."""
        super().__init__(catalog, scope)
        self.items = items

    def at(self, i: int) -> Item | None:
        """Give the item, or None past the end."""
        return self.items[i] if 0 <= i < len(self.items) else None

    def cue(self, i: int, kind: str, *args: str) -> bool:
        """Say whether the item is a cue of this kind."""
        it = self.at(i)
        return it is not None and it.cue is not None and it.cue[0] == kind and (not args or it.cue[1] in args)

    def before(self, i: int) -> int:
        """Give the place before an item, articles aside."""
        h = i - 1
        while h > 0 and self.items[h].low in {"the", "all", "a", "an"}:
            h -= 1
        return h

    def mark(self, i: int) -> str:
        """Give the punctuation at this place, or nothing."""
        it = self.at(i)
        return it.mark if it else ""

    @property
    def each_said(self) -> bool:
        """True where the words ask for something "for each" of a kind."""
        return any(it.cue == ("each", "each") for it in self.items)

    def passive(self, i: int) -> bool:
        """Say whether a participle tells what is done to the rows: "who are liked", "liked by"."""
        h = i - 1
        while h > 0 and (self.cue(h, "logic", "not") or self.items[h].low in {"ever", "never", "also"}):
            h -= 1
        return self.mark(i + 1) == "" and (
            (self.at(i + 1) is not None and self.items[i + 1].low == "by")
            or (h >= 0 and self.items[h].low in {"is", "are", "was", "were", "been", "be"})
        )

    def candidates(self, i: int) -> list[tuple[Ref, float]]:
        """Give the columns in scope that the item may name, best first."""
        it = self.at(i)
        if it is None:
            return []
        found = sorted(((r, s) for r, s in it.columns if r.table in self.scope), key=lambda f: (-f[1], f[0]))
        if found and any(s >= OWN and t in self.scope for t, s in it.tables) and found[0][1] < OWN:
            return []
        return [f for f in found if f[1] >= found[0][1] - MARGIN]

    def has_column(self, i: int) -> bool:
        """Say whether the item names a column in scope."""
        return bool(self.candidates(i))

    def has_value(self, i: int) -> bool:
        """Say whether the item is a value in scope."""
        it = self.at(i)
        return it is not None and any(r.table in self.scope for r, *_ in it.values)

    def counted(self, i: int) -> bool:
        """Say whether the item is the noun of a key, "employees" for `employee_id`: such things are counted, and a key is never compared."""
        it, found = self.at(i), self.candidates(i)
        if it is None or not found or KEYED & set(it.lows):
            return False
        last = name_words(found[0][0].column)[-1]
        return last == "id" or (self.info(found[0][0]).role is Role.IDENTIFIER and last in KEYED)
