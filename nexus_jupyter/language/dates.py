"""Dates that stand alone, and "not" before what it excludes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nexus_jupyter.language.draft import Pred, day
from nexus_jupyter.language.flags import told
from nexus_jupyter.language.predicates import YEARS, add, compare, number_at
from nexus_jupyter.language.reader import Reader

if TYPE_CHECKING:
    from nexus_jupyter.language.vocabulary import Ref

HAVING = frozenset({"have", "has", "had", "having", "with"})


def date(r: Reader, i: int) -> int | None:
    """Take a year, a month or a day that stands alone: "in 2013", "in March 2014", "on 2013-01-05"."""
    it = r.items[i]
    tables = [t for t in [r.near, *r.draft.tables] if t]
    if it.cue is not None and it.cue[0] == "monthname":
        ref = r.only_date(tables)
        add(r, Pred("unit", ref, "==", int(it.cue[1]), unit="month"))
        j = r.skip(i + 1)
        year = number_at(r, j)
        if isinstance(year, int) and year in YEARS:
            add(r, Pred("unit", ref, "==", year, unit="year"))
            r.draft.span = True
            return j + 1
        return i + 1
    if (decade := re.fullmatch(r"(?:1[5-9]|20)\d0s", it.low)) is not None:
        ref, first = r.only_date(tables), int(decade.group()[:4])
        numeric = r.info(ref).kind.numeric
        add(
            r, Pred("between", ref, value=first, high=first + 9) if numeric else Pred("unit", ref, "between", first, first + 9, unit="year")
        )
        return i + 1
    if it.date is not None:
        add(r, Pred("cmp", r.only_date(tables), "==", day(it.date)))
        return i + 1
    if (
        isinstance(it.number, int)
        and it.number in YEARS
        and i
        and r.items[i - 1].low in {"in", "of", "year", "during", "for", "from", "the", "and", "or", "since", "until", "on"}
    ):
        ref = r.year_of(tables) or r.only_date(tables)
        pred = compare(r, ref, "==", it.number)
        j = i + 1
        if r.items[i - 1].low == "from" and r.at(j) is not None and r.items[j].low == "to" and number_at(r, j + 1) is not None:
            pred = Pred(pred.kind if pred.kind == "unit" else "between", ref, "between", it.number, number_at(r, j + 1), unit=pred.unit)
            j += 2
        elif r.items[i - 1].low == "since":
            pred.op = ">="
        add(r, pred)
        r.draft.span = r.draft.span or pred.kind == "unit"
        return j
    return None


def _missing(r: Reader, i: int, j: int) -> bool:
    """Say whether "have no C" means that C is missing: nothing that C could be compared with follows."""
    k = r.skip(j + 1)
    return (
        bool(i)
        and r.items[i - 1].low in {*HAVING, "there", "are", "is"}
        and r.has_column(j)
        and not r.has_value(j)
        and not (r.cue(k, "cmp") or r.cue(k, "like") or r.has_value(k) or number_at(r, k) is not None)
    )


def _denied(r: Reader, ref: Ref) -> Any:
    """Give the value by which a column says no, or None."""
    truth = r.flag(ref)
    return truth[1] if truth is not None else next((v for v in r.profile(ref).values if str(v).casefold() == "no"), None)


def given(r: Reader, i: int) -> int | None:
    """Take "with a C", "who have a C and a D" of columns with gaps: what they say is there."""
    if (
        i == 0
        or r.items[i].low not in HAVING
        or not (r.has_table(i - 1) or r.has_column(i - 1) or r.people(i - 1) or r.cue(i - 1, "logic"))
    ):
        return None
    preds: list[Pred] = []
    word, end, j = "", i, _filled(r, i + 1)
    while j is not None:
        preds.append(Pred("null", r.column(j), negated=True))
        end = j + 1
        said = next((w for w in ("and", "or") if r.cue(end, "logic", w)), "")
        j = _filled(r, end + (2 if _low(r, end + 1) in HAVING else 1)) if said and word in {"", said} else None
        word = said if j is not None else word
    if not preds:
        return None
    if word == "or":
        add(r, Pred("or", parts=preds))
    else:
        for pred in preds:
            add(r, pred)
    return end


def _low(r: Reader, i: int) -> str:
    it = r.at(i)
    return it.low if it is not None else ""


def _filled(r: Reader, i: int) -> int | None:
    """Find the column with gaps that "a C" names here, where nothing follows that C could be compared with."""
    j = i + 1
    if _low(r, i) not in {"a", "an"} or not r.has_column(j) or r.has_table(j) or len(r.candidates(j)) != 1 or r.has_value(j):
        return None
    k = r.skip(j + 1)
    compared = r.cue(k, "cmp") or r.cue(k, "like") or r.has_value(k) or number_at(r, k) is not None or r.has_column(k)
    ref = r.candidates(j)[0][0]
    return (
        None if compared or not r.profile(ref).nulls or _denied(r, ref) is not None else j
    )  # a column of yes and no says it by its values


def negation(r: Reader, i: int) -> int | None:
    """Take "not", "without", "except": what follows is excluded."""
    if not r.cue(i, "logic", "not", "except"):
        return None
    also = frozenset({"by", "any", "used", "one"})
    j = r.skip(i + 2 if r.mark(i + 1) == "-" else i + 1, also=also)
    while r.relation(j) and not (r.has_table(j) or r.has_value(j)):
        j = r.skip(j + 1, also=also)
    if r.has_table(j) and not r.is_column(j) and r.table(j) not in r.draft.tables[:1]:
        r.exists(j, negated=True)
        return j + 1
    if r.counted(j) and not r.has_value(j) and (held := r.candidates(j)[0][0].table) not in r.draft.tables[:1] and r.draft.tables:
        r.related.append((held, True))  # "do not teach any course": no row of the table that says who teaches what
        r.without, r.touched, r.consumed[j] = held, True, f"table {held}"
        return j + 1
    if r.cue(i, "logic", "not") and r.cue(r.skip(i + 1), "stat", "missing"):
        return None
    worded = r.items[i].low == "without" and r.has_column(j) and not r.has_value(j) and not r.number(r.candidates(j)[0][0])
    if (r.items[i].low == "no" and _missing(r, i, j)) or worded:
        no = _denied(r, ref := r.column(j))
        add(r, Pred("null", ref) if no is None else Pred("cmp", ref, "==", no))  # "phones without bluetooth"
        return j + 1
    if (
        r.has_value(j)
        or told(r, j)
        or r.cue(j, "cmp")
        or r.cue(j, "like")
        or r.has_column(j)
        or (r.at(j) is not None and (r.items[j].number is not None))
    ):
        r.negate = True
        # "have a dog but not a cat", "neither a cat nor a dog": of all that belongs to one, nothing is that
        r.deny = not {"no", "without", "never", "neither", "nor", "but"}.isdisjoint(r.items[i].lows) or (
            i > 0 and r.items[i - 1].low in {"do", "does", "did", "have", "has", "had", "but"}
        )
        return j
    return None
