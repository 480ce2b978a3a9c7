"""Comparisons: a column with a number, a date, an average, another column, or the same column of a certain row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from nexus_jupyter.context.schema import Role
from nexus_jupyter.language.concepts import MONEY, money
from nexus_jupyter.language.draft import Extreme, NotUnderstood, Pred, Quantity, day
from nexus_jupyter.language.predicates import FLIP, OPS, TIMES, YEARS, add, coerce, compare, low_at, number_at
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.relatives import against
from nexus_jupyter.language.tokens import lemma
from nexus_jupyter.language.units import SCALES
from nexus_jupyter.language.vocabulary import Ref

UNITS = frozenset({"dollars", "dollar", "usd", "euros", "percent", "%", "$"})
LARGE = frozenset({100, 1000, 1_000_000})
RESTRICTING = frozenset("who that whose which with without having in of from where at on".split())
SPOKEN = {
    "degrees degree celsius fahrenheit": {"°C", "°F"}, "euros euro": {"EUR", "€"}, "dollars dollar bucks": {"USD", "$"},
    "pounds": {"GBP", "£", "lb", "lbs", "pounds"}, "percent": {"%"},
    "days day": {"days"}, "years year": {"years"}, "weeks": {"weeks"}, "months": {"months"}, "kwh": {"kwh", "kWh"}, "volts volt": {"V", "v"},
    "seconds": {"s", "seconds"}, "milliseconds ms": {"ms"}, "minutes": {"min", "minutes"}, "hours": {"h", "hours"},
    "km kilometres kilometers": {"km"}, "miles": {"mi", "miles"}, "kg kilos": {"kg"}, "grams": {"g", "grams"},
}  # fmt: skip
"""Units as they are said, with how columns have them."""
FACTORS = {"twice": 2.0, "double": 2.0, "half": 0.5, "triple": 3.0, "thrice": 3.0}
THAN = frozenset({"than", "value", "to"})
WEIGHING = dict.fromkeys(("weigh", "weighs", "weighing", "weighed"), "weight mass")


@dataclass(slots=True)
class Head:
    """The beginning of a comparison: where it stands, what it compares, how, and where the other side begins."""

    start: int
    op: str
    ref: Ref | None
    rest: int


def comparison(r: Reader, i: int) -> int | None:
    """Take a comparison: with the column before or after it, against a number, an average, a column or a row's value."""
    head = _head(r, i)
    if head is None:
        return None
    for form in (_groups, _column_first, _range, _number, _other):
        reached = form(r, head)
        if reached is not None:
            r.pending = None
            return reached
    return None


def _head(r: Reader, i: int) -> Head | None:
    it = r.at(i)
    if it is None or it.cue is None or it.cue[0] not in {"cmp", "cmpadj"}:
        return None
    op, ref, j = it.cue[1], None, i + 1
    if (said := WEIGHING.get(low_at(r, i - 1))) and not r.wordy(i - 1):
        ref = r.hinted(said, [t for t in [r.near, *r.draft.tables, *r.scope] if t])
        if ref is None:
            return None
    if it.cue[0] == "cmpadj":
        op, hints = op.split("|")
        ref = r.pending or r.hinted(hints, [t for t in ([r.near] if r.near else []) + r.draft.tables + list(r.scope) if t], within=r.role)
        if ref is None:
            return None
        if it.low in {"older", "younger"}:
            if low_at(r, r.skip(j)) != "than":
                return None
            j = r.skip(j) + 1
    return Head(i, op, ref, r.skip(j, also=THAN))


def _groups(r: Reader, head: Head) -> int | None:
    """Take "a higher average rating than South", "more orders than East": a measure of groups against that of one of them."""
    j = head.rest
    if head.op not in {">", "<"} or not (r.cue(j, "agg") or r.has_table(j)):
        return None
    k = r.skip(j + 1) if r.cue(j, "agg") else j
    n = r.skip(k + 1)
    if low_at(r, n) != "than":
        return None
    n = r.skip(n + 1, also=frozenset({"that", "those", "of", "in"}))
    if not r.has_value(n) or r.is_column(n):
        return None
    if r.cue(j, "agg"):
        if not (r.is_column(k) and any(r.number(c) for c, _ in r.candidates(k))):
            return None
        quantity = Quantity((r.items[j].cue or ("", ""))[1], r.column(k, want="number"))
    elif not r.is_column(k):
        quantity = Quantity("size", None, r.table(k))
    else:
        return None
    by, value = r.value(n)
    if all(q.ref != by for q in r.draft.selects) and (by, "") not in r.draft.keys:
        return None
    r.draft.havings.append((quantity, head.op, replace(quantity, where=Pred("cmp", by, "==", value)), None))
    return n + 1


