"""Neighbours: the row after, before, above or below another, as listed or in the order of a quantity."""

from __future__ import annotations

from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.step import SortKey
from nexus_jupyter.plan.steps import Sort
from nexus_jupyter.sheets.answers import listed
from nexus_jupyter.sheets.asking import Question
from nexus_jupyter.sheets.conditions import condition, conditions
from nexus_jupyter.sheets.phrases import Phrase
from nexus_jupyter.sheets.rows import Condition, Rows, falling

NEAR = frozenset("listed directly immediately right just next comes came".split())


def _ordering(q: Question, p: Phrase) -> bool:
    """Say whether a phrase names a column of moments by which rows can be put in order."""
    if p.kind != "column" or p.data == q.ask.column:
        return False
    kind, sheet = q.sheet.column(p.data).kind, q.sheet
    return sheet.yearly(p.data) or kind.temporal or sheet.view(p.data, "date", "year") is not None


def neighbour(q: Question) -> Plan | None:
    """Answer "who finished after X", "which one is listed above X", "the next most populous district after X"."""
    i = q.has("turn")
    if i is None or i + 1 >= len(q.rest) or q.ask.kind == "count":
        return None
    turn = q.rest[i]
    operand = q.rest[i + 1]
    near = bool(NEAR & set(turn.text.casefold().split()))
    if operand.kind not in {"cell", "column", "day", "number", "ordinal"} or (operand.kind in {"day", "number"} and not near):
        return None
    if operand.kind == "ordinal" or (operand.kind == "column" and q.is_(i + 2, "number")):
        return None
    before, after = q.rest[:i], q.rest[i + 1 :]
    order = None
    stepped = any(p.kind == "step" for p in q.rest)
    for p in [*before, *after[1:]]:
        side = before if p in before else after
        if p.kind == "step":
            side.remove(p)
        elif p.kind == "sup" and not stepped and not ("most" in p.text.casefold().split() and turn.data == "next"):
            raise NotUnderstood("the first of an order, or beside a row in it")
        elif p.kind == "sup" and "|" in str(p.data):
            direction, hints = str(p.data).split("|")
            found = q.sheet.called(hints)
            if found is None:
                raise NotUnderstood(f"no column for “{p.text}”")
            order = (found, direction != "asc")
            side.remove(p)
        elif p.kind == "sup" and (k := side.index(p)) + 1 < len(side) and side[k + 1].kind == "column":
            order = (str(side[k + 1].data), p.data == "desc")
            del side[k : k + 2]
    q.rest = after
    if not order and before and turn.start == before[-1].end and _ordering(q, before[-1]):
        order = (str(before.pop().data), False)  # "which ship was launched after X": the next one by the day of its launch
    if len(before) == 1 and before[0].kind == "column" and q.ask.column is None:  # "the next most populous district after …"
        q.ask.column = str(before.pop().data)
    if operand.kind == "column" and operand.data == q.ask.column:  # "the encyclical before the encyclical with …"
        q.take(0)
    wanted: list[Condition] = []
    if operand.kind == "number" and q.ask.column and q.sheet.numeric(q.ask.column) and q.ask.column not in q.sheet.dates():
        first: Condition | None = Condition(q.ask.column, "number", "==", q.take(0).data)
    else:
        first = condition(q)
    if first is None:
        raise NotUnderstood("beside what")
    wanted.append(first)
    q.used |= {order[0]} if order else set()
    if i or turn.start:  # what follows the neighbour says more of it; what stands before says which rows count
        wanted += conditions(q)
        q.rest = before
    others = conditions(q)
    if first.how == "cells" and len(first.value) > 1 and len(others) == 0 and not all(v == first.value[0] for v in first.value):
        q.cost += 0.3
    q.used |= {first.column}
    rows = Rows(q.sheet).where(others)
    following = turn.data in {"next", "below"}
    if order:
        column, descending = order
        name = rows.number(column) if q.sheet.numeric(column) else rows.time(column)
        rows.step = Sort(input=rows.step, by=(SortKey(column=name, descending=descending),))
        rows.notes.append(("order", f"The rows are in the order of {column}."))
    else:
        if turn.data in {"next", "previous"} and falling(q.sheet):
            following = not following
        rows.notes.append(("order", "The rows are taken in the order in which they are listed."))
    rows.beside(wanted, after=following)
    if q.ask.column is None and q.ask.kind in {"rows", "who"} and operand.kind == "cell":  # "who is before X": a cell like X
        return listed(q, rows, first.column)
    return listed(q, rows)
