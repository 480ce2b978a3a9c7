r"""Typed views: what the text in a messy column means as numbers, ranks, years, dates, durations or scores.

A view is found from the column's distinct values and is only a way to read them: a regular expression whose first group is the part
that counts, which generated code shows and uses too. The cell itself stays what it is, and is what an answer shows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from nexus_jupyter.context.naming import is_identifier, words_of

__all__ = ["NOT_FINISHED", "View", "day_of", "is_missing", "is_total", "view", "views"]

NOT_FINISHED = frozenset("dnf dns dnq dsq dq nc ret wd dsqf exc eliminated cancelled postponed".split())
MISSING = frozenset(
    (
        "- -- \u2014 \u2013 ? . .. ... … n/a na nan null none tba tbd tbc unknown missing not awarded x nil no score present incumbent"
    ).split()
) | {"", "not awarded", "no award", "not applicable"}
TOTALS = frozenset("total totals grand total sum average averages mean overall career career total subtotal sub total all".split()) | {
    "grand total", "career total", "career totals", "sub total", "overall total", "total sum",
}  # fmt: skip
ENOUGH = 0.9
_LOOKED_AT = 600
_MARK = 40
_CELL = 400
_SIGN = "[-+\u2212]?"
_THOUSANDS = r"\d{1,3}(?:[,\s]\d{3})+(?:\.\d+)?"
NUMBER = rf"^\W*?({_SIGN}(?:{_THOUSANDS}|\d*\.\d+|\d+))(?:\.?$|[^\d:.,/'’–—-])"  # noqa: RUF001
PLAIN = NUMBER.replace("+\u2212", "+")
COMMA = r"^\W*?([-+]?\d+,\d+|[-+]?\d+)(?:$|[^\d:.,/–—-])"  # noqa: RUF001
RANK = r"^[T=#\s]*(\d+)(?:\.?$|[^\d:.,/'’–—-])"  # noqa: RUF001
YEAR = r"\b(1\d{3}|20\d{2})\b"
SCORE = r"^\D*?(\d+)\s*[-–—]\s*\d+(?:$|[^\d:.,/–—-])"  # noqa: RUF001
OTHER_SIDE = r"^\D*?\d+\s*[-–—]\s*(\d+)(?:$|[^\d:.,/–—-])"  # noqa: RUF001
DURATION = re.compile(r"^\+?(?:(\d+):)?(\d+):(\d\d(?:\.\d+)?)$")
DATES: tuple[tuple[str, str], ...] = (
    ("%B %d, %Y", r"([A-Z][a-z]+ \d{1,2}, \d{4})"),
    ("%b %d, %Y", r"([A-Z][a-z]{2} \d{1,2}, \d{4})"),
    ("%d %B %Y", r"(\d{1,2} [A-Z][a-z]+ \d{4})"),
    ("%d %b %Y", r"(\d{1,2} [A-Z][a-z]{2} \d{4})"),
    ("%Y-%m-%d", r"(\d{4}-\d{2}-\d{2})"),
    ("%d.%m.%Y", r"(\d{1,2}\.\d{1,2}\.\d{4})"),
    ("%m/%d/%Y", r"(\d{1,2}/\d{1,2}/\d{4})"),
)
_RANKED = frozenset("rank ranking place position pos finish fin standing pl peak".split())
_ORDINAL = re.compile(r"^[T=]?\d+(?:st|nd|rd|th)\b|^#\d+$")
_SCALES = re.compile(r"(?i)\d\s*(thousand|million|billion)\b")
_MONTHS = {m: i + 1 for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())}
_DAY = re.compile(
    r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<m>[A-Za-z]{3,9})\.?(?:\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?![\d:]))?(?:\s*,?\s+(?P<y>\d{4})\b)?"
)
_NAMES = ("january february march april may june july august september october november december").split()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A way to read the cells of a text column.

    Attributes
    ----------
    what
        "number", "rank" (the smallest is the best), "year", "date", "duration" (in seconds) or "score" (the left side).
    pattern
        The regular expression whose first group is read.
    format
        The strptime format of a date; "," for a number with a decimal comma.
    scaled
        True where the words million and billion count.
    unread
        Cells that are neither missing nor read: at most one in ten.
    """

    what: Literal["number", "rank", "year", "date", "duration", "score"]
    pattern: str
    format: str = ""
    scaled: bool = False
    unread: tuple[str, ...] = ()

    def read(self, text: str) -> float | dt.date | None:
        """Read one cell as generated code does."""
        if self.what == "duration":
            clock = DURATION.search(text)
            return float(clock[1] or 0) * 3600 + float(clock[2]) * 60 + float(clock[3]) if clock else None
        found = re.search(self.pattern, text)
        if found is None:
            return None
        if self.what == "date":
            try:
                return dt.datetime.strptime(found[1], self.format).date()  # noqa: DTZ007 - a day has no time zone
            except ValueError:
                return None
        digits = found[1].replace("\u2212", "-")
        digits = re.sub(r"[^\d,-]", "", digits).replace(",", ".") if self.format == "," else re.sub(r"[^\d.-]", "", digits)
        try:
            value = float(digits)
        except ValueError:
            return None
        scale = _SCALES.search(text) if self.scaled else None
        return value * {"t": 1e3, "m": 1e6, "b": 1e9}[scale[1][0].lower()] if scale else value


