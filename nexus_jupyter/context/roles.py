"""The role of a column, from its kind, its name and what its values showed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nexus_jupyter.context.dataset import Profile
from nexus_jupyter.context.naming import is_code, is_geography, is_identifier, is_year, words_of
from nexus_jupyter.context.schema import Kind, Role

__all__ = ["role_of"]

_YEARS = (1500, 2200)
_CALENDAR = {"month": (1, 12), "day": (1, 366), "hour": (0, 24), "minute": (0, 60), "quarter": (1, 4), "week": (0, 54), "weekday": (0, 7)}
_PROSE = frozenset(
    ("description comment comments text review body notes note summary abstract message content details tweet title").split()
)
_SIX = 6
LEAST_RUNNING = 20
_ORDERED = frozenset(
    (
        "rank ranking pos position place order index time t day week month round game match event stage lap season year step "
        "period age value x y a b n score"
    ).split()
)
MAX_NUMBERS = 200
"""So many different numbers a profile lists, where all are whole."""
_CARD = 10**12
_DAYS = (1500_01_01, 2200_12_31)


def role_of(name: str, kind: Kind, profile: Profile, *, rows: int, table: str = "") -> Role:
    """Give the role of one column.

    Parameters
    ----------
    name
        The column's name.
    kind
        What its cells hold.
    profile
        What a look at its values showed; `date_format` and `number_format` must be there already.
    rows
        Rows that were looked at.
    table
        The dataset's name: `flight` in `flights` is an identifier.
    """
    if kind is Kind.BOOLEAN:
        return Role.BOOLEAN
    if kind.temporal:
        return Role.DATE
    if kind in {Kind.NESTED, Kind.OTHER}:
        return Role.TEXT
    if kind is Kind.TIME:
        return Role.CATEGORY
    if kind is Kind.DURATION:
        return Role.MEASURE
    return _text_role(name, profile, rows, table) if kind is Kind.STRING else _number_role(name, kind, profile, rows, table)


def _number_role(name: str, kind: Kind, profile: Profile, rows: int, table: str) -> Role:
    low, high = profile.minimum, profile.maximum
    if low is None:
        return Role.MEASURE
    whole = kind is Kind.INTEGER or all(isinstance(v, int) or float(v).is_integer() for v in (*profile.values[:50], low, high))
    if is_geography(name):
        return Role.GEOGRAPHY
    if not whole or (
        kind is Kind.FLOAT and not profile.values and profile.distinct <= MAX_NUMBERS
    ):  # few values are listed if all are whole
        return Role.MEASURE
    if (
        is_identifier(name, table=table if kind is Kind.INTEGER else "")
        or (high > _CARD and profile.unique)
        or words_of(name)[-1:] == ("name",)
    ):
        return Role.IDENTIFIER
    if _running(name, profile, rows) and kind is Kind.INTEGER:
        return Role.IDENTIFIER
    if {"date", "day", "dt"}.intersection(words_of(name)) and low > _DAYS[0] and high < _DAYS[1]:
        return Role.CATEGORY
    if is_year(name) and low >= _YEARS[0] and high <= _YEARS[1]:
        return Role.DATE
    if is_code(name):
        span = next((_CALENDAR[w] for w in words_of(name) if w in _CALENDAR), None)
        return Role.CATEGORY if span is None or (low >= span[0] and high <= span[1]) else Role.MEASURE
    if kind is Kind.INTEGER and (low, high) == (0, 1) and profile.nulls == 0 and rows > _SIX:
        return Role.BOOLEAN
    return Role.MEASURE


def _running(name: str, profile: Profile, rows: int) -> bool:
    """Say whether numbers count the rows, 1 to n, under a name that is no rank and no time."""
    low, high = profile.minimum, profile.maximum
    counting = profile.unique and profile.nulls == 0 and rows >= LEAST_RUNNING and low in (0, 1) and high - low + 1 == rows
    return counting and not {*words_of(name)} & _ORDERED and len(words_of(name)) == 1


def _text_role(name: str, profile: Profile, rows: int, table: str) -> Role:
    if profile.date_format:
        return Role.DATE
    filled = max(rows - profile.nulls, 0)
    if profile.number_format:
        if is_geography(name):
            return Role.GEOGRAPHY
        return Role.IDENTIFIER if is_identifier(name, table=table) or words_of(name)[-1:] == ("code",) else Role.MEASURE
    length, words = _shape(profile.values)
    if is_geography(name) and words <= _SIX * 2:
        return Role.GEOGRAPHY
    if is_identifier(name, table=table) and profile.distinct > 1 and (profile.unique or words < 2):
        return Role.IDENTIFIER
    if words > _SIX or length > 60 or (_PROSE.intersection(words_of(name)) and words > 3 and profile.distinct > 0.5 * filled):
        return Role.TEXT if profile.distinct > 20 or profile.distinct > 0.3 * filled else Role.CATEGORY
    return Role.IDENTIFIER if profile.unique and filled >= 10 and not is_code(name) else Role.CATEGORY


def _shape(values: Sequence[Any]) -> tuple[float, float]:
    """Give the mean length and the mean number of words of text values."""
    texts = [v for v in values[:200] if isinstance(v, str)]
    if not texts:
        return 0.0, 0.0
    return sum(map(len, texts)) / len(texts), sum(len(t.split()) for t in texts) / len(texts)
