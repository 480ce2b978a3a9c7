"""What is counted: rows, days, or what a column of tallies says that each row stands for."""

from __future__ import annotations

from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language.draft import Quantity
from nexus_jupyter.language.flags import told
from nexus_jupyter.language.periods import days as days_between
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.tokens import name_words
from nexus_jupyter.language.vocabulary import Ref

CALENDAR = frozenset("date day year month time quarter week season".split())
"""Nouns that count the different dates; other names of dates count rows: signups, departures."""
TALLIES = frozenset({"count", "n", "freq", "frequency", "cnt", "tally"})
AMOUNTS = frozenset("cost costs earn earns earned pay pays paid charge charged score scored".split())
"""Verbs that ask for an amount where nothing else does."""


def tallied(r: Reader, j: int, *, asked: bool) -> int | None:
    """Take "days" after "how many", nouns of which each row stands for several, and yes/no columns that say which rows are counted."""
    if r.chart:
        return None
    if r.cue(j, "unit", "day") and asked and not r.is_column(j) and (days := days_of(r)) is not None:
        r.draft.selects.append(days)
        return j + 1
    if (r.has_column(j) or r.has_value(j)) and (tally := tally_of(r, j)) is not None:
        r.draft.selects.append(Quantity("sum", tally))
        r.tallied = True
        r.draft.notes.append(("measure", f"Each row stands for as many as its {tally.column} says, so these are added up."))
        return j if r.has_value(j) else j + 1
    if told(r, j):
        r.draft.selects.append(Quantity("size"))
        return j
    return None


def tally_of(r: Reader, j: int) -> Ref | None:
    """Find the column that says for how many each row stands, where the noun is no number itself."""
    if len(r.scope) != 1 or any(r.number(c) or r.info(c).role is Role.IDENTIFIER for c, _ in r.candidates(j)):
        return None
    found = [
        Ref(r.scope[0], c.name)
        for c in r.catalog.dataset(r.scope[0]).schema
        if c.kind is Kind.INTEGER and len(name_words(c.name)) == 1 and name_words(c.name)[0] in TALLIES
    ]
    return found[0] if len(found) == 1 else None


def days_of(r: Reader) -> Quantity | None:
    """Count days: the rows where each is one, the different dates otherwise."""
    tables = [t for t in [r.near, *r.draft.tables] if t] or list(r.scope)
    dates = [ref for t in tables for c in r.catalog.dataset(t).schema if r.dated(ref := Ref(t, c.name)) and not r.number(ref)]
    if len(dates) != 1:
        return None
    if r.profile(dates[0]).unique and days_between(r, dates[0]) >= (r.catalog.dataset(dates[0].table).rows or 0):
        return Quantity("size")
    return Quantity("count_distinct", dates[0]) if r.info(dates[0]).kind is Kind.DATE else None


def measured_elsewhere(r: Reader, i: int) -> bool:
    """Say whether something else in the question asks for a number or counts."""
    others = [k for k in range(len(r.items)) if k != i]
    return any(r.cue(k, "count") or r.cue(k, "agg") or r.cue(k, "sup") or any(r.number(c) for c, _ in r.candidates(k)) for k in others)
