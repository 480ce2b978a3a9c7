"""Verbs that relate two things, and words for people: they are explained where they stand between what the data know."""

from __future__ import annotations

from nexus_jupyter.language.lexicon import MOVING, NOMINAL
from nexus_jupyter.language.predicates import low_at
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.tallies import AMOUNTS, measured_elsewhere
from nexus_jupyter.language.vocabulary import JOINED, OWN


def relation(r: Reader, i: int) -> int | None:
    """Take a verb that relates two things, or a word for people."""
    if _members(r, i):
        return i + 1
    weighed = r.items[i].low in {"weigh", "weighs", "weighing", "weighed"} and r.cue(i + 1, "cmp")
    if (
        not (r.relation(i) or r.people(i) or weighed)
        or r.wordy(i)
        or (r.cue(i - 1, "count") and any(t >= OWN for _, t in r.items[i].tables))
    ):
        return None  # "how many reports" counts what another table lists
    if r.items[i].low in MOVING and low_at(r, i + 1) not in {"in", "into", "on", "under", "within", "between", "after", "before", "during"}:
        return None  # "did sales fall" asks for a trend
    if r.items[i].low in NOMINAL and (low_at(r, i - 1) in {"the", "average", "total"} or low_at(r, i + 1) == "of"):
        return None  # "the cost of" asks for something
    if r.items[i].low in AMOUNTS and not (r.draft.selects or r.draft.extremes or r.draft.preds) and not measured_elsewhere(r, i):
        return None  # "what does the wine cost" asks for an amount that nothing names
    if any(tier >= JOINED for _, tier in r.items[i].tables):
        r.draft.cost += 1.2  # "likes" where there is a table of that name, not spoken of here
    return i + 1


def _members(r: Reader, i: int) -> bool:
    """Say whether "members" only says again that the table before it lists people: "faculty members"."""
    return low_at(r, i) in {"member", "members"} and not r.wordy(i) and r.has_table(i - 1) and r.items[i - 1].end == r.items[i].start
