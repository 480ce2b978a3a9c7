"""Roles: nouns under which one table has several columns, `winner_name` and `loser_name`; "the name of the winner" is one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.language.draft import Quantity
from nexus_jupyter.language.tokens import name_words

if TYPE_CHECKING:
    from nexus_jupyter.language.reader import Reader
    from nexus_jupyter.language.vocabulary import Ref

DESCRIBING = frozenset({"adj", "sup", "limit", "logic", "distinct"})
BETWEEN = frozenset({"of", "for", "by", "in", "to", "from"})


def role_at(r: Reader, i: int) -> tuple[Ref, ...]:
    """Give the columns of the role that the item names in this scope."""
    it = r.at(i)
    if it is None or not it.roles or r.has_table(i):
        return ()
    return tuple(ref for ref in it.roles if ref.table in r.scope)


def roles_of(r: Reader, i: int) -> list[tuple[Ref, ...]]:
    """Give the roles whose columns the item speaks of: "C of A and B", "A's C", or the role that was named last."""
    j = i + 1
    while (it := r.at(j)) is not None and j < i + 10 and (_joins(r, j) or (it.columns and not role_at(r, j))):
        j += 1
    found: list[tuple[Ref, ...]] = []
    linked = r.at(j)
    if linked is not None and (linked.low in BETWEEN or j == i + 1):
        k = j
        while k < j + 6 and _describes(r, k):
            k += 1
        while role_at(r, k):
            found.append(role_at(r, k))
            n = r.skip(k + 1)
            k = r.skip(n + 1) if r.cue(n, "logic", "and") or r.mark(n) == "," else n
            if k == n:
                break
    if not found:
        h = i - 1
        while (before := r.at(h)) is not None and (before.free or before.mark == "'s") and h > i - 4:
            h -= 1
        found = [role_at(r, h)] if role_at(r, h) else []
    return found or ([r.role] if r.role else [])


def _joins(r: Reader, i: int) -> bool:
    return r.mark(i) == "," or r.cue(i, "logic", "and") or r.items[i].low in {"the", "their"}


def _describes(r: Reader, i: int) -> bool:
    """Say whether the item may stand between "of" and the role: "of the 3 youngest winners"."""
    it = r.at(i)
    return it is not None and not role_at(r, i) and (it.free or it.number is not None or (it.cue is not None and it.cue[0] in DESCRIBING))


def spread(r: Reader, i: int, ref: Ref) -> list[Ref]:
    """Give the column with its counterparts where several roles share it: "average ages of winners and losers"."""
    rest = name_words(ref.column)[1:]
    roles = roles_of(r, i)
    found = [c for role in roles for c in role if name_words(c.column)[1:] == rest and c.table == ref.table]
    return found if len(roles) > 1 and ref in found else [ref]


def role(r: Reader, i: int) -> int | None:
    """Take a role whose columns are spoken of already; alone it is the column by which it is called."""
    columns = role_at(r, i)
    if not columns:
        return None
    d = r.draft
    spoken = [*d.refs(), *([r.last] if r.last else [])]
    r.role, r.touched = columns, True
    r.consumed[i] = f"the role of {columns[0].table}.{columns[0].column} and others"
    if [(q.func, q.table) for q in d.selects] == [("size", None)] and not d.tables:
        d.selects[:] = [Quantity("count_distinct", r.column(i))]  # "how many left handed winners"
        return i + 1
    pointed = {t for t, _ in r.items[i].tables if t in r.scope}
    if any(ref.table in pointed for ref in spoken):  # the winner is one of the players, whose columns are asked for
        d.tables += [t for t in sorted({c.table for c in columns}) if t not in d.tables]
        return i + 1
    return i + 1 if set(columns) & set(spoken) else None


__all__ = ["role", "role_at", "roles_of", "spread"]
