"""Items as they are where only some tables are spoken of."""

from __future__ import annotations

from dataclasses import replace

from nexus_jupyter.language.lexicon import ASKING, FREE, NOISE
from nexus_jupyter.language.linking import Item
from nexus_jupyter.language.vocabulary import OWN


def within(items: tuple[Item, ...], scope: tuple[str, ...]) -> tuple[Item, ...]:
    """Give the items as they are where only some tables are spoken of: a plain word that names nothing there is a plain word."""
    return tuple(
        replace(it, columns=(), free=True)
        if it.columns and it.cue is None and len(it.lows) == 1 and _plainly(it.low) and it.columns[0][1] < OWN and not _names_in(it, scope)
        else it
        for it in items
    )


def _plainly(low: str) -> bool:
    return low in FREE or low in NOISE or low in ASKING


def _names_in(it: Item, scope: tuple[str, ...]) -> bool:
    return any(r.table in scope for r, _ in it.columns) or bool(it.tables or it.values)