def _column_first(r: Reader, head: Head) -> int | None:
    """Take "a greater weight than 10", "a larger area than the country with the most people"."""
    j = head.rest
    if not (r.has_column(j) and r.is_column(j) and head.op in OPS):
        return None
    k = r.skip(j + 1, also=frozenset({"equal", "to", "exactly"}))
    if number_at(r, k) is None and low_at(r, k) != "than" and not r.cue(k, "cmp"):
        return None
    than = low_at(r, k) == "than"
    k = k + 1 if than or r.cue(k, "cmp") else k
    target = r.column(j, want="number")
    value = coerce(r, target, r.skip(k))
    if value is not None and not _pronoun(r, r.skip(k)):
        add(r, compare(r, target, head.op, value))
        return r.skip(k) + 1
    return _other(r, Head(head.start, head.op, target, r.skip(k))) if than else None


def _range(r: Reader, head: Head) -> int | None:
    """Take "between 3 and 5", "from 2010 to 2012"."""
    if head.op != "between":
        return None
    ref = head.ref or r.pending
    low, k = _bound(r, head.rest)
    k2 = r.skip(k, also=frozenset({"and", "to", "-"})) if low is not None else k
    high, k3 = _bound(r, k2)
    if low is None or high is None:
        return None
    if r.has_column(r.skip(k3)) and ref is None:
        ref, k3 = r.column(r.skip(k3)), r.skip(k3) + 1
    year = isinstance(low, int) and low in YEARS
    ref = ref or (r.only_date(list(r.scope)) if isinstance(low, dt.date) or year else r.last)
    if ref is None:
        return None
    if year and r.dated(ref) and not r.info(ref).kind.numeric:
        add(r, Pred("unit", ref, "between", low, high, unit="year"))
    else:
        add(r, Pred("between", ref, value=low, high=high))
    return k3


def _number(r: Reader, head: Head) -> int | None:
    """Take a comparison with a number or a date, whose column stands before it, after it, or is a count of rows."""
    op, ref = head.op, head.ref or r.pending
    if _factor(r, head.rest)[0] != 1:
        return None
    before = r.last if head.ref is None else head.ref
    value, k = _bound(r, head.rest)
    if value is None or op == "between":
        return None
    if ref is None and low_at(r, k) in {"years", "year"} and low_at(r, k + 1) in {"old", "older", "younger"}:
        ref = r.hinted("age", [t for t in [r.near, *r.draft.tables, *r.scope] if t])
    if ref is None and op in OPS and (found := united(r, k)) is not None:
        ref, k = found
    k = _unit(r, k, ref)
    n = r.skip(k)
    if ref is None:
        m = r.skip(n + 1)
        if r.people(n) and r.is_column(m) and r.quantity(r.candidates(m)[0][0]) and not r.counted(m):
            add(r, compare(r, r.column(m, want="number"), op, value))  # "at least one person was injured"
            return m + 1
        counted = _counted(r, op, value, k)
        if counted is not None:
            return counted
        if r.has_column(n) and any(r.number(c) or r.dated(c) for c, _ in r.candidates(n)):
            ref, k = r.column(n, want="number"), n + 1
    if ref is None and r.either and isinstance(before, Ref) and r.number(before):
        ref = before
    if ref is None and op in {"before", "after", "since"}:
        ref = r.only_date([t for t in [r.near, *r.draft.tables] if t])
    if ref is None and op in OPS and r.items[head.rest].text[:1] in MONEY:
        ref = money(r)
    if ref is None or not (r.number(ref) or r.dated(ref)):
        return None
    if op in {"before", "after"} and r.info(ref).role is Role.MEASURE and not r.dated(ref):
        raise NotUnderstood(f"`{ref.column}` holds no dates, so that nothing in it is {op} {value}")
    if r.cue(k, "post"):
        op, k = (r.items[k].cue or ("", op))[1], k + 1
    add(r, compare(r, ref, op, value))
    return k


