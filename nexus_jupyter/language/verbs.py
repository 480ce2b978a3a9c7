"""Verbs that relate two things, and words for people: they are explained where they stand between what the data know."""

from __future__ import annotations

from nexus_jupyter.context.schema import Kind
from nexus_jupyter.language.lexicon import MOVING, NOMINAL
from nexus_jupyter.language.predicates import low_at
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.tallies import AMOUNTS, measured_elsewhere
from nexus_jupyter.language.tokens import lemma, name_words
from nexus_jupyter.language.vocabulary import JOINED, OWN

PAID = {"paid": "pay"}
"""Forms of which the lemma is not that of the noun: payment."""


def relation(r: Reader, i: int) -> int | None:
    """Take a verb that relates two things, or a word for people."""
    if _members(r, i):
        return i + 1
    if unnamed(r, i):
        return None
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
    if r.items[i].low in {"name", "names"} and low_at(r, i + 1) == "of" and low_at(r, i - 1) == "the" and not _named(r, i):
        return None  # the rows have numbers only: their names are in another table, or nowhere
    if r.items[i].low in AMOUNTS and not (r.draft.selects or r.draft.extremes or r.draft.preds) and not measured_elsewhere(r, i):
        return None  # "what does the wine cost" asks for an amount that nothing names
    if elsewhere(r, PAID.get(r.items[i].low, lemma(r.items[i].low)), low_at(r, i - 1)):
        r.draft.cost += 1.2  # "amount paid" is the payment amount of another table
    if any(tier >= JOINED for _, tier in r.items[i].tables):
        r.draft.cost += 1.2  # "likes" where there is a table of that name, not spoken of here
    return i + 1


def unnamed(r: Reader, i: int) -> bool:
    """Say whether "name" means a column of a table that is not spoken of: "each customer name" of a table of orders."""
    return i > 0 and low_at(r, i) in {"name", "names"} and not r.wordy(i) and elsewhere(r, "name")


def elsewhere(r: Reader, *words: str) -> bool:
    """Say whether a column outside the scope is called by these words, or by nouns made of them, and none within."""
    found = {
        d.name in r.scope
        for d in r.catalog.datasets
        for c in d.schema
        if all(len(w) > 2 and any(n in {w, f"{w}ment"} for n in name_words(c.name)) for w in words)
    }
    return found == {False}


def _named(r: Reader, i: int) -> bool:
    """Say whether the rows whose names are asked for are called by words."""
    table = r.owner(i)
    labels = r.label_of(table) if table is not None else []
    return not labels or any(r.info(ref).kind is Kind.STRING for ref in labels)


def _members(r: Reader, i: int) -> bool:
    """Say whether "members" only says again that the table before it lists people: "faculty members"."""
    return low_at(r, i) in {"member", "members"} and not r.wordy(i) and r.has_table(i - 1) and r.items[i - 1].end == r.items[i].start
