"""Look-ups, counts, extremes, first and last rows: questions about the rows that meet conditions."""

from __future__ import annotations

from nexus_jupyter.context.schema import Kind
from nexus_jupyter.context.views import is_missing
from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.language.tokens import name_words
from nexus_jupyter.plan.expressions import Col, IsNull
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.step import Measure, SortKey
from nexus_jupyter.plan.steps import Aggregate, Filter, Select, Top
from nexus_jupyter.sheets.answers import computed, counted, different, listed, plan
from nexus_jupyter.sheets.asking import Question, Repeated, shown
from nexus_jupyter.sheets.conditions import conditions, done, rank_column
from nexus_jupyter.sheets.facts import words
from nexus_jupyter.sheets.rows import Condition, Rows, falling
from nexus_jupyter.sheets.words import PLACING

MOST_ROWS = 100
TIMED = "time duration"


def extreme(q: Question) -> Plan | None:
    """Answer "who got the most points", "which is the tallest", "the least C", "which G has the most rows"."""
    i = q.has("sup")
    if i is None or (q.is_(i, "sup", "best") and q.is_(i + 1, "number")):
        return None
    cue = q.take(i)
    direction, _, hints = str(cue.data).partition("|")
    if direction == "often":
        return _most_often(q)
    by: str | None = None
    n = 1
    if q.is_(i, "number") and isinstance(q.rest[i].data, int) and q.rest[i].data <= MOST_ROWS:
        n = q.take(i).data
    if q.is_(i, "count"):
        q.take(i)
    if hints:
        by = q.sheet.called(hints)
        if q.is_(i, "column") and (q.sheet.measured(q.rest[i].data) or (by is None and q.sheet.dated(q.rest[i].data))):
            by = str(q.take(i).data)
        if hints == TIMED and (by is None or not q.sheet.numeric(by)):  # the fastest is first, where times cannot be read
            by, direction = rank_column(q.sheet), {"asc": "best", "desc": "worst"}[direction]
        if by is None:
            raise NotUnderstood(f"no column for “{cue.text}”")
    elif direction in {"best", "worst"}:
        if q.is_(i, "column") and q.sheet.numeric(q.rest[i].data):
            by = str(q.take(i).data)
        else:
            by = rank_column(q.sheet)
            if q.is_(i, "column") and q.ask.column is None:
                q.ask.column = str(q.take(i).data)
        if by is None:
            raise NotUnderstood("there is no rank to be the best in")
    elif q.is_(i, "column"):
        by = str(q.take(i).data)
        if q.is_(i, "column") and q.sheet.numeric(by):
            head = q.take(i)  # "bonus points": the head of a compound says its kind
            q.cost += 0.2
            if done(head.text) and q.sheet.measured(head.data):  # "the most laps led": what was done is a column of its own
                by = str(head.data)
    elif q.ask.column is not None and q.sheet.measured(q.ask.column) and q.ask.kind == "count":
        by = q.ask.column
    if by is None and q.ask.kind == "cell" and q.ask.column and (q.sheet.measured(q.ask.column) or q.sheet.dated(q.ask.column)):
        by = q.ask.column  # "the longest track", "the highest score"
    if by is None:
        raise NotUnderstood("the most of what")
    if not (q.sheet.numeric(by) or q.sheet.dated(by) or q.sheet.view(by, "score")):
        return _most_rows(q, by, direction)
    q.rest = [p for p in q.rest if not (p.kind == "column" and p.data == by)]  # "handled the most passengers": the column in two places
    q.used.add(by)
    q.own = q.ask.kind == "who"
    rest = conditions(q)
    rows = Rows(q.sheet).where(rest)
    name = rows.time(by) if q.sheet.dated(by) and not q.sheet.numeric(by) else rows.left(by)
    ranked = q.sheet.ranked(by)
    descending = direction == "desc"
    if direction in {"best", "worst"}:
        descending = (direction == "worst") == ranked
    elif ranked and cue.text.casefold().removeprefix("the ") in {"highest", "lowest", "higher", "lower"}:
        descending = not descending
    rows.top(name, descending=descending, n=n)
    if q.ask.kind in {"count", "cell"} and q.ask.column == by:
        return listed(q, rows, by)
    if q.ask.kind == "rows" and not q.ask.said:  # "what is the least total": the number, and whose it is
        return listed(q, rows, q.sheet.label() or by, beside=by)
    if q.ask.kind == "count":
        if q.ask.column is None:
            raise NotUnderstood("a count of an extreme")
        return listed(q, rows, q.ask.column)
    return listed(q, rows)