def _counted(r: Reader, op: str, value: Any, k: int) -> int | None:
    """Take "more than 3 orders": a condition on a number of rows."""
    n = r.skip(k)
    if not isinstance(value, int) or op not in OPS:
        return None
    op = FLIP[op] if r.negate else op
    quantity, end = None, n + 1
    while r.cue(n, "distinct"):
        n = r.skip(n + 1)
    n = _restricted(r, n)
    if r.has_table(n) and not (r.is_column(n) and any(r.number(c) for c, _ in r.candidates(n))):
        quantity, end = Quantity("size", None, r.table(n)), n + 1
        if r.table(n) != (r.draft.tables[0] if r.draft.tables else None):
            r.mention(n)
    elif r.has_column(n) and (r.counted(n) or not any(r.number(c) or r.dated(c) for c, _ in r.candidates(n))):
        quantity, end = Quantity("count_distinct", r.column(n)), n + 1
    elif low_at(r, n) in TIMES or low_at(r, k - 1) in {"once", "twice"}:
        quantity, end = Quantity("size"), n + 1 if low_at(r, n) in TIMES else k
    if quantity is None:
        return None
    r.draft.havings.append((quantity, op, value, None))
    r.negate = False
    return end


def _restricted(r: Reader, n: int) -> int:
    """Take the values between a number and what it counts: "more than two female students"."""
    from nexus_jupyter.language.conditions import value

    m = n
    while r.has_value(m) and not r.has_table(m):
        m = r.skip(m + 1)
    if m == n or not r.has_table(m) or r.is_column(m):
        return n
    while n < m and (reached := value(r, n)) is not None:
        n = r.skip(reached)
    return n


def _other(r: Reader, head: Head) -> int | None:
    """Take a comparison with an average, with a certain row, or with another column."""
    factor, j = _factor(r, head.rest)
    op, ref = head.op, head.ref or r.pending
    if op not in OPS or _measured(r, head.start):
        return None
    if factor != 1:
        return _summary(r, ref or _just_said(r, head.start), op, j, factor)
    if r.cue(j, "agg") or (r.cue(j, "sup", "asc", "desc") and not _row(r, j)):
        return _summary(r, ref or _just_said(r, head.start), op, j)
    reached = against(r, ref, op, j, head.start)
    if reached is not None or ref is None:
        return reached
    extreme, k = _certain_row(r, j)
    if extreme is not None:
        add(r, Pred("row", ref, op, extreme))
        return k
    it = r.at(j)
    if it is not None and it.values and r.has_value(j) and not r.is_column(j):
        named, value = r.value(j)
        if named.table == ref.table and named in r.label_of(ref.table):
            add(r, Pred("row", ref, op, Pred("cmp", named, "==", value)))
            return j + 2 if r.mark(j + 1) == "'s" else j + 1
        return None
    if r.has_column(j) and r.number(ref) == r.number(r.candidates(j)[0][0]) and (r.counted(j) == r.points(ref)):
        other = r.column(j, prefer=ref.table)
        add(r, Pred("cmp", ref, op, other))
        return j + 2 if low_at(r, j + 1) in {"one", "ones"} else j + 1
    return None


def _measured(r: Reader, i: int) -> bool:
    """Say whether what stands before a comparison is a measure of groups: "whose total fare is above the average" is about no row."""
    k = i - 1
    while (it := r.at(k)) is not None and it.free and k not in r.consumed:
        k -= 1
    return r.taken.get(k) == "aggregate"


def _factor(r: Reader, j: int) -> tuple[float, int]:
    """Read "twice the average", "half of the mean", "three times the median": by what the summary is multiplied, and where it stands."""
    number = number_at(r, j)
    k = j + 1
    if number is not None and low_at(r, k) == "times":
        factor, k = float(number), k + 1
    else:
        factor = FACTORS.get(low_at(r, j), 1.0)
    if factor == 1:
        return 1.0, j
    while low_at(r, k) in {"as", "much", "many", "high", "large", "of"}:
        k += 1
    k = r.skip(k)
    return (factor, k) if r.cue(k, "agg", "mean", "median", "min", "max") else (1.0, j)


def _just_said(r: Reader, i: int) -> Ref | None:
    """Give the column that stands right before the comparison: "with cost below average"."""
    refs = [c for c, _ in r.candidates(i - 1)]
    return r.last if r.last in refs else None


