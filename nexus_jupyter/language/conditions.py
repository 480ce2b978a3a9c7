"""Conditions: values, a column with its value, text to be found; what compares numbers is in `comparisons`."""

from __future__ import annotations

from nexus_jupyter.language.comparisons import comparison
from nexus_jupyter.language.draft import Pred, day
from nexus_jupyter.language.predicates import YEARS, add, compare, low_at, number_at
from nexus_jupyter.language.reader import Reader

AMOUNTS = frozenset({"cmp", "cmpadj", "count", "agg", "sup", "each"})
"""Cues that begin an amount, and are never the text which is looked for."""
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
    words: list[str] = []
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
        words += [r.items[m].low for m in range(k, n)]
        if not joined or not r.has_value(n) or not any(x[0] == ref for x in r.items[n].values):
            break
        values.append(r.value(n, ref)[1])
        k = n + 1
        if (following := r.at(k)) is not None and any(c == ref for c, _ in following.columns):
            k += 1  # "a king or queen bed"
    if len(values) == 1:
        add(r, Pred("cmp", ref, "==", values[0]))
    else:
        add(r, Pred("in", ref, value=tuple(dict.fromkeys(values))))
        if r.draft.preds and r.draft.preds[-1].kind == "in":
            r.draft.preds[-1].unit = "listed"
            r.draft.preds[-1].joined = "or" if "or" in words else "and"
    r.pending = None
    if negated:
        r.negate = False
    return k


def _of_rows(r: Reader, j: int) -> bool:
    """Say whether a comparison is with a number of rows: "more than 30 cars"."""
    k = r.skip(j + 1, also=frozenset({"than"}))
    n = r.skip(k + 1)
    if number_at(r, k) is None or n != k + 1:
        return False
    while r.has_value(n) and not r.has_table(n):
        n = r.skip(n + 1)  # "more than two female students"
    return r.has_table(n) and not r.is_column(n)


def letter(r: Reader, i: int) -> bool:
    """Say whether a single capital letter stands here, or one between quotes: "starts with A"."""
    it = r.at(i)
    return it is not None and (it.quote is not None or (len(it.text) == 1 and it.text.isupper()))


def equality(r: Reader, i: int) -> int | None:
    """Take "C is V", "C 10", "C contains 'x'", "C is missing"."""
    if not r.has_column(i) or (r.has_table(i) and not r.is_column(i)):
        return None
    refs = [c for c, _ in r.candidates(i)]
    j = r.behind(i)
    negated = False
    while (it := r.at(j)) is not None:
        if r.cue(j, "logic", "not") or it.low == "other than":
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
        k = j + 1 if letter(r, j + 1) else r.skip(j + 1, also=frozenset({"letter", "word", "substring", "string"}))
        while r.cue(k, "like"):
            k = r.skip(k + 1)
        got = r.at(k)
        if got is None or (got.quote is None and (len(got.text) > 30 or (got.cue is not None and got.cue[0] in {*AMOUNTS, "mark"}))):
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
    if r.cue(j, "cmp") and _of_rows(r, j):
        return None  # "in which years were more than 30 cars built"
    if (r.cue(j, "cmp") or r.cue(j, "cmpadj")) and not r.counted(i):
        r.pending = r.column(i, want="number" if not r.cue(j, "cmp", "after", "before", "since") else "")
        r.negate = negated or r.negate
        reached = comparison(r, j)
        if reached is None:
            r.pending = None
        return reached
    counted = r.skip(j + 2) if r.cue(j + 1, "post") else -1
    if (
        it.number is not None
        and j - i <= 4
        and not (r.has_table(counted) and not r.is_column(counted))
        and not (r.cue(r.skip(j + 1), "adj") or r.cue(r.skip(j + 1), "sup"))
    ):
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


__all__ = ["YEARS", "add", "compare", "comparison", "equality", "low_at", "number_at", "value"]
