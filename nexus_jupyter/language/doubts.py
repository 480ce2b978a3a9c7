"""Doubts: where words name something in another table better than the column at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.language.joins import edges_of
from nexus_jupyter.language.vocabulary import EXACT, ONE, OWN, Ref

if TYPE_CHECKING:
    from nexus_jupyter.language.reader import Reader


def borrowed(r: Reader, i: int, ref: Ref) -> bool:
    """Say whether the column only holds the keys of another table, which the words seem to mean."""
    it = r.items[i]
    if {"id", "ids", "code", "codes", "number", "key"} & set(it.lows):
        return False
    others = {t for t, s in it.tables if s >= OWN and t != ref.table}
    ends = [{(e.left, e.left_on), (e.right, e.right_on)} for e in edges_of(r.catalog) if others & {e.left, e.right}]
    return bool(others) and (r.points(ref) or any((ref.table, ref.column) in pair for pair in ends))


def elsewhere(r: Reader, i: int) -> bool:
    """Say whether the words are the whole name of another table, or of a column there, and only a part of one here."""
    it = r.items[i]
    part = max(s for c, s in it.columns if c.table in r.scope) <= ONE
    return (part and any(s >= EXACT for _, s in it.tables)) or any(s >= EXACT and c.table not in r.scope for c, s in it.columns)