def _most_often(q: Question) -> Plan:
    """Answer "who won the title the most times": the cells that stand in most rows."""
    named = [p for p in q.rest if p.kind == "column" and q.sheet.column(p.data).kind is Kind.STRING and not q.sheet.profile(p.data).unique]
    if q.ask.column is None and len(named) == 1:
        q.ask.column = str(named[0].data)
        q.rest.remove(named[0])
    elif q.ask.column is None and q.ask.kind in {"who", "where"}:
        q.ask.column = shown(q)
    return _most_rows(q, "", "desc")


def _most_rows(q: Question, by: str, direction: str) -> Plan:
    """Answer "in which city did the most operas premiere": groups are counted."""
    group = q.ask.column
    if group is None and q.ask.kind == "where":
        group = shown(q)
    if direction not in {"desc", "asc"} or group is None or group == by or q.sheet.profile(group).unique:
        raise NotUnderstood("the most of something that is no number")
    rest = conditions(q)
    rows = Rows(q.sheet).where([*rest, Condition(group, "missing", negated=True)])
    step = Aggregate(input=rows.step, keys=(group,), measures=(Measure(name="count", func="size"),))
    top = Top(input=step, n=1, by=(SortKey(column="count", descending=direction == "desc"),), ties=True)
    rows.notes.append(("measure", "Rows are counted."))
    return plan(Select(input=top, columns=(group,)), "list", group, group, rows)


def end(q: Question) -> Plan | None:
    """Answer "the first team listed", "the last driver from X": in listed order, or the other way where the list begins with the latest."""
    i = q.has("end")
    if i is None:
        return None
    cue = q.take(i)
    last = cue.data == "last"
    q.own = q.listing
    if q.ask.kind == "count":
        raise NotUnderstood("a count up to the first or last")
    n = 1
    if q.is_(i, "number") and isinstance(q.rest[i].data, int) and q.rest[i].data <= MOST_ROWS:
        n = q.take(i).data
    if q.is_(i, "column") and q.ask.kind in {"rows", "who"} and q.ask.column is None:
        q.ask.column = str(q.take(i).data)
    elif q.is_(i, "column") and q.ask.kind == "cell" and q.sheet.running(q.rest[i].data):
        q.take(i)  # "the score of the last game": the games are the rows
    if i and q.is_(i - 1, "column") and q.sheet.dated(q.rest[i - 1].data):  # "which train was discontinued first"
        return _by_date(q, str(q.take(i - 1).data), last=last, n=n)
    listed_on = [n for n in q.sheet.dates() if {"listing", "listed"} & set(name_words(n))]
    if listed_on and "listed" in cue.text.casefold():
        return _by_date(q, listed_on[0], last=last, n=n)
    listing = any(p in cue.text.casefold() for p in ("listed", "list", "top", "bottom")) or q.ask.kind == "cell"
    rest = conditions(q)
    rows = Rows(q.sheet).where(rest)
    if q.ask.column and q.sheet.profile(q.ask.column).nulls:
        rows.step = Filter(input=rows.step, where=IsNull(Col(q.ask.column), negated=True))
    if falling(q.sheet) and not listing:
        last = not last
    rows.ends(last=last, n=n)
    rows.notes.append(("order", "The rows are taken in the order in which they are listed."))
    return listed(q, rows)


def _by_date(q: Question, column: str, *, last: bool, n: int) -> Plan:
    """Show the rows with the earliest or latest date."""
    q.used.add(column)
    rows = Rows(q.sheet).where(conditions(q))
    name = column if q.sheet.yearly(column) else rows.time(column)
    return listed(q, rows.top(name, descending=last, n=n))


