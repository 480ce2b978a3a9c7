"""Text that means something else: dates and numbers written as words, recognised from the distinct values of a column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["MISSING_MARKS", "date_format", "number_format", "number_unit", "unparsed"]

MISSING_MARKS = frozenset(
    {"", "-", "--", "\u2014", "\u2013", "?", ".", "...", "\u2026", "n/a", "na", "nan", "null", "none", "tba", "tbd", "unknown", "missing"}
)
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NAMES = {
    **dict.fromkeys(_MONTHS, "B"),
    **{m[:3]: "b" for m in _MONTHS},
    **dict.fromkeys(_DAYS, "A"),
    **{d[:3]: "a" for d in _DAYS},
    "am": "p",
    "pm": "p",
}
_NAMES["may"] = "b"
_TOKEN = re.compile(r"[A-Za-z]+|\d+")
_TIME = re.compile(r"(?P<gap>[T ]+)(?P<clock>[12]:2(?::2)?)(?P<fraction>\.[1-9])?(?P<half> ?p)?(?P<zone> ?(?:Z|[+-](?:4|2:2|2)))?$")
_DATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"4(?P<s>[-/. ])[12](?P=s)[12]", ("%Y{s}%m{s}%d", "%Y{s}%d{s}%m")),
    (r"[12](?P<s>[-/. ])[12](?P=s)4", ("%m{s}%d{s}%Y", "%d{s}%m{s}%Y")),
    (r"[12](?P<s>[-/.])[12](?P=s)2", ("%m{s}%d{s}%y", "%d{s}%m{s}%y")),
    (r"4(?P<s>[-/])2", ("%Y{s}%m",)),
    (r"2(?P<s>[-/])4", ("%m{s}%Y",)),
    (r"[12](?P<s>[- /])[Bb](?P=s)4", ("%d{s}{m}{s}%Y",)),
    (r"[12](?P<s>[- /])[Bb](?P=s)2", ("%d{s}{m}{s}%y",)),
    (r"4(?P<s>[- /])[Bb](?P=s)[12]", ("%Y{s}{m}{s}%d",)),
    (r"[Bb](?P<s> )[12], 4", ("{m}{s}%d, %Y",)),
    (r"[Bb](?P<s> )[12] 4", ("{m}{s}%d %Y",)),
    (r"[Bb]\. (?P<s>)[12], 4", ("{m}. %d, %Y",)),
    (r"[Aa], (?P<s>)[Bb] [12], 4", ("{a}, {m} %d, %Y",)),
    (r"[Aa], (?P<s>)[12] [Bb] 4", ("{a}, %d {m} %Y",)),
    (r"[Bb](?P<s>[- /])4", ("{m}{s}%Y",)),
    (r"[Bb](?P<s>[- /])2", ("{m}{s}%y",)),
)
_COMPILED = tuple((re.compile(shape), formats) for shape, formats in _DATES)
_ENOUGH = 0.9
_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[-+−])?\s?(?P<prefix>[$€£¥₹]|US\$|USD|EUR|GBP|Rs\.?)?\s?(?P<sign2>[-−])?"  # noqa: RUF001
    r"(?P<body>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u202f']\d{3})+(?:[.,]\d+)?|"
    r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d+,\d+|\d*\.\d+|\d+\.?)"
    r"(?:[eE][-+]?\d+)?\s?(?P<suffix>%|[$€£¥₹]|[kKMB]n?|[A-Za-zµ°²³/]{1,6}\.?(?: ?[A-Za-z]{1,6})?)?(?(open)\))"
)


def date_format(values: Sequence[str], *, bare_years: bool = False) -> str | None:
    """Give the strptime format of text that is a date, "mixed" where several are needed, None where it is no date.

    Parameters
    ----------
    values
        Distinct values of the column; a few hundred are enough.
    bare_years
        True where the name of the column allows eight or four digits to be a date.
    """
    texts = [v.strip() for v in values[:600] if v.strip().casefold() not in MISSING_MARKS]
    if not texts:
        return None
    if bare_years:
        for length, form, pattern in (
            (4, "%Y", r"1[5-9]\d\d|20\d\d|2100"),
            (8, "%Y%m%d", r"(?:1[5-9]|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])"),
        ):
            if sum(len(t) == length and bool(re.fullmatch(pattern, t)) for t in texts) >= _ENOUGH * len(texts):
                return form
    shapes = Counter(_shape(t) for t in texts[:60])
    candidates = [f for shape, _ in shapes.most_common(12) for f in _formats(shape)]
    if not candidates:
        return None
    best = _best(texts, list(dict.fromkeys(candidates)))
    return None if (best in {"%Y/%m", "%Y-%m"} and _seasons(texts)) or (best in {"%B %y", "%b %y"} and _days(texts)) else best


def unparsed(values: Sequence[str], form: str) -> tuple[str, ...]:
    """Give the values that are neither missing nor of this strptime format, a few hundred looked at."""
    import pandas as pd

    texts = [v for v in values[:600] if v.strip().casefold() not in MISSING_MARKS]
    parsed = pd.to_datetime(pd.Series([t.strip() for t in texts], dtype="str"), format=form, errors="coerce", utc=True)
    return tuple(t for t, found in zip(texts, parsed.notna(), strict=True) if not found)


def _seasons(texts: list[str]) -> bool:
    """Say whether `2002/03` means the season from 2002 to 2003, not March."""
    return sum(len(t) == 7 and t[:4].isdigit() and int(t[5:7]) == (int(t[:4]) + 1) % 100 for t in texts if t[5:7].isdigit()) >= 0.8 * len(
        texts
    )


def _days(texts: list[str]) -> bool:
    """Say whether `July 17` means a day of a year that is left out: numbers that a day may have, and hardly any of them twice."""
    numbers = [int(t[-2:]) for t in texts if t[-2:].isdigit()]
    return (
        max(numbers, default=32) <= 31
        and len(set(numbers)) > len(numbers) / 2
        and sorted(set(numbers)) != list(range(min(numbers), max(numbers) + 1))
    )


def _shape(text: str) -> str:
    return _TOKEN.sub(lambda m: str(len(m.group())) if m.group().isdigit() else _NAMES.get(m.group().casefold(), m.group()), text)


def _formats(shape: str) -> list[str]:
    """Give the strptime formats that a value of this shape may have."""
    if len(shape) > 40:
        return []
    tail = ""
    if clock := _TIME.search(shape):
        hours = "%I" if clock["half"] else "%H"
        tail = clock["gap"] + f"{hours}:%M" + (":%S" if clock["clock"].count(":") == 2 else "") + (".%f" if clock["fraction"] else "")
        tail += clock["half"].replace("p", "%p") if clock["half"] else ""
        tail += (" %z" if clock["zone"].startswith(" ") else "%z") if clock["zone"] else ""
        shape = shape[: clock.start()]
    found = []
    for pattern, formats in _COMPILED:
        if match := pattern.fullmatch(shape):
            names = {"s": match["s"], "m": "%B" if "B" in shape else "%b", "a": "%A" if "A" in shape else "%a"}
            found += [re.sub(r"\{(\w)\}", lambda m, n=names: n[m.group(1)], f) + tail for f in formats]  # type: ignore[misc]
    return found


def _best(texts: list[str], candidates: list[str]) -> str | None:
    import pandas as pd

    series = pd.Series(texts, dtype="str")
    parsed = {f: pd.to_datetime(series, format=f, errors="coerce", utc=True).notna() for f in candidates}
    best = max(candidates, key=lambda f: int(parsed[f].sum()))
    if parsed[best].mean() >= _ENOUGH:
        return best
    together = parsed[best].copy()
    for form in candidates:
        together |= parsed[form]
    return "mixed" if together.mean() >= _ENOUGH else None


def number_format(values: Sequence[str]) -> str | None:
    """Describe how text that is a number is written ("1,234.5", "$1,234", "12%"), or give None.

    Parameters
    ----------
    values
        Distinct values of the column; marks of missing cells are left out of the count.

    Returns
    -------
    str or None
        None also where units differ from cell to cell, and where code would misread the text: decimal commas, `(3)` for -3.
    """
    texts = [v.strip() for v in values[:600] if v.strip().casefold() not in MISSING_MARKS]
    if not texts:
        return None
    found = [m for t in texts if (m := _NUMBER.fullmatch(t))]
    if len(found) < 0.95 * len(texts):
        return None
    prefixes = Counter((m["prefix"] or "").strip() for m in found)
    suffixes = Counter((m["suffix"] or "").strip() for m in found)
    prefix, suffix = prefixes.most_common(1)[0][0], suffixes.most_common(1)[0][0]
    if (
        len(set(prefixes) - {""}) > 1
        or len(set(suffixes) - {"", "%"}) > 1
        or suffixes[suffix] < len(found) * (0.9 if suffix in {"", "%"} else 1)
    ):
        return None
    bodies = [m["body"] for m in found]
    if not suffix and not prefix and _leading_zeros(bodies):
        return None
    body = _body(bodies)
    if _misread(found, body):
        return None
    return f"{prefix}{body}{suffix if suffix in {'', '%'} else ' ' + suffix}"


def number_unit(form: str | None) -> str | None:
    """Give the currency or unit that stands at every number of a `number_format`."""
    if form is None:
        return None
    before, _, after = re.sub(r"1[\d.,' \u00a0\u202f]*", "\0", form, count=1).partition("\0")
    return " ".join(filter(None, (before.strip(), after.strip()))) or None


def _misread(found: list[re.Match[str]], body: str) -> bool:
    """Say whether taking away all but digits, point, minus and exponent would change a number: `1,5`, `(3)`, `Rs. 5`, `2 metres`.

    Code reads such text that way; what it would misread stays text, so that nothing false is computed from it.
    """
    if body in {"1.234,5", "1234,5"} or body.endswith("234,5"):
        return True
    for match in found:
        around = (match["prefix"] or "") + (match["suffix"] or "")
        if match["open"] or "." in around or "e" in around.casefold() or "\u2212" in (match["sign"], match["sign2"]):
            return True
    return False


def _leading_zeros(bodies: list[str]) -> bool:
    return any(len(b) > 1 and b[0] == "0" and b.isdigit() for b in bodies)


def _body(bodies: list[str]) -> str:
    dotted = any("." in b and "," not in b for b in bodies)
    if any(re.fullmatch(r"\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}", b) for b in bodies):
        return "1.234,5"
    spaced = next((c for b in bodies for c in b if c in " \u00a0\u202f'"), None)
    thousands = any(re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", b) for b in bodies)
    comma = any(re.fullmatch(r"\d+,\d+", b) and not re.fullmatch(r"\d{1,3},\d{3}", b) for b in bodies)
    if comma and not dotted:
        return "1234,5" if not spaced else f"1{spaced}234,5"
    if spaced:
        return f"1{spaced}234" + (".5" if any("." in b for b in bodies) else "")
    if thousands:
        return "1,234" + (".5" if any("." in b for b in bodies) else "")
    return "1234" + (".5" if any("." in b for b in bodies) else "")