def _summary(r: Reader, ref: Ref | None, op: str, j: int, factor: float = 1.0) -> int | None:
    """Take "the average", "the average age of all singers", "the maximum": over all rows of the table."""
    cue = r.items[j].cue or ("", "")
    func = {"asc": "min", "desc": "max"}.get(cue[1], cue[1])
    k = r.skip(j + 1, also=frozenset({"all", "for", "overall"}))
    other = ref
    if r.has_column(k) and r.is_column(k):
        other = r.column(k, want="number", prefer=ref.table if ref else None)
        ref, k = ref or other, k + 1
    if ref is None or other is None or not r.number(ref) or func in {"sum", "mode"} or r.info(other).role is Role.IDENTIFIER:
        return None
    n = r.skip(k, also=frozenset({"all", "for", "overall", "across"}))
    if r.has_table(n) and not r.is_column(n) and r.table(n) == ref.table:
        r.mention(n)
        k = n + 1
        if low_at(r, k) in RESTRICTING:
            return None
    add(r, Pred("cell", ref, op, Quantity(func, other), high=factor))
    return k


def _row(r: Reader, j: int) -> bool:
    """Say whether a superlative here describes a row, not a number: "the largest country", not "the largest area"."""
    k = r.skip(j + 1)
    return r.has_table(k) and not r.is_column(k)


def _certain_row(r: Reader, j: int) -> tuple[Extreme | None, int]:
    """Take "the one with the most C", "that of the youngest singer"."""
    k = r.skip(j, also=frozenset({"that", "of", "one", "ones"}))
    adjective = r.at(k)
    if adjective is not None and adjective.cue is not None and adjective.cue[0] == "adj":
        n = r.skip(k + 1)
        direction, hints = adjective.cue[1].split("|")
        table = r.table(n) or r.near
        ref = r.hinted(hints, [table] if table else list(r.scope))
        if ref is None or not r.has_table(n):
            return None, j
        r.mention(n)
        return Extreme(Quantity("", ref), direction == "desc"), n + 1
    if not (r.has_table(k) and not r.is_column(k)) and not any(low_at(r, m) in {"one", "ones"} for m in range(j, k)):
        return None, j
    n = r.skip(k + 1 if r.has_table(k) else k, also=frozenset({"with", "that", "which", "who", "has", "have", "having"}))
    if not r.cue(n, "sup", "asc", "desc", "most", "least"):
        return None, j
    arg, c = (r.items[n].cue or ("", ""))[1], r.skip(n + 1)
    if not (r.has_column(c) and r.is_column(c)) or not r.number(r.candidates(c)[0][0]):
        return None, j
    if r.has_table(k):
        r.mention(k)
    return Extreme(Quantity("", r.column(c, want="number")), arg in {"desc", "most"}), c + 1


def _pronoun(r: Reader, i: int) -> bool:
    """Say whether "one" stands for a row: "than the one with the most"."""
    return low_at(r, i) == "one" and low_at(r, i - 1) in {"the", "that"}


def _bound(r: Reader, i: int) -> tuple[Any, int]:
    """Read a number or a day, with where it ends; (None, i) where there is none."""
    it = r.at(i)
    if it is None or _pronoun(r, i):
        return None, i
    if it.number is not None:
        following = r.at(i + 1)
        if following is not None and following.number in LARGE and following.low.isalpha():
            return it.number * (following.number or 1), i + 2
        return it.number, i + 1
    if it.date is not None:
        return day(it.date), i + 1
    if it.quote is not None and (day(it.quote) is not None or not it.values):
        return day(it.quote) or it.quote, i + 1
    return None, i


def united(r: Reader, k: int) -> tuple[Ref, int] | None:
    """Find the only column that is kept in the unit said after a number, "above 20 degrees", and where the unit ends if nothing else takes it."""
    low = low_at(r, k)
    own = next((units for words, units in SPOKEN.items() if low in words.split()), None)
    if own is None or r.wordy(k):
        return None
    for tables in ([r.near] if r.near else [], r.draft.tables, r.scope):
        found = [ref for t in tables for c in r.catalog.dataset(t).schema if c.unit in own and r.number(ref := Ref(t, c.name))]
        if len(found) == 1:
            r.draft.notes.append(("column", f"“{r.items[k].text}” is the unit of {found[0].column}."))
            return found[0], k if low in SCALES or lemma(low) in SCALES else k + 1
    return None


def _unit(r: Reader, k: int, ref: Ref | None = None) -> int:
    """Step over a unit that the words name after a number: dollars, years old, percent."""
    if low_at(r, k) in UNITS and not r.wordy(k):
        return k + 1
    own = next((units for words, units in SPOKEN.items() if low_at(r, k) in words.split()), None)
    if own is not None and ref is not None and r.info(ref).unit in own and not r.wordy(k) and lemma(low_at(r, k)) not in SCALES:
        return k + 1
    if low_at(r, k) in {"years", "year"} and low_at(r, k + 1) in {"old", "older"}:
        return k + 2
    return k
