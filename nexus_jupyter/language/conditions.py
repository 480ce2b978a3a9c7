"""Conditions: values, comparisons, existence, and what "not" and "or" do with them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from nexus_jupyter.language.draft import Pred, Quantity, day
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.vocabulary import Ref

OPS = {">", ">=", "<", "<=", "==", "!="}
FLIP = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "==": "!=", "!=": "=="}
TIMES = frozenset({"time", "times", "row", "rows", "record", "records", "entries"})
YEARS = range(1500, 2101)
RESTRICTING = frozenset("who that whose which with without having in of from where at on".split())


def add(r: Reader, pred: Pred) -> None:
    """Keep a condition; after "or" it joins the last one."""
    if r.negate:
        pred.negated = not pred.negated
        r.negate = False
    if r.either and r.draft.preds:
        last = r.draft.preds[-1]
        if last.kind == "or":
            r.draft.preds[-1] = Pred("or", parts=[*last.parts, pred])
        else:
            r.draft.preds[-1] = Pred("or", parts=[last, pred])
    else:
        r.draft.preds.append(pred)
    r.either = False
    if pred.ref is not None:
        r.near = pred.ref.table


def coerce(r: Reader, ref: Ref, i: int) -> Any:
    """Read the item as a value of the column, or None where it is none."""
    it = r.at(i)
    if it is None:
        return None
    if it.number is not None:
        return it.number if r.number(ref) or r.dated(ref) else it.text
    if it.date is not None:
        return day(it.date)
    if any(v[0] == ref for v in it.values):
        return r.value(i, ref)[1]
    if it.quote is not None and r.number(ref) is False:
        return it.quote
    return None


def compare(r: Reader, ref: Ref, op: str, value: Any) -> Pred:
    """Make a comparison; a year against a date compares its year."""
    info = r.info(ref)
    if isinstance(value, int) and value in YEARS and r.dated(ref) and not info.kind.numeric:
        return Pred("unit", ref, {"after": ">", "before": "<"}.get(op, op), value, unit="year")
    return Pred("cmp", ref, {"after": ">", "before": "<"}.get(op, op), value)


def comparison(r: Reader, i: int) -> int | None:
    """Take a comparison: with the column before or after it, against a number, an average, a column or a row's value."""
    it = r.at(i)
    if it is None or it.cue is None or it.cue[0] not in {"cmp", "cmpadj"}:
        return None
    op, ref, j = it.cue[1], None, i + 1
    if it.cue[0] == "cmpadj":
        op, hints = op.split("|")
        ref = r.pending or r.hinted(hints, [t for t in ([r.near] if r.near else []) + r.draft.tables + list(r.scope) if t])
        if ref is None:
            return None
        if it.low in {"older", "younger"}:
            if r.items[r.skip(j)].low != "than":
                return None
            j = r.skip(j) + 1
    j = r.skip(j, also=frozenset({"than", "value", "to"}))
    before = r.last if ref is None else ref
    if r.has_column(j) and r.is_column(j) and op in OPS:
        k = r.skip(j + 1, also=frozenset({"than", "equal", "to", "exactly"}))
        if number_at(r, k) is not None or r.cue(k, "cmp"):  # "a greater weight than 10"
            target = r.column(j, want="number")
            k = k + 1 if r.cue(k, "cmp") else k
            k = r.skip(k)
            value = coerce(r, target, k)
            if value is not None:
                add(r, compare(r, target, op, value))
                return k + 1
    if ref is None and r.pending is not None:
        ref = r.pending
    if op == "between":
        low, k = _bound(r, j)
        k2 = r.skip(k, also=frozenset({"and", "to", "-"})) if low is not None else k
        high, k3 = _bound(r, k2)
        if low is None or high is None:
            return None
        if r.has_column(r.skip(k3)) and ref is None:
            ref, k3 = r.column(r.skip(k3)), r.skip(k3) + 1
        ref = ref or (r.only_date(list(r.scope)) if isinstance(low, dt.date) or (isinstance(low, int) and low in YEARS) else before)
        if ref is None:
            return None
        if isinstance(low, int) and low in YEARS and r.dated(ref) and not r.info(ref).kind.numeric:
            add(r, Pred("unit", ref, "between", low, high, unit="year"))
        else:
            add(r, Pred("between", ref, value=low, high=high))
        r.pending = None
        return k3
    value, k = _bound(r, j)
    if value is not None:
        value, k = _scaled(r, value, k)
        n = r.skip(k)
        if ref is None or op in OPS:
            if r.has_table(n) and not r.is_column(n) and ref is None and isinstance(value, int) and op in OPS and r.table(n) != _main(r):
                r.draft.havings.append((Quantity("size", None, r.table(n)), op if not r.negate else FLIP[op], value, None))
                r.negate = False
                r.mention(n)
                return n + 1
            if ref is None and r.has_column(n) and any(r.number(c) or r.dated(c) for c, _ in r.candidates(n)):
                ref, k = r.column(n, want="number"), n + 1
            elif ref is None and r.has_table(n) and isinstance(value, int) and op in OPS:
                r.draft.havings.append((Quantity("size", None, r.table(n)), op if not r.negate else FLIP[op], value, None))
                r.negate = False
                return n + 1
            elif ref is None and r.has_column(n) and isinstance(value, int) and op in OPS:
                r.draft.havings.append((Quantity("count_distinct", r.column(n)), op, value, None))
                return n + 1
            elif ref is None and isinstance(value, int) and (low_at(r, n) in TIMES or low_at(r, k - 1) in {"once", "twice"}):
                r.draft.havings.append((Quantity("size"), op, value, None))
                return n + 1 if low_at(r, n) in TIMES else k
        if ref is None and r.either and isinstance(before, Ref) and r.number(before):
            ref = before
        if ref is None and op in {"before", "after"}:
            ref = r.only_date([t for t in [r.near, *r.draft.tables] if t])
        if ref is None and isinstance(before, Ref) and (r.number(before) or r.dated(before)):
            return None
        if ref is None or not (r.number(ref) or r.dated(ref)):
            return None
        if r.cue(k, "post"):
            op, k = (r.items[k].cue or ("", op))[1], k + 1
        add(r, compare(r, ref, op, value))
        r.pending = None
        return k
    if ref is None:
        return None
    pred, k = _against(r, ref, op, j)
    if pred is not None:
        add(r, pred)
        r.pending = None
        return k
    return None


