"""Rows whose key is missing: a group of their own where rows are counted, left out elsewhere; either is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.language.draft import Key, refs_of

if TYPE_CHECKING:
    from nexus_jupyter.language.completion import Builder


def keyless(b: Builder, keys: list[Key]) -> bool:
    """Say whether rows without a key are shown as a group, and note what is done with them.

    Counts of all groups add up to the number of rows only with those that have no key. Averages of such rows say little, and a group without
    a name is no answer to "which", so that they are left out there.
    """
    d, r = b.draft, b.reader
    restricted = {ref for p in d.preds for ref in refs_of(p)}
    blank = [ref.column for ref, unit in keys if not unit and r.profile(ref).nulls and ref not in restricted]
    if not blank:
        return False
    counted = all(q.func == "size" and q.where is None for q in d.selects if q.func)
    shown = (
        counted and not (b.reader.chart or d.mark or d.havings or d.extremes or d.limit is not None) and not any(unit for _, unit in keys)
    )
    done = "are a group of their own" if shown else "are left out"
    b.notes.append(("missing", f"Rows without {' or '.join(dict.fromkeys(blank))} {done}."))
    return shown