def is_missing(text: str) -> bool:
    """Say whether a cell only marks that there is nothing: a dash, a question mark, N/A, DNF."""
    if len(text) > _MARK:
        return False
    low = text.strip().casefold()
    return low in MISSING or low in NOT_FINISHED


def is_total(text: str) -> bool:
    """Say whether a cell calls its row a total, an average or the like: such a row is no row of data."""
    return len(text) <= _MARK and re.sub(r"[^a-z ]", "", text.casefold()).strip() in TOTALS


def views(name: str, values: Sequence[object]) -> tuple[View, ...]:
    """Give the views of a text column, the most telling first.

    Parameters
    ----------
    name
        The column's name: `Rank` says that the smallest number is the best.
    values
        Distinct values of the column; a few hundred are looked at.
    """
    return _views(name, tuple(v for v in values[:_LOOKED_AT] if isinstance(v, str)))


def view(name: str, values: Sequence[object], *what: str) -> View | None:
    """Give the column's view of one of these kinds, or None."""
    return next((v for v in views(name, values) if not what or v.what in what), None)


@lru_cache(maxsize=2048)
def _views(name: str, values: tuple[str, ...]) -> tuple[View, ...]:
    texts = [v for v in values if not is_missing(v) and not is_total(v)]
    if sum(len(t) > _CELL for t in texts) > (1 - ENOUGH) * len(texts):
        return ()  # prose
    if len(texts) < 2 and len(values) > 2:
        return ()
    found: list[View] = []
    for form, pattern in DATES:
        made = _checked(View(what="date", pattern=pattern, format=form), texts)
        if made:
            found.append(made)
            break
    year = None if is_identifier(name) else _checked(View(what="year", pattern=YEAR), texts)
    if year and (found or _yearly(texts)):
        return (*found, year)
    if found:
        return tuple(found)
    for made in (
        _checked(View(what="duration", pattern=""), texts),
        _checked(View(what="score", pattern=SCORE), texts),
        _number(name, texts),
    ):
        if made:
            return (made,)
    return ()


def _number(name: str, texts: list[str]) -> View | None:
    if (_RANKED.intersection(words_of(name)) or sum(bool(_ORDINAL.match(t.strip())) for t in texts) >= ENOUGH * len(texts)) and (
        made := _checked(View(what="rank", pattern=RANK), texts)
    ):
        return made
    scaled = any(_SCALES.search(t) for t in texts)
    signed = any("\u2212" in t for t in texts)
    comma = any(re.fullmatch(r"\W*\d+,\d{1,2}\D*", t) for t in texts) and not any(re.search(r"\d,\d{3}|\d\.\d", t) for t in texts)
    if comma:
        return _checked(View(what="number", pattern=COMMA, format=","), texts)
    return _checked(View(what="number", pattern=NUMBER if signed else PLAIN, scaled=scaled), texts)


def _checked(made: View, texts: list[str]) -> View | None:
    """Give the view with the cells that it cannot read, or None where these are too many."""
    unread = tuple(t for t in texts if len(t) > _CELL or made.read(t) is None)
    if not texts or len(unread) > (1 - ENOUGH) * len(texts):
        return None
    return View(what=made.what, pattern=made.pattern, format=made.format, scaled=made.scaled, unread=unread)


def _yearly(texts: list[str]) -> bool:
    """Say whether the cells are years, ranges of years or little more, and not texts in which a year occurs."""
    return sum(len(re.sub(r"\d{4}|[^\w]|present|ca?\b|circa", "", t)) <= 12 for t in texts) >= ENOUGH * len(texts)


@lru_cache(maxsize=20_000)
def day_of(text: str) -> tuple[int | None, int, int | None] | None:
    """Give year, month and day that a text names, with None for what it leaves out; None where it names no month.

    Examples
    --------
    >>> day_of("May 4, 1943"), day_of("4 May 1943"), day_of("November 6th")
    ((1943, 5, 4), (1943, 5, 4), (None, 11, 6))
    """
    iso = re.search(r"\b(\d{4})-(\d\d)-(\d\d)\b", text)
    if iso:
        return int(iso[1]), int(iso[2]), int(iso[3])
    for m in _DAY.finditer(text):
        word = m["m"].casefold()
        month = _MONTHS.get(word[:3])
        if month is None or not (word == _NAMES[month - 1] or len(word) == 3 or word == "sept"):
            continue
        day = m["d1"] or m["d2"]
        if day is None and m["y"] is None:
            continue
        return int(m["y"]) if m["y"] else None, month, int(day) if day else None
    return None