def _main(r: Reader) -> str | None:
    return r.draft.tables[0] if r.draft.tables else None


def number_at(r: Reader, i: int) -> int | float | None:
    """Give the number at a place, or None."""
    it = r.at(i)
    return it.number if it is not None else None


def _bound(r: Reader, i: int) -> tuple[Any, int]:
    it = r.at(i)
    if it is None:
        return None, i
    if it.number is not None:
        if r.at(i + 1) is not None and r.items[i + 1].number in {100, 1000, 1_000_000} and r.items[i + 1].low.isalpha():
            return it.number * (r.items[i + 1].number or 1), i + 2
        return it.number, i + 1
    if it.date is not None:
        return day(it.date), i + 1
    return (
        (it.quote, i + 1)
        if it.quote is not None and day(it.quote) is None and not it.values
        else (day(it.quote), i + 1)
        if it.quote and day(it.quote)
        else (None, i)
    )


def _scaled(r: Reader, value: Any, k: int) -> tuple[Any, int]:
    """Step over a unit that the words name after a number: dollars, years old, percent."""
    it = r.at(k)
    if (
        it is not None
        and it.low in {"dollars", "dollar", "usd", "euros", "percent", "%", "pounds", "kg", "km", "miles", "meters", "$"}
        and not r.wordy(k)
    ):
        return value, k + 1
    if it is not None and it.low in {"years", "year"} and r.at(k + 1) is not None and r.items[k + 1].low in {"old", "older"}:
        return value, k + 2
    return value, k


def _against(r: Reader, ref: Ref, op: str, j: int) -> tuple[Pred | None, int]:
    """Compare with an average, with the largest value of a group, or with another column."""
    if op not in OPS:
        return None, j
    if r.cue(j, "agg") or r.cue(j, "sup", "asc", "desc"):
        cue = r.items[j].cue or ("", "")
        func = {"asc": "min", "desc": "max"}.get(cue[1], cue[1])
        k = r.skip(j + 1, also=frozenset({"all", "for", "overall"}))
        other = ref
        if r.has_column(k) and r.is_column(k):
            found = r.column(k, prefer=ref.table)
            other, k = (found if found != ref else ref), k + 1
            k = r.skip(k)
        n = r.skip(k)
        if r.has_table(n) and not r.is_column(n) and r.table(n) == ref.table:
            r.mention(n)
            k = n + 1
            if low_at(r, k) in RESTRICTING:
                return None, j
        return Pred("cell", ref, op, Quantity(func, other)), k
    if r.has_column(j) and r.number(ref) == r.number(r.candidates(j)[0][0]):
        return Pred("cmp", ref, op, r.column(j)), j + 1
    return None, j


VERSUS = frozenset({"vs", "versus", "against"})


def value(r: Reader, i: int) -> int | None:
    """Take a value: with its column beside it, in a list, or alone."""
    if not r.has_value(i):
        return None
    it = r.items[i]
    if (r.is_column(i) or r.has_table(i)) and it.quote is None and not r.cue(r.skip(i + 1), "x"):
        proper = it.text[:1].isupper() and i > 0 and r.where
        if not proper:
            return None
    j = r.skip(i + 1)
    ref = None
    pend = r.pending
    if pend is not None and any(v[0] == pend for v in it.values):
        ref = pend
    elif r.has_column(j) and any(v[0] in [c for c, _ in r.candidates(j)] for v in it.values) and j == i + 1:
        ref = next(c for c, _ in r.candidates(j) if any(v[0] == c for v in it.values))
        r.consumed[j] = "the column of the value"
    else:
        j = i + 1
    took = ref is not None and ref != pend
    ref, v = r.value(i, ref)
    values, k = [v], (j + 1 if took else i + 1)
    negated = r.negate
    while True:
        n, joined = k, False
        while (
            r.mark(n) == ","
            or r.cue(n, "logic", "or", "and")
            or (r.at(n) is not None and r.items[n].low in {"the", "in", "from", "for", "/", *VERSUS})
        ):
            r.compared = r.compared or r.items[n].low in VERSUS
            joined, n = True, n + 1
        if not joined or not r.has_value(n) or not any(x[0] == ref for x in r.items[n].values):
            break
        values.append(r.value(n, ref)[1])
        k = n + 1
        if r.has_column(k) and ref in [c for c, _ in r.candidates(k)]:
            k += 1
    if len(values) == 1:
        add(r, Pred("cmp", ref, "==", values[0]))
    else:
        add(r, Pred("in", ref, value=tuple(dict.fromkeys(values))))
        if r.draft.preds and r.draft.preds[-1].kind == "in":
            r.draft.preds[-1].unit = "listed"
    r.pending = None
    if negated:
        r.negate = False
    return k


