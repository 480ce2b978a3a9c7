"""The second of two questions in one sentence: "which track has the most seats, and where is it"."""

from __future__ import annotations

from nexus_jupyter.language.draft import Quantity
from nexus_jupyter.language.lexicon import WH_HINTS
from nexus_jupyter.language.reader import Reader


def again(r: Reader, i: int) -> int | None:
    """Take the second question of two: "which track has the most seats, and where is it"."""
    r.draft.again = r.draft.again or not r.draft.selects
    if r.items[i].low not in {"when", "where"}:
        return i + 1
    ref = r.hinted(WH_HINTS[r.items[i].low], [t for t in [r.near, *r.draft.tables] if t])
    if ref is None:
        return None
    r.draft.selects.append(Quantity("", ref))
    r.touched = True
    return i + 1
