"""Comparisons of two rows: which of A or B has more, how many more A has than B, how much both have."""

from __future__ import annotations

from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.plan.expressions import Cell, Col, Compare, Not, Or
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.step import Measure, SortKey
from nexus_jupyter.plan.steps import Aggregate, Filter, Select, Top
from nexus_jupyter.sheets.answers import apart, between, computed, counted, listed, plan
from nexus_jupyter.sheets.asking import Question, measure
from nexus_jupyter.sheets.conditions import cells, choose, conditions, day, rank_column
from nexus_jupyter.sheets.rows import Condition, Rows

AMOUNTS = frozenset("more fewer less".split())
"""Words that compare amounts: where a side has several rows, their totals."""
MORE = frozenset("more fewer less higher larger greater".split())


def either(q: Question) -> Plan | None:
    """Answer "which had more points, A or B", "who came in earlier, A or B": the two rows, one column."""
    i = q.has("other", "or")
    if i is None or i == 0 or i + 1 >= len(q.rest) or q.ask.kind == "count":
        return None
    a, b = q.rest[i - 1], q.rest[i + 1]
    if a.kind == b.kind == "cell":
        mine = [
            (x, y)
            for x in a.data
            for y in b.data
            if x.column == y.column and (x.whole or y.whole or len(a.data) == 1 or x.column == q.ask.column)
        ]
        if not mine:
            return None
        x, y = mine[0]
        both = Condition(x.column, "cells", value=tuple(dict.fromkeys((*x.values, *y.values))))
    elif a.kind == b.kind == "number" and (dates := [n for n in q.sheet.dates() if q.sheet.yearly(n)]):
        column = dates[0]
        both = Condition(column, "number", "==", a.data)
        second = Condition(column, "number", "==", b.data)
        del q.rest[i - 1 : i + 2]
        return _most(q, Rows(q.sheet), column, (both, second))
    else:
        return None
    del q.rest[i - 1 : i + 2]
    return _most(q, Rows(q.sheet), both.column, (both,))


def _most(q: Question, rows: Rows, column: str, either_of: tuple[Condition, ...]) -> Plan:
    s = q.has("sup")
    if s is None:
        raise NotUnderstood("a choice between two without what is compared")
    cue = q.take(s)
    direction, _, hints = str(cue.data).partition("|")
    by: str | None = None
    if q.is_(s, "other", "than"):
        q.take(s)
    if q.is_(s, "column"):
        by = str(q.take(s).data)
    elif hints:
        by = q.sheet.called(hints)
    elif direction in {"best", "worst"} or q.has("verb") is not None:
        by = rank_column(q.sheet)
    if by is None and (m := q.ask.column) and m != column and q.sheet.measured(m):
        by = m
    counted = by is None and q.is_(s, "count")
    if counted or (by is not None and not (q.sheet.numeric(by) or q.sheet.dated(by))):
        raise NotUnderstood("a choice by a count")
    rest = conditions(q)
    where = tuple(rows.expression(c) for c in either_of)
    if by is None:
        ranked = rank_column(q.sheet)
        if hints == "date year" and ranked is not None:
            by = ranked
        else:
            raise NotUnderstood("it is not clear by what the two are compared")
    name = rows.number(by) if q.sheet.numeric(by) else rows.time(by)
    rows.step = Filter(input=rows.step, where=where[0] if len(where) == 1 else Or(where))
    rows.where(rest)
    descending = direction == "desc"
    if cue.text.casefold() in AMOUNTS and q.sheet.numeric(by) and not q.sheet.ranked(by) and not q.sheet.profile(column).unique:
        rows.step = Aggregate(input=rows.step, keys=(column,), measures=(Measure(name=name, func="sum", column=name),))
    if direction in {"best", "worst"}:
        descending = (direction == "worst") == q.sheet.ranked(by)
    elif q.sheet.ranked(by) and not hints:
        descending = not descending
    elif q.sheet.ranked(by):
        descending = direction == "desc"
    rows.step = Top(input=rows.step, n=1, by=(SortKey(column=name, descending=descending),), ties=True)
    return listed(q, rows, column)


