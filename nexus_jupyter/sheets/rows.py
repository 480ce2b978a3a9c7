"""The rows that a question about a sheet speaks of, as plan steps: conditions, readings of text, order, neighbours."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import Any

from nexus_jupyter.context.schema import Kind
from nexus_jupyter.context.views import View, day_of
from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.plan.conversions import Duration
from nexus_jupyter.plan.expressions import Between, Col, Compare, DatePart, Expr, In, IsNull, Like, Lit, Not, all_of
from nexus_jupyter.plan.readings import Reading
from nexus_jupyter.plan.step import Cast, SortKey, Step
from nexus_jupyter.plan.steps import Derive, Filter, Source, Top, Window
from nexus_jupyter.sheets.facts import Sheet

FEW = 6


@dataclass(frozen=True, slots=True)
class Condition:
    """What is asked of a row: `how` is "cells" (values), "number" (op, value), "year" (op, value), "day" (op, value) or "missing"."""

    column: str
    how: str
    op: str = "=="
    value: Any = None
    high: Any = None
    negated: bool = False
    words: str = ""


class Rows:
    """Builds the steps; what is computed with gets a column of its own, so that the cells stay as they are."""

    def __init__(self, sheet: Sheet) -> None:
        """Begin with the rows of data: totals are left out."""
        self.sheet = sheet
        self.notes: list[tuple[str, str]] = []
        self.made: dict[tuple[str, str], str] = {}
        zoned = tuple(Cast(column=name, to="local") for name, p in sheet.dataset.profiles.items() if p.zone)
        self.step: Step = Source(dataset=sheet.dataset.name, table=sheet.dataset.schema, casts=zoned)
        if sheet.totals:
            column, cells = sheet.totals
            self.step = Filter(input=self.step, where=Not(In(Col(column), cells)))
            self.notes.append(("rows", f"Rows that are totals are left out: {column} is {' or '.join(f'“{c}”' for c in cells)}."))

    def copy(self) -> Rows:
        """Give the same rows, to go on differently."""
        other = Rows.__new__(Rows)
        other.sheet, other.notes, other.made, other.step = self.sheet, self.notes, dict(self.made), self.step
        return other

    # --- readings
    def number(self, column: str) -> str:
        """Name a column with the cells as numbers; a rank, year or duration is a number too."""
        return self._read(column, ("number", "rank", "duration", "year"), "number")

    def left(self, column: str) -> str:
        """Name a column with the cells as numbers, the left side of a score for want of better."""
        return self._read(column, ("number", "rank", "duration", "score", "year"), "number")

    def time(self, column: str) -> str:
        """Name a column with the cells as dates, else as years."""
        return self._read(column, ("date", "year"), "time")

    def year(self, column: str) -> str:
        """Name a column with the years of the cells."""
        return self._read(column, ("year",), "year")

    def _read(self, column: str, kinds: tuple[str, ...], suffix: str) -> str:
        if self.sheet.column(column).kind is not Kind.STRING:
            return column
        view = self.sheet.view(column, *kinds)
        if view is None:
            raise NotUnderstood(f"{column} is text that cannot be read as a {suffix}")
        if (column, view.what) not in self.made:
            name = f"{column} ({suffix})"
            while name in self.step.schema:
                name += "_"
            self.step = Derive(input=self.step, name=name, value=reading(column, view))
            self.made[column, view.what] = name
            if view.unread:
                shown = ", ".join(f"“{v}”" for v in view.unread[:3])
                self.notes.append(("reading", f"Some cells of {column} are no {suffix} and do not count: {shown}."))
        return self.made[column, view.what]

    # --- conditions
    def where(self, conditions: list[Condition]) -> Rows:
        """Keep the rows that meet all conditions."""
        parts = tuple(self.expression(c) for c in conditions)
        where = all_of(parts)
        if where is not None:
            self.step = Filter(input=self.step, where=where)
        return self

    def expression(self, c: Condition, column: str | None = None) -> Expr:
        """Give a condition as an expression, on another column where one is named."""
        col = Col(column or c.column)
        match c.how:
            case "cells":
                return self._cells(c, col)
            case "like":
                return Like(col, c.op, str(c.value), negated=c.negated)  # type: ignore[arg-type]
            case "missing":
                return IsNull(col, negated=c.negated)
            case "number":
                name = Col(self.left(c.column)) if column is None else col
                said: Expr = Between(name, Lit(c.value), Lit(c.high)) if c.op == "between" else Compare(c.op, name, Lit(c.value))  # type: ignore[arg-type]
            case "year":
                if self.sheet.column(c.column).kind.temporal:
                    part: Expr = DatePart(Col(c.column), "year")
                else:
                    part = Col(self.year(c.column))
                said = Between(part, Lit(c.value), Lit(c.high)) if c.op == "between" else Compare(c.op, part, Lit(c.value))  # type: ignore[arg-type]
            case "day":
                view = self.sheet.view(c.column, "date")
                if view is None and not self.sheet.column(c.column).kind.temporal:
                    raise NotUnderstood(f"{c.column} holds no whole dates")
                said = Compare(c.op, Col(self.time(c.column)), Lit(c.value))  # type: ignore[arg-type]
            case _:
                raise NotUnderstood(f"a condition of kind {c.how}")
        return Not(said) if c.negated else said

    def _cells(self, c: Condition, col: Col) -> Expr:
        values = tuple(c.value)
        if len(values) == 1:
            return Compare("!=" if c.negated else "==", col, Lit(values[0]))
        if len(values) > FEW and c.words and self.sheet.profile(c.column).complete:
            having = tuple(v for v in self.sheet.profile(c.column).values if isinstance(v, str) and c.words.casefold() in v.casefold())
            if set(having) == set(values):
                return Like(col, "contains", c.words, negated=c.negated)
        return In(col, values, negated=c.negated)

    # --- order and neighbours
    def ends(self, *, last: bool, n: int = 1) -> Rows:
        """Keep the first or last rows as they are listed."""
        self.step = Top(input=self.step, n=n, last=last)
        return self

    def top(self, column: str, *, descending: bool, n: int = 1) -> Rows:
        """Keep the rows with the largest or smallest value, equal ones too."""
        self.step = Top(input=self.step, n=n, by=(SortKey(column=column, descending=descending),), ties=True)
        return self

    def beside(self, conditions: list[Condition], *, after: bool) -> Rows:
        """Keep the rows right after (or before) those that meet the conditions, as the rows are listed or sorted by now."""
        shifted: dict[str, str] = {}
        for c in conditions:
            read = c.column if c.how in {"cells", "missing"} else self.left(c.column) if c.how == "number" else self.year(c.column)
            if read not in shifted:
                name = f"{'previous' if after else 'next'} {read}"
                while name in self.step.schema:
                    name += "_"
                self.step = Window(input=self.step, name=name, func="lag" if after else "lead", column=read)
                shifted[read] = name
        parts = []
        for c in conditions:
            read = c.column if c.how in {"cells", "missing"} else self.left(c.column) if c.how == "number" else self.year(c.column)
            if c.how == "year":
                parts.append(Compare("==", Col(shifted[read]), Lit(c.value)))
            else:
                parts.append(self.expression(c, shifted[read]))  # type: ignore[arg-type]
        where = all_of(tuple(parts))
        if where is None:
            raise NotUnderstood("beside which row")
        self.step = Filter(input=self.step, where=where)
        return self


def reading(column: str, view: View) -> Expr:
    """Give the expression of a view."""
    if view.what == "duration":
        return Duration(Col(column))
    return Reading(Col(column), "date" if view.what == "date" else "number", view.pattern, view.format, view.scaled)


def falling(sheet: Sheet) -> bool:
    """Say whether the rows are listed from the latest date to the earliest, as far as the dates show that do not repeat."""
    for name in sheet.dates():
        profile = sheet.profile(name)
        if not profile.unique or len(profile.values) < 3:
            continue
        found = [_moment(v, sheet, name) for v in profile.values[:50]]
        known = [f for f in found if f is not None]
        if len(known) > 2:
            return all(a >= b for a, b in itertools.pairwise(known))
    return False


def _moment(value: Any, sheet: Sheet, name: str) -> Any:
    if isinstance(value, (int, float)):
        return (int(value), 0, 0)
    if isinstance(value, (dt.date, dt.datetime)):
        return (value.year, value.month, value.day)
    if isinstance(value, str):
        if (day := day_of(value)) is not None and day[0] is not None:
            return (day[0], day[1], day[2] or 0)
        view = sheet.view(name, "year")
        year = view.read(value) if view else None
        return (int(year), 0, 0) if isinstance(year, float) else None
    return None
