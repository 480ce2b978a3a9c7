"""Periods in words: the last quarter, since March, Q3 2013, weekdays. What is relative is so to the data's own end, and that is said."""

from __future__ import annotations

import datetime as dt
import re

from nexus_jupyter.context.schema import Kind
from nexus_jupyter.language.draft import NotUnderstood, Pred, Quantity
from nexus_jupyter.language.predicates import YEARS, add, number_at
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.vocabulary import Ref, calendar

LAST = frozenset({"last", "past", "latest", "most recent", "final"})
BEFORE = frozenset({"previous", "preceding", "prior"})
THIS = frozenset({"this", "current"})
UNITS = frozenset({"year", "quarter", "month", "week", "day"})
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
WEEKDAYS = {d: i for i, d in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
SATURDAY = 5
MOST_DAYS = 31
MONTHS_OF = {"quarter": 3, "half": 6}
Span = tuple[dt.date, dt.date]


def period(r: Reader, i: int) -> int | None:
    """Take a period of time as a condition on the only date column."""
    if r.has_value(i):
        return None
    try:
        end = _relative(r, i) or _to_date(r, i) or _since(r, i) or _named(r, i) or _months(r, i) or _days(r, i)
    except NotUnderstood:
        return None
    if end is not None:
        r.consumed.update(dict.fromkeys(range(i, end), "a period of time"))
    return end


def total(r: Reader) -> None:
    """Sum a quantity that is asked for a period and nothing else: "revenue since March"."""
    d = r.draft
    plain = d.keys or d.extremes or d.orders or d.limit or d.distinct or d.havings or d.statistic or d.mark or r.chart
    ref = d.selects[0].ref if len(d.selects) == 1 and not d.selects[0].func else None
    if (
        d.span
        and not plain
        and ref is not None
        and r.quantity(ref)
        and not any(it.low in {"list", "show", "all", "are", "each"} for it in r.items)
    ):
        d.selects = [Quantity("sum", ref)]
        d.notes.append(("measure", f"{ref.column} is summed over the period."))


# --- relative to the end of the data ---------------------------------------------------------------------------------------
def _relative(r: Reader, i: int) -> int | None:
    """Take "last 30 days", "last quarter", "previous month", "this year"."""
    low = r.items[i].low
    if low not in LAST | BEFORE | THIS or r.has_column(i):
        return None
    n = number_at(r, i + 1)
    j = i + 2 if isinstance(n, int) else i + 1
    unit = (r.items[j].cue or ("", ""))[1] if r.cue(j, "unit") else ""
    if unit not in UNITS or (isinstance(n, int) and low in THIS) or r.items[j].low.endswith("ly"):
        return None
    ref = r.only_date(_tables(r))
    end = ending(r, ref)
    if r.info(ref).kind.numeric:
        return _years(r, ref, int(r.profile(ref).maximum), n if isinstance(n, int) else 1, j) if unit == "year" and low in LAST else None
    if end is None:
        return None
    if isinstance(n, int):
        start = moved(end, unit, -n) + dt.timedelta(days=1)
        _keep(r, ref, (start, end + dt.timedelta(days=1)), f"The last {n} {unit}s are those up to {end}, where the data end.")
        return j + 1
    start = begin(end, unit)
    if low in BEFORE:
        start = moved(start, unit, -1)
        _keep(r, ref, (start, moved(start, unit, 1)), f"The previous {unit} is the one from {start}; the data end on {end}.")
        return j + 1
    note = f"The {'current' if low in THIS else 'last'} {unit} is the one from {start}, in which the data end ({end})."
    _keep(r, ref, (start, moved(start, unit, 1)), note)
    return j + 1


def _years(r: Reader, ref: Ref, last: int, n: int, j: int) -> int:
    add(r, Pred("cmp", ref, ">", last - n))
    r.draft.notes.append(("period", f"The last {n} years are those up to {last}, where the data end."))
    return j + 1


def _to_date(r: Reader, i: int) -> int | None:
    """Take "year to date", "ytd"."""
    low, j = r.items[i].low, i + 1
    unit = {"ytd": "year", "mtd": "month", "qtd": "quarter"}.get(low, "")
    if not unit and r.cue(i, "unit") and [x.low for x in r.items[i + 1 : i + 3]] == ["to", "date"]:
        unit, j = (r.items[i].cue or ("", ""))[1], i + 3
    if unit not in {"year", "quarter", "month"}:
        return None
    ref = r.only_date(_tables(r))
    end = ending(r, ref)
    if end is None:
        return None
    start = begin(end, unit)
    _keep(r, ref, (start, end + dt.timedelta(days=1)), f"The {unit} to date is from {start} to {end}, where the data end.")
    return j


def _since(r: Reader, i: int) -> int | None:
    """Take "since March", "since March 2024", "after June", "before Q3 2013"."""
    low = r.items[i].low
    if low not in {"since", "after", "before", "until"} or (not r.cue(i, "cmp") and low != "until"):
        return None
    ref = r.only_date(_tables(r))
    found = span(r, r.skip(i + 1), ref)
    if found is None:
        return None
    (start, end), j, said = found
    op, bound = {"since": (">=", start), "after": (">=", end), "before": ("<", start), "until": ("<", end)}[low]
    add(r, Pred("cmp", ref, op, bound))
    r.draft.span = True
    if said:
        r.draft.notes.append(("period", said))
    return j


# --- periods by name -------------------------------------------------------------------------------------------------------
def _named(r: Reader, i: int) -> int | None:
    """Take "Q3 2013", "the third quarter of 2013", "first half of 2024", "March 10"."""
    dayed = (r.cue(i, "monthname") and _number(r, i + 1) is not None) or (
        _number(r, i) is not None and any(r.cue(k, "monthname") for k in (i + 1, i + 2))
    )
    ref = r.only_date(_tables(r)) if dayed or _quarter(r, i) is not None else None
    if ref is not None and dayed and not daily(r, ref):
        return None
    found = span(r, i, ref) if ref is not None else None
    if found is None or ref is None:
        return None
    (start, end), j, said = found
    _keep(r, ref, (start, end), said)
    return j


def _months(r: Reader, i: int) -> int | None:
    """Take "between March and June", "from January to March 2024"."""
    if r.items[i].low not in {"between", "from"} or not r.cue(r.skip(i + 1), "monthname"):
        return None
    ref = r.only_date(_tables(r))
    first = r.skip(i + 1)
    one = span(r, first, ref)
    k = one[1] if one else first
    if one is None or r.at(k) is None or r.items[k].low not in {"and", "to", "until", "through", "-"}:
        return None
    other = span(r, r.skip(k + 1), ref)
    if other is None:
        return None
    start, end, said = one[0][0], other[0][1], other[2]
    if one[2]:  # the year that is said after the second month is the first one's too
        start = dt.date(other[0][0].year, start.month, 1)
    if start >= end:
        return None
    _keep(r, ref, (start, end), said)
    return other[1]


def _days(r: Reader, i: int) -> int | None:
    """Take "on weekdays", "at weekends", "on Mondays"."""
    it = r.items[i]
    before = r.items[i - 1].low if i else ""
    word = it.low.removesuffix("s")
    if before not in {"on", "at", "during", "the", "only"} or r.has_column(i):
        return None
    if word not in {"weekend", "weekday"} and word not in WEEKDAYS:
        return None
    ends = _text_days(r)
    if ends is not None and word not in WEEKDAYS:
        ref, days = ends
        wanted = tuple(v for name, v in days.items() if (WEEKDAYS[name] >= SATURDAY) == (word == "weekend"))
        if wanted:
            add(r, Pred("in", ref, value=wanted))
            r.draft.notes.append(("period", f"The {word} is {' and '.join(wanted)}."))
            return i + 1
    ref = r.only_date(_tables(r))
    if r.info(ref).kind.numeric or not daily(r, ref):
        return None
    op, value = ("==", WEEKDAYS[word]) if word in WEEKDAYS else ("<" if word == "weekday" else ">=", SATURDAY)
    add(r, Pred("unit", ref, op, value, unit="weekday"))
    if word not in WEEKDAYS:
        r.draft.notes.append(("period", "Saturday and Sunday are the weekend."))
    return i + 1


def _text_days(r: Reader) -> tuple[Ref, dict[str, str]] | None:
    """Find the only column whose values are days of the week by name, where no column has dates."""
    found = []
    for table in r.scope:
        dataset = r.catalog.dataset(table)
        if any(r.dated(Ref(table, c.name)) for c in dataset.schema):
            return None
        for c in dataset.schema:
            profile = dataset.profiles[c.name]
            days = calendar(profile.values) if c.kind is Kind.STRING and profile.complete else {}
            if days.keys() & WEEKDAYS.keys():
                found.append((Ref(table, c.name), days))
    return found[0] if len(found) == 1 else None


def span(r: Reader, i: int, ref: Ref) -> tuple[Span, int, str] | None:
    """Read a month, quarter, half or year at an item: its days, where it ends, and what was taken for granted."""
    end = ending(r, ref)
    it = r.at(i)
    if it is None or r.info(ref).kind.numeric:
        return None
    quarter = _quarter(r, i)
    if quarter is not None:
        number, length, j = quarter
        month = (number - 1) * length + 1
    elif (day := _day(r, i, end)) is not None:
        return day
    elif r.cue(i, "monthname"):
        month, length, j = int((it.cue or ("", "1"))[1]), 1, i + 1
    elif isinstance(it.number, int) and it.number in YEARS:
        return (dt.date(it.number, 1, 1), dt.date(it.number + 1, 1, 1)), i + 1, ""
    else:
        return None
    k = r.skip(j)
    year = number_at(r, k)
    if isinstance(year, int) and year in YEARS:
        start = dt.date(year, month, 1)
        return (start, moved(start, "month", length)), k + 1, ""
    if end is None:
        return None
    start = dt.date(end.year if month <= end.month else end.year - 1, month, 1)
    named = f"Q{quarter[0]}" if quarter and quarter[1] == MONTHS_OF["quarter"] else it.text
    return (
        (start, moved(start, "month", length)),
        j,
        f"{named} is the one of {start.year}, the latest that the data reach (they end on {end}).",
    )


def _day(r: Reader, i: int, end: dt.date | None) -> tuple[Span, int, str] | None:
    """Read "March 10", "10 March 2024", "the 3rd of May": its day, of the latest year where none is said."""
    first = _number(r, i)
    if first is not None:
        k = r.skip(i + 1) if r.at(i + 1) is not None and r.items[i + 1].low == "of" else i + 1
        if not r.cue(k, "monthname"):
            return None
        month, number, j = int((r.items[k].cue or ("", "1"))[1]), first, k + 1
    elif r.cue(i, "monthname") and (second := _number(r, i + 1)) is not None:
        month, number, j = int((r.items[i].cue or ("", "1"))[1]), second, i + 2
    else:
        return None
    k = j + 1 if r.mark(j) == "," else j
    year = number_at(r, k)
    said = isinstance(year, int) and year in YEARS
    if not said and end is None:
        return None
    last = end or dt.date.max
    try:
        start = dt.date(year if said and isinstance(year, int) else last.year, month, number)
        start = start if said or start <= last else start.replace(year=last.year - 1)
    except ValueError:
        return None
    note = "" if said else f"The day is {start}, the latest of that date that the data reach (they end on {end})."
    return (start, start + dt.timedelta(days=1)), k + 1 if said else j, note


def _number(r: Reader, i: int) -> int | None:
    """Give the day of a month that an item says: 10, 10th."""
    it = r.at(i)
    if it is None or r.has_column(i):
        return None
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", it.low)
    return int(text) if text.isdigit() and 0 < int(text) <= MOST_DAYS else None


def _quarter(r: Reader, i: int) -> tuple[int, int, int] | None:
    """Read "Q3", "third quarter", "first half": its number, its length in months, and where it ends."""
    it = r.at(i)
    if it is None or r.has_column(i):
        return None
    if m := re.fullmatch(r"([qh])([1-4])", it.low):
        length = MONTHS_OF["quarter" if m.group(1) == "q" else "half"]
        return (int(m.group(2)), length, i + 1) if int(m.group(2)) * length <= 12 else None
    after = r.at(i + 1)
    if it.low in ORDINALS and after is not None and after.low in MONTHS_OF and not r.has_column(i + 1):
        length = MONTHS_OF[after.low]
        return (ORDINALS[it.low], length, i + 2) if ORDINALS[it.low] * length <= 12 else None
    return None


# --- the calendar ----------------------------------------------------------------------------------------------------------
def begin(day: dt.date, unit: str) -> dt.date:
    """Give the first day of the period in which a day lies; weeks begin on Monday."""
    match unit:
        case "year":
            return dt.date(day.year, 1, 1)
        case "quarter":
            return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case "month":
            return dt.date(day.year, day.month, 1)
        case "week":
            return day - dt.timedelta(days=day.weekday())
        case _:
            return day


def moved(day: dt.date, unit: str, n: int) -> dt.date:
    """Give the day some periods later; a day that its month lacks becomes the month's last."""
    if unit in {"day", "week"}:
        return day + dt.timedelta(days=n * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + n * {"year": 12, "quarter": 3, "month": 1}[unit]
    year, month = divmod(months, 12)
    after = dt.date(year + month // 11, (month + 1) % 12 + 1, 1)
    return dt.date(year, month + 1, min(day.day, (after - dt.timedelta(days=1)).day))


def ending(r: Reader, ref: Ref) -> dt.date | None:
    """Give the last day that a date column has, as far as its profile shows it; None where it does not."""
    profile = r.profile(ref)
    if isinstance(profile.maximum, dt.datetime):
        return profile.maximum.date()
    if isinstance(profile.maximum, dt.date):
        return profile.maximum
    if not profile.complete or profile.date_format in {None, "mixed"}:
        return None
    days = [d for v in profile.values if (d := _read(str(v), str(profile.date_format))) is not None]
    return max(days, default=None)


def daily(r: Reader, ref: Ref) -> bool:
    """Say whether the column holds days, and not only months or years."""
    return r.info(ref).kind.temporal or "%d" in (r.profile(ref).date_format or "")


def _read(text: str, form: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - only the day is used
    except ValueError:
        return None


def _tables(r: Reader) -> list[str]:
    return [t for t in [r.near, *r.draft.tables] if t]


def _keep(r: Reader, ref: Ref, days: Span, note: str) -> None:
    add(r, Pred("span", ref, value=days[0], high=days[1]))
    r.touched = True
    r.draft.span = True
    if note:
        r.draft.notes.append(("period", note))
