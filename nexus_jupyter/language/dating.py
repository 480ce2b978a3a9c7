"""Which column of dates a question speaks of where it names none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.language.tokens import name_words, stem
from nexus_jupyter.language.vocabulary import Ref

if TYPE_CHECKING:
    from nexus_jupyter.language.reader import Reader


def only_date(r: Reader, tables: list[str]) -> Ref:
    """Give the only date column of these tables, or stop."""
    said = [q.ref for q in r.draft.selects if q.ref and r.dated(q.ref)] + [k for k, _ in r.draft.keys if r.dated(k)]
    if len(set(said)) == 1:
        return said[0]
    for group in (tables, list(r.scope)):
        found = [Ref(t, c.name) for t in dict.fromkeys(group) for c in r.catalog.dataset(t).schema if r.dated(Ref(t, c.name))]
        real = [c for c in found if r.info(c).kind.temporal or r.profile(c).date_format] or found
        if len(real) == 1:
            return real[0]
        if len(real) > 1:
            words = {stem(w) for o in r.items for w in o.lows}
            said_of = {c: sum(stem(w) in words for w in name_words(c.column) if w not in {"date", "time"}) for c in real}
            cued = [c for c in real if said_of[c] and said_of[c] == max(said_of.values())]
            done = tuple(low[:-n] for o in r.items for low in o.lows if low.endswith("ed") and len(low) > 4 for n in (1, 2))
            cued = cued or [c for c in real if any(w.startswith(done) for w in name_words(c.column))]  # "hired" is the hiredate
            return cued[0] if len(cued) == 1 else real[r.trail.choose(("date",), (0.0,) * len(real))]
    raise NotUnderstood("there is no column with dates")
