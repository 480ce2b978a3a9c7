"""Conditions: what the phrases of a question say of the rows that are meant."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace

from nexus_jupyter.context.schema import Kind
from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.language.tokens import name_words
from nexus_jupyter.sheets.asking import YEARS, Question, Repeated, Unclear
from nexus_jupyter.sheets.facts import Hit, Sheet
from nexus_jupyter.sheets.rows import Condition
from nexus_jupyter.sheets.words import ORIGINS, OUTCOMES, WINNERS

PLACES_WON = frozenset("rank place position pos po pl finish fin placing standing result".split())
FLIP = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "==": "!=", "!=": "=="}


def conditions(q: Question) -> list[Condition]:
    """Read what is left as conditions, all of which hold; a phrase that is none stops the reading."""
    found: list[Condition] = []
    negated = False
    ended: set[str] = set()
    while q.rest:
        p = q.rest[0]
        if p.kind == "verb":
            if p.data in OUTCOMES:
                ended.add(OUTCOMES[p.data])
            q.take(0)
        elif p.kind == "column" and negated and not q.is_(1, "cell"):  # "did not list a C", "won no C"
            column = str(q.take(0).data)
            if column in found_columns(found):
                raise NotUnderstood("twice the same column")
            found.append(Condition(column, "number", "==", 0) if q.sheet.measured(column) else Condition(column, "missing"))
            negated = False
        elif p.kind == "column" and len(q.rest) == 1 and p.data in {q.ask.column, q.sheet.label()} and found:  # the noun of the rows again
            q.take(0)
            q.cost += 0.2
        elif (
            p.kind == "column" and len(q.rest) == 1 and q.ask.kind == "count" and q.sheet.measured(p.data) and q.sheet.profile(p.data).nulls
        ):
            found.append(Condition(str(q.take(0).data), "missing", negated=True))  # "received points": there are some
        elif (p.kind == "other" and p.data == "not") or (p.kind == "other" and p.data == "except"):
            q.take(0)
            negated = True
        elif p.kind == "other" and p.data in {"and", "only"}:
            q.take(0)
        else:
            made = condition(q)
            if made is None:
                raise NotUnderstood(f"“{p.text}” is not understood here")
            found.append(replace(made, negated=made.negated != negated))
            negated = False
    if negated:
        raise NotUnderstood("not what")
    q.used |= {c.column for c in found}
    if ended and (how := _outcome(q, ended)) is not None:
        found.append(how)
    for a, b in itertools.combinations(found, 2):
        if (a.column, a.how, b.how) == (b.column, "cells", "cells") and not (a.negated or b.negated) and not set(a.value) & set(b.value):
            raise NotUnderstood(f"{a.column} cannot be two things at once")
    for c in found:
        if c.how == "missing" and not c.negated and c.column == q.ask.column:
            raise NotUnderstood(f"{c.column} is asked for where it is missing")
        if q.sheet.repeated(c.column):
            raise Repeated(f"there are several columns {c.column}")
    return found


def _outcome(q: Question, ended: set[str]) -> Condition | None:
    """Read "won", "lost" and the like: what the column of outcomes says, or the first place, or what the columns say already."""
    column, how = q.sheet.outcome(), next(iter(ended))
    if len(ended) > 1:
        raise NotUnderstood("won and lost")
    if column is not None and column not in q.used and q.ask.column != column:
        head = q.sheet.ended(how)
        if head is None:
            raise NotUnderstood("no game ended so")
        q.own = True  # elsewhere "lost" is a verb that says nothing
        return Condition(column, "like", "starts", head)
    if not how.startswith("w"):
        raise NotUnderstood("no column says who lost")
    known = {*q.used, *([q.ask.column] if q.ask.column else [])}
    if any(q.sheet.measured(c) or WINNERS & set(name_words(c)) for c in known) or q.ask.kind not in {"count", "rows", "cell", "who"}:
        return None
    rank = rank_column(q.sheet)
    if rank is None or rank in known or not PLACES_WON & set(name_words(rank)):
        return None
    return Condition(rank, "number", "==", 1)


def found_columns(found: list[Condition]) -> set[str]:
    """Name the columns of conditions."""
    return {c.column for c in found}


def condition(q: Question) -> Condition | None:
    """Read one condition at the front of what is left."""
    p = q.rest[0]
    match p.kind:
        case "cell":
            return cells(q)
        case "day":
            return day(q, None)
        case "column":
            return _of_column(q)
        case "cmp" | "turn":
            return _comparison(q, None)
        case "ordinal":
            return _place(q)
        case "number":
            return _bare_number(q)
        case "sup" if p.data == "best" and q.is_(1, "number"):
            rank = rank_column(q.sheet)
            if rank is None:
                return None
            q.take(0)
            return Condition(rank, "number", "<=", q.take(0).data)
        case _:
            return None


def cells(q: Question) -> Condition:
    """Read cells that are named, in the column beside them or the one that holds them; "A or B" in one column is either."""
    p = q.take(0)
    hits: tuple[Hit, ...] = p.data
    hit = None
    if q.is_(0, "column") and (mine := [h for h in hits if h.column == q.rest[0].data]):
        hit = mine[0]
        q.take(0)
    if hit is None and p.lead == "from" and len(mine := [h for h in hits if h.whole and ORIGINS & set(name_words(h.column))]) == 1:
        hit = mine[0]
    hit = hit or choose(q, hits)
    values, words = list(hit.values), p.text
    while (q.is_(0, "other", "and", "or") and q.is_(1, "cell") and (more := [h for h in q.rest[1].data if h.column == hit.column])) or (
        q.is_(0, "cell")
        and not q.is_(1, "column")
        and (more := [h for h in q.rest[0].data if h.column == hit.column and h.whole and hit.whole])
    ):
        if q.rest[0].kind == "other":
            q.take(0)
        q.take(0)
        values += more[0].values
        words = ""
    return Condition(hit.column, "cells", value=tuple(dict.fromkeys(values)), words=words)


def choose(q: Question, hits: tuple[Hit, ...]) -> Hit:
    """Choose the column of named cells: not the one that is asked for, the fuller match, the label; else it stays uncertain."""
    options = [h for h in hits if h.column != q.ask.column] or list(hits)
    whole = [h for h in options if h.whole]
    options = whole or options
    if len(options) == 1:
        return options[0]
    label = q.sheet.label()
    mine = [h for h in options if h.column == label]
    if mine and (q.ask.kind != "count" or _entity(q, str(label), options)):
        return mine[0]
    best = max(options, key=lambda h: h.share)
    if sum(h.share > 0.5 * best.share for h in options) > 1:
        if whole:
            raise Unclear("the cells are in several columns")
        q.cost += 0.5
    return best


def _entity(q: Question, label: str, options: list[Hit]) -> bool:
    """Say whether a number is asked of the row that the label names: the label tells the rows apart, and stands before the others."""
    order = list(q.sheet.columns)
    first = all(order.index(label) <= order.index(h.column) for h in options)
    return first and q.ask.column is not None and q.sheet.measured(q.ask.column) and q.sheet.profile(label).unique


def day(q: Question, column: str | None, op: str = "==") -> Condition | None:
    """Read a day: equal to the cells that name it, or compared as a date."""
    p = q.take(0)
    year, month, number = p.data
    if op != "==":
        dates = [n for n in q.sheet.dates() if q.sheet.view(n, "date") or q.sheet.column(n).kind.temporal]
        if column is None and len([n for n in dates if q.sheet.column(n).kind.temporal]) > 1:
            raise Unclear("several columns hold days")
        target = column or next(iter(dates), None)
        if target is None or year is None or number is None:
            return None
        return Condition(target, "day", {"before": "<", "after": ">", "since": ">="}.get(op, op), dt.datetime(year, month, number))  # noqa: DTZ001 - a day has no time zone
    hits = [h for h in q.sheet.on(year, month, number) if column in {None, h.column}]
    if not hits:
        native = [n for n in q.sheet.dates() if q.sheet.column(n).kind.temporal]
        if native and year and number:
            return Condition(native[0], "day", "==", dt.datetime(year, month, number))  # noqa: DTZ001 - as above
        raise NotUnderstood(f"no cell names the day {p.text}")
    if len(hits) > 1:
        named = [h for h in hits if {"date", "day"} & set(name_words(h.column))]
        hits = named or hits
        q.cost += 0.3 if len(hits) > 1 else 0
    return Condition(hits[0].column, "cells", value=hits[0].values)


def _of_column(q: Question) -> Condition | None:
    """Read a column with what is said of it: a cell, a number, a comparison."""
    p = q.rest[0]
    column = str(p.data)
    if q.is_(1, "cell") and any(h.column == column for h in q.rest[1].data):
        q.take(0)
        cell = q.rest[0]
        q.rest[0] = replace(cell, data=tuple(h for h in cell.data if h.column == column))
        return cells(q)
    if q.is_(1, "day") and q.sheet.dated(column):
        q.take(0)
        return day(q, column)
    if q.is_(1, "cmp") or q.is_(1, "turn"):
        q.take(0)
        return _comparison(q, column)
    if q.is_(1, "number") and not (done(p.text) and q.rest[1].data in YEARS and not q.sheet.dated(column)):
        q.take(0)
        return _against(q, column, "==")
    if q.is_(1, "like") and q.is_(2, "text") and q.sheet.column(column).kind is Kind.STRING:
        q.take(0)
        mode = str(q.take(0).data)
        return Condition(column, "like", mode, q.take(0).data)
    if q.is_(1, "ordinal") and q.sheet.ranked(column):
        q.take(0)
        return Condition(column, "number", "==", q.take(0).data)
    if q.is_(1, "other", "not"):
        return None
    if column in {q.ask.column, q.sheet.label()} and len(q.rest) > 1:  # the noun of the rows again: "the only team that …"
        q.take(0)
        while q.is_(0, "verb") and q.is_(1, "cell"):
            q.take(0)
        return condition(q) if q.rest else None
    if done(p.text) and not q.sheet.dated(column) and (q.is_(1, "day") or (q.is_(1, "number") and q.rest[1].data in YEARS)):
        q.take(0)  # "sunk on 6 May" speaks of the day, whatever else is said of the sinking
        q.cost += 0.2
        return condition(q)
    if q.sheet.profile(column).unique and q.is_(1, "verb") and q.is_(2, "cell"):  # "the kingdom ruled by X"
        q.take(0)
        q.take(0)
        q.cost += 0.2
        return condition(q)
    return None


def done(word: str) -> bool:
    """Say whether a word tells what was done: a participle."""
    return bool(re.fullmatch(r"\w+(?:ed|en|wn|unk|ung|un|ilt|old|eld|ade|aid|ound|ost|ent)", word.casefold()))


def _comparison(q: Question, column: str | None) -> Condition | None:
    p = q.take(0)
    op = {"next": "after", "previous": "before", "above": ">", "below": "<"}.get(str(p.data), str(p.data))
    if "|" in op:
        op, hints = op.split("|")
        column = column if column and q.sheet.measured(column) else q.sheet.called(hints) or column
    if q.is_(0, "day"):
        return day(q, column, op)
    if q.is_(0, "ordinal"):
        if op in {"before", "after", "since"}:
            return None
        rank = column or rank_column(q.sheet)
        if rank is None or q.is_(1, "ordinal"):
            return None
        if op == "between":  # "start from 6th place": that one place
            if column is None or p.text.casefold() != "from":
                return None
            op = "=="
        worse = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "before": "<", "after": ">", "since": ">="}.get(op, op)
        return Condition(rank, "number", worse, q.take(0).data)
    if not q.is_(0, "number"):
        return None
    if column is None and not q.is_(1, "column"):
        column = q.sheet.measuring(p.text, q.rest[0].text)
    return _against(q, column, op)


def _against(q: Question, column: str | None, op: str) -> Condition | None:
    """Compare with the number at the front: the column may come after it."""
    said = column is not None
    value = q.take(0).data
    if op == "between":
        if q.is_(0, "other", "and"):
            q.take(0)
        if not q.is_(0, "number"):
            return None
        high = q.take(0).data
        dates = q.sheet.dates()
        if column is None and value in YEARS and dates:
            return Condition(dates[0], "year", "between", value, high)
        column = column or _after(q)
        return Condition(column, "number", "between", value, high) if column else None
    if q.is_(0, "tail"):
        op = str(q.take(0).data)
    if column is None:
        column = _after(q)
    dates = q.sheet.dates()
    if column is None and isinstance(value, int) and value in YEARS and dates and op in {"before", "after", "since", "==", ">", "<"}:
        column = dates[0]
        q.cost += 0.2 if len(dates) > 1 else 0
    if column is None:
        return None
    if op in {"before", "after", "since"} and q.sheet.measured(column) and not q.sheet.dated(column):
        return None  # no amount is before a year
    op = {"before": "<", "after": ">", "since": ">="}.get(op, op)
    if op == "==" and isinstance(value, int) and value in YEARS and dates and q.sheet.measured(column):
        return None  # "issued in 1973" is no quantity of 1973
    if said and q.is_(0, "column") and q.rest[0].data != column and q.sheet.measured(q.rest[0].data) and q.sheet.measured(column):
        q.take(0)  # "won more than 3 matches": the noun after the number says what kind of number it is
        q.cost += 0.3
        q.own = True
    if q.sheet.dated(column) and not q.sheet.column(column).kind.numeric:
        return Condition(column, "year", op, value) if isinstance(value, int) and value in YEARS else None
    if q.sheet.ranked(column) and op in FLIP and op != "==":  # "not lower than 5th": a better rank is a smaller number
        op = {">": "<", ">=": "<=", "<": ">", "<=": ">="}.get(op, op)
        q.cost += 0.1
    if not q.sheet.numeric(column) and not q.sheet.view(column, "score"):
        hits = [h for h in q.sheet.hits((str(value),)) if h.column == column and h.whole]
        if op == "==" and hits:
            return Condition(column, "cells", value=hits[0].values)
        return None
    return Condition(column, "number", op, value)


def _after(q: Question) -> str | None:
    """Take the column that follows a number: "at least 1,000 beds"."""
    if q.is_(0, "column") and (q.sheet.numeric(q.rest[0].data) or q.sheet.dated(q.rest[0].data)):
        return str(q.take(0).data)
    return None


def _place(q: Question) -> Condition | None:
    rank = rank_column(q.sheet)
    if q.is_(1, "column") and q.sheet.ranked(q.rest[1].data):
        value = q.take(0).data
        return Condition(q.take(0).data, "number", "==", value)
    if rank is None:
        return None
    return Condition(rank, "number", "==", q.take(0).data)


def _bare_number(q: Question) -> Condition | None:
    """Read a number by itself: a year, with its column after it, or the only cell that it is."""
    p = q.rest[0]
    if q.is_(1, "tail") or (q.is_(1, "column") and (q.sheet.numeric(q.rest[1].data))):
        return _against(q, None, "==")
    dates = q.sheet.dates()
    if isinstance(p.data, int) and p.data in YEARS and dates:
        q.take(0)
        q.cost += 0.2 if len(dates) > 1 else 0
        column = dates[0]
        if q.sheet.column(column).kind.numeric:
            return Condition(column, "number", "==", p.data)
        return Condition(column, "year", "==", p.data)
    return None


def rank_column(sheet: Sheet) -> str | None:
    """Name the column of ranks, the one called so where there are several; none whose first places are missing."""
    found = [n for n in sheet.columns if sheet.ranked(n) and sheet.begun(n)]
    if len(found) == 1:
        return found[0]
    named = [n for n in found if set(name_words(n)) & {"rank", "po", "pos", "position", "place", "finish", "fin"}]
    return named[0] if named else None