def equality(r: Reader, i: int) -> int | None:
    """Take "C is V", "C 10", "C contains 'x'", "C is missing"."""
    if not r.has_column(i) or (r.has_table(i) and not r.is_column(i)):
        return None
    refs = [c for c, _ in r.candidates(i)]
    j = i + 1
    negated = False
    while (it := r.at(j)) is not None:
        if r.cue(j, "logic", "not"):
            negated = True
        elif r.cue(j, "cmp", "==", "!=") and not r.has_value(j):
            negated = negated or (it.cue or ("", ""))[1] == "!="
        elif not (
            it.low
            in {
                "is",
                "are",
                "was",
                "were",
                "be",
                "of",
                "being",
                "has",
                "have",
                "had",
                "in",
                "as",
                "to",
                "the",
                "a",
                "an",
                "that",
                "either",
                "value",
                "do",
                "does",
                "did",
                "equals",
                "ids",
            }
            or it.mark in {"=", ":", "("}
        ):
            break
        j += 1
    it = r.at(j)
    if it is None:
        return None
    if r.cue(j, "like"):
        mode = (it.cue or ("", ""))[1]
        k = r.skip(j + 1, also=frozenset({"letter", "word", "substring", "string"}))
        while r.cue(k, "like"):
            k = r.skip(k + 1)
        got = r.at(k)
        if got is None or (got.quote is None and len(got.text) > 30):
            return None
        text = got.quote if got.quote is not None else got.text
        ref = r.column(i)
        n = k + 1
        while (
            (extra := r.at(n)) is not None
            and extra.low in {"in", "their", "its", "it", "letter", "the", "name"}
            and got.quote is not None
            and not r.has_column(n)
        ):
            n += 1
        add(r, Pred("like", ref, mode, text, negated=negated))
        return n
    if r.cue(j, "stat", "missing"):
        add(r, Pred("null", r.column(i), negated=negated))
        return j + 1
    between = [r.items[k].low for k in range(i + 1, j)]
    if r.cue(j, "cmp", "between") or (r.cue(j, "cmp") or r.cue(j, "cmpadj")):
        r.pending = r.column(i, want="number" if not r.cue(j, "cmp", "after", "before") else "")
        r.negate = negated or r.negate
        reached = comparison(r, j)
        if reached is None:
            r.pending = None
        return reached
    if it.number is not None and j - i <= 4 and not (r.cue(r.skip(j + 1), "adj") or r.cue(r.skip(j + 1), "sup")):
        numeric = [c for c in refs if r.number(c) or r.dated(c)]
        if not numeric or ("in" in between and not r.where):
            texts = [c for c in refs if any(v[0] == c for v in it.values)]
            if not texts:
                return None
            add(r, Pred("cmp", texts[0], "==", r.value(j, texts[0])[1], negated=negated))
            return j + 1
        ref = r.column(i, want="number")
        values: list[int | float] = [it.number]
        op, k = "==", j + 1
        if r.cue(k, "post"):
            op, k = (r.items[k].cue or ("", ""))[1], k + 1
        while r.cue(k, "logic", "or") and number_at(r, r.skip(k + 1)) is not None:
            values.append(number_at(r, r.skip(k + 1)) or 0)
            k = r.skip(k + 1) + 1
        pred = compare(r, ref, op, values[0]) if len(values) == 1 else Pred("in", ref, value=tuple(values))
        pred.negated = negated
        add(r, pred)
        return k
    if it.date is not None and j - i <= 3:
        add(r, Pred("cmp", r.column(i, want="date"), "==", day(it.date), negated=negated))
        return j + 1
    if it.values and any(v[0] in refs for v in it.values):
        ref = next(c for c in refs if any(v[0] == c for v in it.values))
        r.consumed[i] = f"column {ref.table}.{ref.column}"
        r.pending, r.negate = ref, negated or r.negate
        return value(r, j)
    if it.quote is not None and r.cue(j - 1, "logic", "not") is False and between and not it.values and not r.has_column(j):
        return None
    return None


def low_at(r: Reader, i: int) -> str:
    """Give the words of an item in lower case, nothing past the end."""
    it = r.at(i)
    return it.low if it is not None else ""