def count(q: Question) -> Plan | None:
    """Answer "how many rows …", "how many different C", "how many points did X score"."""
    if q.ask.kind != "count":
        return None
    column = q.ask.column
    if column is not None and q.sheet.measured(column) and not q.ask.different:
        q.used.add(column)
        if q.sheet.repeated(column):
            raise Repeated(f"there are several columns {column}")
        rest = conditions(q)
        if not rest:
            return computed(Rows(q.sheet), "sum", column)
        rows = Rows(q.sheet).where(rest)
        q.own = True
        if any(c.how == "cells" and len(c.value) == 1 and not c.negated and q.sheet.profile(c.column).unique for c in rest):
            return listed(q, rows, column)
        return computed(rows, "sum", column)
    gained = q.rest.pop() if q.rest and _gained(q) else None
    rest = conditions(q)
    if gained is not None:  # "scored in the cup": more than nothing
        q.own = True
        q.used.add(str(gained.data))
        rest.append(Condition(str(gained.data), "number", ">", 0))
    q.own = q.own or any(c.how == "cells" and words(c.words) == words(str(c.value[0])) for c in rest)
    rows = Rows(q.sheet).where(rest)
    if column is not None and q.sheet.repeated(column):
        raise Repeated(f"there are several columns {column}")
    if column is None:
        if not rest and not q.listing and not (q.ask.said and q.sheet.peopled()):
            raise NotUnderstood("rows of what kind are counted")
        label = q.sheet.label()
        if not rest and label is not None and q.sheet.profile(label).nulls:  # a row without a name is a remark
            rows.step = Filter(input=rows.step, where=IsNull(Col(label), negated=True))
        if q.ask.noun and any(_names_row(q, c) for c in rest):
            raise NotUnderstood("a count of one row that is named")
        return counted(rows)
    if any(_names_row(q, c) for c in rest) and not q.ask.different:
        raise NotUnderstood("a count of one row that is named")
    if q.ask.different or (not q.sheet.profile(column).unique and (not rest or q.sheet.dated(column)) and column != q.sheet.label()):
        q.own = q.own or q.sheet.running(column)
        return different(rows, column)
    if q.sheet.profile(column).nulls:
        rows.step = Filter(input=rows.step, where=IsNull(Col(column), negated=True))
    if rest and not q.sheet.profile(column).unique and column != q.sheet.label():
        q.cost += 0.3
    return counted(rows, column)


def _names_row(q: Question, c: Condition) -> bool:
    """Say whether a condition names one row by a cell that no other row has."""
    if c.how != "cells" or len(c.value) != 1 or c.negated or is_missing(str(c.value[0])):
        return False
    return q.sheet.profile(c.column).unique


def _gained(q: Question) -> bool:
    """Say whether a count ends with a verb and a number that is 0 where nothing was gained."""
    last = q.rest[-1]
    if q.has("other", "not") is not None:
        return False
    if (
        last.kind != "column"
        or len(q.rest) < 2
        or q.rest[-2].kind != "verb"
        or q.rest[-2].data not in PLACING | {"score", "scored", "win", "won"}
    ):
        return False
    return q.sheet.measured(last.data) and q.sheet.column(last.data).kind.numeric and q.sheet.profile(last.data).minimum == 0


def lookup(q: Question) -> Plan | None:
    """Answer "what is the C of X", "who/when/where … X", "which ones …", "the only one that …"."""
    if q.ask.kind == "count":
        return None
    rest = conditions(q)
    if not rest:
        raise NotUnderstood("which rows are meant")
    rows = Rows(q.sheet).where(rest)
    if q.ask.kind == "rows" and not q.ask.said and q.sheet.label() in q.used:
        raise NotUnderstood("what is asked about the row")
    column = shown(q)
    if column in {c.column for c in rest} and q.ask.column is None:
        raise NotUnderstood("what is asked about the row")
    named = rest[0].how == "cells" and len(rest[0].value) == 1 and words(str(rest[0].value[0])) == words(rest[0].words)
    if len(rest) == 1 and rest[0].column == column and named:
        raise NotUnderstood("the question names its own answer")
    return listed(q, rows, column, distinct=not q.sheet.profile(column).unique)
