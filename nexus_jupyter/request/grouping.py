"""By what the rows are grouped: columns, periods, years, the two kinds of days."""

from __future__ import annotations

import re

from nexus_jupyter.language.tokens import stem
from nexus_jupyter.plan.expressions import Between, Col, Compare, DatePart, If, Lit
from nexus_jupyter.plan.steps import Derive, Filter
from nexus_jupyter.request.filters import filters
from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.recipe import CS, DERIVE, FILTER, C, Recipe, Rule


def _group(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    held = line.held(m[0])
    if held and all(any(w.startswith("fill") for w in line.pieces[i].why) for i in held):
        return False  # "the mean of each species" fills gaps
    columns = line.targets(m[0].rsplit(" by ", 1)[-1])
    for c in columns:
        if c not in r.groups:
            r.groups.append(c)
        r.role("group", c)
    return bool(columns)


def _one(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take "which region has the highest …" as regions that are compared, where they repeat."""
    column = line.targets(m[0])[0]
    if column in r.linker.columns and ((r.linker.number(column) and not r.linker.code(column)) or r.linker.label(column)):
        return False
    return _grouped(r, column)


def _by(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take "average price by region" as a group, where the column repeats and nothing is divided."""
    column = line.targets(m["by"])[0]
    if line.zone != "ask" or re.search(r"divid|multipl|replac|fill|imput|predict", m[0]) or column not in r.linker.columns:
        return False
    return not (r.linker.number(column) and not r.linker.code(column)) and _grouped(r, column)


def _again(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take "for each class" as the group that was named before."""
    word = stem(m["word"])
    return any(word in stem(c.casefold()) for c in [*r.groups, *(r.new,)] if c) or word in {
        stem("category"),
        stem("group"),
        stem("title"),
        stem("label"),
    }


def _period(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take "for each month" as the month of the only date."""
    named = [c for c in r.linker.columns if c.casefold() == m["unit"]]
    if named and line.zone == "ask":
        return _grouped(r, named[0])
    dates = [c for c in r.linker.columns if r.linker.dated(c)]
    if len(dates) != 1 or line.zone != "ask":
        return False
    r.period = m["unit"]
    r.dates.add(dates[0])
    r.role("source", dates[0])
    return True


def _grouped(r: Recipe, column: str) -> bool:
    if column not in r.groups:
        r.groups.append(column)
    r.role("group", column)
    return True


def _week(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Split the days into weekdays and weekends."""
    dates = [c for c in r.linker.columns if r.linker.dated(c)]
    if len(dates) != 1 or "day_type" in r.made:
        return "day_type" in r.made
    r.dates.add(dates[0])
    r.role("source", dates[0])
    value = If(Compare(">=", DatePart(Col(dates[0]), "weekday"), Lit(5)), Lit("weekend"), Lit("weekday"))
    r.made["day_type"] = lambda: value
    r.role("group", "day_type")
    r.groups.append("day_type")
    r.labels["day_type"] = ("weekday", "weekend")
    r.add(DERIVE, "derive day_type", lambda s: Derive(input=s, name="day_type", value=value))
    return True


def _years(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    low, high = line.targets(m[0], "n")[:2]
    named = [c for c in r.linker.columns if c.casefold() == "year" or c.casefold().endswith("_year")]
    if len(named) != 1 or not (1500 < low < high < 2200) or not filters(line):
        return False
    column = named[0]
    _grouped(r, column)
    r.add(FILTER, f"filter {column} {low}", lambda s: Filter(input=s, where=Between(Col(column), Lit(low), Lit(high))), column)
    return True


GROUPS: tuple[Rule, ...] = (
    ("years", r"(?:each|every|the|by) years? (?:from|between) <n\d+> (?:to|and|-) <n\d+>", _years),
    ("week", r"week ?days?\b.{0,40}?\b(?:and|versus|vs|or) (?:the )?week ?ends?", _week),
    ("period", r"(?:for|in|by|per|of|each)(?: the)? (?:each|every) (?P<unit>month|year|quarter|hour)\b(?! (?:and|from))", _period),
    ("period", r"(?:which|what) (?P<unit>month|year|quarter|hour)\b(?= (?:has|had|have|is|was|with))", _period),
    ("group", r"(?:which|what) (?:\w+ of )?(?P<one><c\d+>)(?= (?:has|had|have|is|was|with)\b.*(?:highest|largest|greatest|most|maximum|lowest|smallest|least|minimum|fewest))", _one),
    ("group", rf"(?:for|in|on|by|per|of|within|across|among|between|under|to|at)(?: the)? (?:each|every|different|all|the different|all the|various)(?: (?:unique|distinct|different|individual|of the|\w+ing))?(?: value of(?: the)?)? {C}(?: and <c\d+>)?(?: group| separately)?", _group),
    ("group", rf"(?:group(?:ed|ing|s)?(?: the| all)?(?: \w+| <c\d+>)? by|grouped on|broken down by|per|split by) {CS}", _group),
    ("group", rf"(?:across|between|among|by|for|in|over)(?: the)?(?: different)? (?:groups?|levels|categories|values) (?:of|in|defined by|from|given by)(?: the)? {C}", _group),
    ("group", rf"(?:across|among)(?: the| different| all)* (?P<by>{C})", _by),
    ("group", rf"\b(?:means?|averages?|medians?|total|sum|counts?|number|rate)\b[^.?<]*(?:<c\d+>[^.?<]*)? by (?P<by>{C})", _by),
    ("group", r"(?:for|in|by) each (?P<word>\w+)(?: group)?", _again),
)  # fmt: skip
