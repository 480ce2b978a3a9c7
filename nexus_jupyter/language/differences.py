"""How far apart two groups are: "difference in average mass between male and female", the first less the second."""

from __future__ import annotations

from nexus_jupyter.language.draft import Pred, Quantity
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.tokens import python_name

JOINING = frozenset({"in", "of", "between", "for", "among", "the"})
AND = frozenset({"and", "&", "versus", "vs"})


def difference(r: Reader, i: int) -> int | None:
    """Take "difference in C between A and B" and "difference between the mean C of A and B", for values A and B of one column."""
    if r.items[i].low not in {"difference", "the difference"}:
        return None
    j = r.skip(i + 1, also=JOINING)
    func = ""
    if r.cue(j, "agg"):
        func, j = (r.items[j].cue or ("", ""))[1], r.skip(j + 1, also=JOINING)
    if not (r.is_column(j) and any(r.number(c) for c, _ in r.candidates(j))):
        return None
    k = r.skip(j + 1, also=JOINING)
    m = r.skip(k + 1)
    n = r.skip(m + 1)
    following = r.at(m)
    if not r.has_value(k) or following is None or following.low not in AND or not r.has_value(n):
        return None
    ref = r.column(j, want="number")
    by, one = r.value(k)
    _, other = r.value(n, by)
    if one == other or by == ref or r.last != by:
        return None
    said = func or "mean"
    less = Quantity(said, ref, where=Pred("cmp", by, "==", other))
    name = python_name(f"difference_{said}_{ref.column}")[:40]
    r.draft.selects.append(Quantity(said, ref, where=Pred("cmp", by, "==", one), less=less, name=name))
    r.draft.notes.append(("measure", f"The difference is {one} less {other}{'' if func else ', of averages'}."))
    r.near, r.where = by.table, True
    return n + 1