def exceeding(q: Question) -> Plan | None:
    """Answer "which won more A than B" and "how many have fewer A than B" for two columns: rows whose one number is above the other."""
    i = next((k for k, p in enumerate(q.rest) if p.kind == "sup" and p.text.casefold() in MORE and q.is_(k + 2, "other", "than")), None)
    if i is None or not (q.is_(i + 1, "column") and q.is_(i + 3, "column")):
        return None
    cue, first, _, second = (q.take(i) for _ in range(4))
    if first.data == second.data or not (q.sheet.measured(first.data) and q.sheet.measured(second.data)):
        raise NotUnderstood("two numbers are compared")
    q.used |= {first.data, second.data}
    rest = conditions(q)
    rows = Rows(q.sheet).where(rest)
    a, b = rows.number(first.data), rows.number(second.data)
    rows.step = Filter(input=rows.step, where=Compare(">" if cue.data == "desc" else "<", Col(a), Col(b)))
    if q.ask.kind == "count":
        return counted(rows)
    return listed(q, rows)


def difference(q: Question) -> Plan | None:
    """Answer "how many more points did A score than B", "the difference in weight between A and B", "… apart"."""
    i = q.has("two", "more", "difference")
    if i is None:
        return None
    cue = q.take(i)
    column = None
    if q.ask.column and q.ask.column != q.sheet.label() and (q.sheet.measured(q.ask.column) or q.sheet.dated(q.ask.column)):
        column = q.ask.column
    q.rest = [p for p in q.rest if p.kind not in {"verb", "count"} and not (p.kind == "cmp" and p.data == "between")]
    columns = [p for p in q.rest if p.kind == "column" and (q.sheet.measured(p.data) or q.sheet.dated(p.data)) and not _names_cell(q, p)]
    operands = [p for p in q.rest if p.kind in {"cell", "day", "ordinal"}]
    names = list(dict.fromkeys(str(p.data) for p in columns))
    links = [p for p in q.rest if p.kind == "other" and p.data in {"and", "than"}]
    nouns = [p for p in q.rest if p.kind == "column" and p not in columns]
    left = [p for p in q.rest if p not in {*columns, *operands, *links, *nouns}]
    if left or len(links) != 1:
        raise NotUnderstood("a difference with more to it")
    if column is None and len(names) == 1:
        column = names[0]
    split = q.rest.index(links[0])
    if len(operands) == 2 and column is not None:
        if len(names) > 1 or (names and names[0] != column):
            raise NotUnderstood("a difference of what")
        first, second = (_row(q, p, operands) for p in operands)
        if first.column != second.column or first == second:
            raise NotUnderstood("two rows of different kinds")
        ordered = cue.data == "more" and q.rest.index(operands[0]) < split < q.rest.index(operands[1])
        if cue.data == "more" and not ordered:
            raise NotUnderstood("more than what")
        if cue.text.casefold().endswith(("fewer", "less")):
            first, second = second, first
        q.rest = []
        return apart(Rows(q.sheet), column, first, second, ordered=ordered)
    if len(names) == 2 and column is None and len(operands) <= 1:
        kept = [_row(q, p, operands) for p in operands]
        if not kept and q.sheet.dataset.rows != 1:
            raise NotUnderstood("the difference of two columns in which row")
        q.rest = []
        return between(Rows(q.sheet).where(kept), names[0], names[1])
    raise NotUnderstood("a difference of what")


def _names_cell(q: Question, p: object) -> bool:
    """Say whether a column is only named beside its cell: "the year 1998"."""
    i = q.rest.index(p)  # type: ignore[arg-type]
    return any(q.is_(k, "cell") and any(h.column == q.rest[i].data for h in q.rest[k].data) for k in (i - 1, i + 1))


