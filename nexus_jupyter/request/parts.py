"""Parts in plain words: lengths and pieces of text, spans of time and parts of dates."""

from __future__ import annotations

import re
from typing import Any, Literal

from nexus_jupyter.plan.conversions import Extract, Piece
from nexus_jupyter.plan.expressions import Col, DatePart, Expr, Func, Span
from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.prepared import Prepared, one_text, words_for
from nexus_jupyter.request.recipe import C
from nexus_jupyter.request.treatments import PlainRule

_SEVERAL = 30


# --- text
def _length(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    column = one_text(p, line, m["column"])
    if not column:
        return None
    words = bool(re.search(r"word", m[0]))
    return p.derive(words_for(column, "words" if words else "length"), Func("words" if words else "length", Col(column))).replace("_", " ")


def _longest(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    """Take "the longest title" as the title whose length is the highest."""
    column = one_text(p, line, m["column"])
    if not column:
        return None
    name = p.derive(words_for(column, "length"), Func("length", Col(column))).replace("_", " ")
    return f"{column} with the {'highest' if m['which'] == 'longest' else 'lowest'} {name}"


_PIECES = {"first": 0, "second": 1, "third": 2, "last": -1}


def _piece(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    column = one_text(p, line, m["column"])
    if not column:
        return None
    which, unit = m["which"], m["unit"]
    if unit.startswith(("letter", "char", "initial")):
        n = line.targets(m[0], "n")[0] if line.targets(m[0], "n") else 1
        value: Expr = Extract(Col(column), rf"^(.{{{n}}})" if which == "first" else rf"(.{{{n}}})$")
        words = f"{which} letter"
    else:
        value, words = Piece(Col(column), " ", _PIECES[which]), f"{which} word"
    return p.derive(words_for(column, words), value, distinct=_SEVERAL).replace("_", " ")


def _domain(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    column = one_text(p, line, m["column"])
    if not column:
        return None
    values = [v for v in p.profile(column).values[:100] if isinstance(v, str)]
    if not values or sum("@" in v for v in values) < 0.9 * len(values):
        return None
    return p.derive(words_for(column, "domain"), Extract(Col(column), r"@(.+)$"), distinct=_SEVERAL).replace("_", " ")


# --- time
_UNITS: dict[str, Literal["days", "hours", "minutes", "years"]] = {"day": "days", "hour": "hours", "minute": "minutes", "year": "years"}


def _span(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    names = [c for c in line.targets(m["from"]) + line.targets(m["to"]) if c in p.now.schema]
    if len(names) != 2 or not all(p.dated(c) for c in names):
        return None
    if m["turned"]:
        names.reverse()
    unit: Literal["days", "hours", "minutes", "years"] = next((u for w, u in _UNITS.items() if re.search(rf"\b{w}s?\b", m[0])), "days")
    p.notes.append(("span", f"The time runs from `{names[0]}` to `{names[1]}`, in {unit}."))
    name = p.derive(f"elapsed {unit}", Span(Col(names[0]), Col(names[1]), unit))
    return name.replace("_", " ")


def _age(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    """Take "age at start" as the years since birth."""
    born = [c.name for c in p.now.schema if re.search(r"birth|dob|born", c.name.casefold())]
    to = [c for c in line.targets(m["to"]) if c in p.now.schema and c not in born]
    if len(born) != 1 or len(to) != 1 or not (p.dated(born[0]) and p.dated(to[0])):
        return None
    p.notes.append(("age", f"The age is the time from `{born[0]}` to `{to[0]}`, in years."))
    return p.derive("age then", Span(Col(born[0]), Col(to[0]), "years")).replace("_", " ")


def _part(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    """Take "hour of the day", "day of the month" as a part of the only date."""
    dates = [c for c in line.targets(m["column"] or "") if p.dated(c)] or list(p.dates())
    if len(dates) != 1 or not p.dated(dates[0]):
        return None
    part: Any = {"hour": "hour", "day": "day", "week": "week"}[m["unit"]]
    return p.derive(
        {"hour": "clock hour", "day": "month day", "week": "year week"}[m["unit"]], DatePart(Col(dates[0]), part), distinct=60
    ).replace("_", " ")


PARTS: tuple[PlainRule, ...] = (
    (rf"(?:(?:character )?lengths?|number of characters|character counts?) (?:of|in|for) (?P<column>{C})", _length),
    (rf"(?:number of words|word counts?) (?:of|in|per|for) (?P<column>{C})", _length),
    (rf"(?P<which>longest|shortest) (?P<column>{C})", _longest),
    (rf"(?P<which>first|second|third|last) (?:<n\d+> )?(?P<unit>words?|letters?|characters?|initials?) (?:of|in|from) (?P<column>{C})", _piece),
    (rf"(?:domain|provider)s?(?: names?)? (?:of|in|from) (?P<column>{C})", _domain),
    (rf"(?P<column>{C}) (?:domain|provider)s?", _domain),
    (rf"(?:(?:number of|how many|tenure in|duration in|time in|length in|difference in|gap in) )?(?:days|hours|minutes|years)(?: (?:difference|elapsed|passed))? (?:between|from) (?P<from>{C}|<c\d+>) (?:and|to|until|till) (?P<to>{C})(?P<turned>$^)?", _span),
    (rf"(?:time|duration|gap|delay|interval|lag|days|difference)(?: (?:elapsed|span|difference))? (?:between|from) (?P<from>{C}) (?:and|to|until|till) (?P<to>{C})(?P<turned>$^)?(?: in (?:days|hours|minutes|years))?", _span),
    (rf"age(?: in years)? (?:at|on|when) (?P<to>{C})(?: in years)?", _age),
    (r"(?P<unit>hour|day|week) of (?:the )?(?:day|month|year)(?: (?:of|in) (?P<column><c\d+>))?", _part),
)  # fmt: skip