def _row(q: Question, p: object, operands: list) -> Condition:  # type: ignore[type-arg]
    i = q.rest.index(p)  # type: ignore[arg-type]
    phrase = q.rest[i]
    if phrase.kind == "ordinal":
        rank = rank_column(q.sheet)
        if rank is None:
            raise NotUnderstood("no ranks")
        return Condition(rank, "number", "==", phrase.data)
    inner = Question(q.sheet, q.ask, [phrase])
    if phrase.kind == "day":
        found = day(inner, None)
        if found is None:
            raise NotUnderstood("no such day")
        return found
    shared = [h for h in phrase.data if all(any(o.column == h.column for o in other.data) for other in operands if other.kind == "cell")]
    hit = choose(inner, tuple(shared) or phrase.data)
    q.cost += inner.cost
    return Condition(hit.column, "cells", value=hit.values)


def together(q: Question) -> Plan | None:
    """Answer "how many points did A and B score together", "the total of C", "the average C in …"."""
    i = q.has("two", "sum", "mean")
    if i is None:
        return None
    cue = q.take(i)
    if q.has("sup") is not None and q.has("other", "or") is not None:  # "who scored more in total, A or B"
        found = either(q) if cue.data == "sum" else None
        if found is None:
            raise NotUnderstood("a choice between two totals")
        return found
    column = measure(q)
    if column is None and q.is_(i, "column") and q.sheet.measured(q.rest[i].data):
        column = str(q.take(i).data)
    if column is None and cue.data == "sum" and q.ask.kind == "cell":
        return None
    if column is None:
        raise NotUnderstood("a total of what")
    q.used.add(column)
    q.ask.column = column
    kept = conditions(q)
    return computed(Rows(q.sheet).where(kept), str(cue.data), column)


def same(q: Question) -> Plan | None:
    """Answer "which has the same C as X", and "how many have the same A as B" for two columns."""
    i = q.has("other", "same")
    if i is None:
        return None
    q.take(i)
    if not q.is_(i, "column"):
        raise NotUnderstood("the same what")
    column = str(q.take(i).data)
    q.rest = [p for p in q.rest if p.kind != "verb"]
    if q.is_(i, "other", "as", "and"):
        q.take(i)
    rows = Rows(q.sheet)
    if q.is_(i, "column") and q.rest[i].data != column:
        other = str(q.take(i).data)
        if q.sheet.profile(column).complete and not set(q.sheet.profile(column).values) & set(q.sheet.profile(other).values):
            raise NotUnderstood(f"no cell of {column} is one of {other}")
        rows.step = Filter(input=rows.step, where=Compare("==", Col(column), Col(other)))
        rest = conditions(q)
        rows.where(rest)
        if q.ask.kind == "count":
            step = Aggregate(input=rows.step, measures=(Measure(name="count", func="size"),))
            return plan(step, "value", "count", "number of rows", rows)
        return listed(q, rows)
    j = q.has("cell")
    if j is None:
        raise NotUnderstood("the same as what")
    operand = q.take(j)
    inner = Question(q.sheet, q.ask, [operand])
    label = q.sheet.label()
    inner.ask.column = None if inner.ask.column == label else inner.ask.column
    x = cells(inner)
    rest = conditions(q)
    if column == x.column or len(x.value) != 1:
        raise NotUnderstood("the same as which row")
    one = Select(input=rows.copy().where([x]).step, columns=(column,))
    rows.step = Filter(input=rows.step, where=Compare("==", Col(column), Cell(one, column)))
    rows.step = Filter(input=rows.step, where=Not(rows.expression(x)))
    rows.where(rest)
    q.used |= {column}
    if q.ask.kind == "count":
        return plan(Aggregate(input=rows.step, measures=(Measure(name="count", func="size"),)), "value", "count", "number of rows", rows)
    return listed(q, rows, None if q.ask.column else x.column)
