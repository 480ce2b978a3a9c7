"""How much something changed, or differs: between two periods, "from 2012 to 2013", or between two groups, "of A than of B".

The words that ask for it and the two sides are taken wherever they stand, the measure by the rules for measures; what is asked for is put
together when everything is read.
"""

from __future__ import annotations

from dataclasses import replace

from nexus_jupyter.language.draft import TIMELINE, Extreme, NotUnderstood, Pred, Quantity
from nexus_jupyter.language.predicates import low_at
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.sides import Side, Sides, sides
from nexus_jupyter.language.tokens import lemma, python_name

RISES = frozenset(
    "grow grows grew grown growing growth increase increases increased rise rises rose risen gain gained change changes changed".split()
)
FALLS = frozenset(
    "decrease decreases decreased drop drops dropped fall falls fell fallen decline declines declined reduction shrink shrank".split()
)
APART = frozenset({"difference", "differences", "gap"})
MORE = frozenset("more higher larger greater bigger longer taller heavier older".split())
LESS = frozenset("less fewer lower smaller shorter lighter younger".split())
PERCENT = frozenset({"percentage", "percent", "%", "what percentage of", "relative"})
DIFFER = frozenset({"differ", "differs"})
SET_AGAINST = frozenset({"versus", "vs", "against", "compared", "minus"})
RATIO = frozenset({"ratio of", "ratio"})
HUNDRED = 100


def change(r: Reader, i: int) -> int | None:
    """Take a word that asks how far two sides are apart, where the question has two sides."""
    extreme = i if r.cue(i, "sup", "desc", "asc", "most", "least") else None  # "the largest growth of"
    kind, end = _words(r, i if extreme is None else r.skip(i + 1))
    if end <= i + (extreme is not None) or (extreme is not None and not kind):
        return None
    if extreme is None and r.cue(end, "sup", "most", "least") and kind in {"rise", "fall"}:  # "whose sales grew the most"
        extreme, end = end, end + 1
    found = _sides(r)
    if found is None or (kind in {"rise", "fall"} and not found.periods):
        return None
    d = r.draft
    if kind in {"rise", "fall"} or not d.change:
        d.change = kind or d.change
    d.absolute = d.absolute or any(it.low in {"absolute", *DIFFER} for it in r.items[i:end])
    d.percent = d.percent or any(w in {"growth", "percent", "percentage", "%", "relative"} for it in r.items[i:end] for w in it.lows)
    r.touched = True
    r.consumed.update(dict.fromkeys(range(i, end), "a change"))
    if r.items[i].low == "how many":
        return _rows(r, end)
    if extreme is not None:
        n = int(r.items[i - 1].number or 1) if i - 1 in r.held else r.asked_n
        r.held.discard(i - 1)
        r.asked_n = None
        d.extremes.append(Extreme(Quantity(""), r.cue(extreme, "sup", "desc", "most"), n or 1, n is not None))
    return end


def summaries(r: Reader, i: int) -> int | None:
    """Take "difference between the highest and the lowest X", "ratio of mean to median X": two numbers of one column."""
    low = r.items[i].low
    if low not in APART | RATIO or r.has_column(i):
        return None
    j = r.skip(i + 1, also=frozenset({"between"}))
    one, k = _func(r, j)
    said = next((n for n in (k, r.skip(k)) if one and r.is_column(n)), None)
    first = r.column(said, want="number") if said is not None else None
    k = k if said is None else said + 1
    if not one or not (r.cue(k, "logic", "and") or low_at(r, k) == "to"):
        return None
    other, n = _func(r, r.skip(k + 1))
    n = r.skip(n)
    if not other or not r.is_column(n):
        return None
    ref = r.column(n, want="number")
    if not r.number(ref) or (first is not None and first != ref) or one == other:
        return None
    two = Quantity(other, ref)
    name = python_name(f"ratio_of_{one}_to_{other}_{ref.column}" if low in RATIO else f"difference_of_{one}_and_{other}_{ref.column}")[:40]
    made = Quantity(one, ref, over=two, name=name) if low in RATIO else Quantity(one, ref, less=two, name=name)
    r.draft.selects.append(made)
    return n + 1


def _func(r: Reader, j: int) -> tuple[str, int]:
    """Read a summary's word, and where what it summarises stands; "" where there is none."""
    if not (r.cue(j, "agg") or r.cue(j, "sup", "asc", "desc")):
        return "", j
    func = (r.items[j].cue or ("", ""))[1]
    return {"asc": "min", "desc": "max"}.get(func, func), j + 1


def pair(r: Reader, i: int) -> int | None:
    """Take the two sides themselves."""
    d = r.draft
    if d.sides is not None or not (_asked(r) or r.compared or d.change or any(it.low in SET_AGAINST for it in r.items[i + 1 :])):
        return None
    found = _sides(r)
    if found is None or found.start != i or (not (d.change or _asked(r) or found.joint == "minus") and not found.periods):
        return None
    d.sides = found
    d.change = d.change or ("more" if found.joint == "minus" else "")
    r.compared = r.compared or found.joint in SET_AGAINST
    r.near = found.ref.table
    r.touched = True
    r.consumed.update(dict.fromkeys(range(i, found.other.end), f"{found.one.said} and {found.other.said}"))
    return found.other.end


def settle(r: Reader) -> None:
    """Put together what was asked for: each measure is that of one side less, or over, that of the other."""
    d = r.draft
    if d.sides is None:
        if d.change:
            raise NotUnderstood("a change between which two periods or groups")
        return
    d.notes += [("period", side.note) for side in (d.sides.one, d.sides.other) if side.note]
    if d.statistic and not d.statistic.startswith("each"):
        raise NotUnderstood("a change of a share")
    if not d.change and not r.compared:
        raise NotUnderstood("what is asked of two periods")
    if not d.change:
        for q in d.selects:
            _function(r, q)
        d.preds.append(Pred("or", parts=[d.sides.one.pred, d.sides.other.pred]))
        d.keys.append((d.sides.ref, "" if r.info(d.sides.ref).kind.numeric else TIMELINE + d.sides.one.unit))
        return
    new, old = _order(d.change, d.sides)
    for e in d.extremes:
        if not e.quantity.func and e.quantity.ref is None:
            e.quantity = _measure(r)
    measured = 0
    for q in [*d.selects, *(e.quantity for e in d.extremes)]:
        if q.func or (q.ref is not None and r.number(q.ref) and not r.dated(q.ref) and (q.ref, "") not in d.keys):
            _changed(r, q, new.pred, old.pred)
            measured += 1
    if measured != 1 or d.havings or d.limit is not None:
        raise NotUnderstood("a change of what")
    said = f"{new.said} less {old.said}" if d.change != "times" else f"{new.said} over {old.said}"
    d.notes.append(("measure", f"What is given is {said}{f', in percent of {old.said}' if d.percent else ''}."))


def _measure(r: Reader) -> Quantity:
    """Take the measure that was asked for as the one by which groups are compared."""
    found = [q for q in r.draft.selects if q.func or (q.ref is not None and r.number(q.ref))]
    if len(found) != 1:
        raise NotUnderstood("a change of what")
    r.draft.selects.remove(found[0])
    return found[0]


def _order(kind: str, found: Sides) -> tuple[Side, Side]:
    if kind in {"more", "times"}:
        return found.one, found.other
    if kind == "less":
        return found.other, found.one
    if kind == "apart":
        return found.later
    new, old = (found.other, found.one) if found.joint in {"to", "until", "through"} else found.later
    return (new, old) if kind == "rise" else (old, new)


def _function(r: Reader, q: Quantity) -> None:
    """Give a number that is named without a function the one by which it is compared."""
    if not q.func and q.ref is not None and r.number(q.ref) and not r.dated(q.ref):
        q.func = "sum" if r.quantity(q.ref) else "mean"
        r.draft.notes.append(("measure", f"What is compared is the {'total' if q.func == 'sum' else 'average'} {q.ref.column}."))


def _changed(r: Reader, q: Quantity, new: Pred, old: Pred) -> None:
    """Turn a measure into its change, in place."""
    if q.composed:
        raise NotUnderstood("a change of what is made of several numbers")
    d = r.draft
    _function(r, q)
    base = new if d.change == "fall" else old
    plain = replace(q)
    q.where = new
    if d.change == "times":
        q.over = replace(plain, where=old)
    else:
        q.less = replace(plain, where=old)
    if d.percent:
        q.over, q.scale = replace(plain, where=base), HUNDRED
    q.absolute = d.absolute
    what = q.ref.column if q.ref is not None else q.table or "rows"
    kind = {"rise": "change_in", "fall": "fall_in", "times": "ratio_of"}.get(d.change, "difference_in")
    func = {"sum": "total_", "mean": "average_", "size": "number_of_"}.get(q.func, f"{q.func}_")
    q.name = python_name(f"{kind}_{func}{what}")[:40] + ("_percent" if d.percent else "")


# --- the words -------------------------------------------------------------------------------------------------------------
def _words(r: Reader, i: int) -> tuple[str, int]:
    """Read the words for a change that stand together: "percentage increase", "absolute difference"."""
    kind, end = "", i
    while not kind and r.at(end) is not None and (took := _word(r, end)) is not None:
        kind, end = took
    return kind, end


def _word(r: Reader, i: int) -> tuple[str, int] | None:
    """Read what asks for a change at an item: its kind ("" where another word says it) and where it ends."""
    it, low, after = r.items[i], r.items[i].low, low_at(r, i + 1)
    if r.wordy(i) and low not in APART:
        return None
    if low == "by" and after in {"how much", "what"}:
        return _word(r, i + 1) if after == "how much" else ("", i + 3) if low_at(r, i + 2) in PERCENT else None
    if low in {"how much", "how many"} and after in MORE | LESS:
        return ("more" if after in MORE else "less"), i + 2
    if low == "how many times" and after in MORE | {"as"}:
        return "times", i + 2
    if low in PERCENT and after in MORE | LESS:
        return ("more" if after in MORE else "less"), i + 2
    if low in DIFFER and any(it.low == "how much" for it in r.items[:i]):
        return "apart", i + 1
    if low in PERCENT or (low == "how much" and _asked(r)):
        return ("", i + 1) if _asked(r) else None
    if r.cue(i, "stat", "growth") or (low in RISES and it.cue is None):
        return "rise", i + 1
    if low in FALLS and it.cue is None:
        return "fall", i + 1
    if (
        low in APART
        and it.cue is None
        and not any(r.cue(k, "test") and x.low not in DIFFER for k, x in enumerate(r.items))
        and not r.has_column(i)
    ):
        return "apart", i + 2 if after == "between" and not _sided(r, i + 1) else i + 1
    if low in RATIO:
        return "times", i + 1
    if low == "absolute" and after in APART:
        return "", i + 1
    return None


def _sided(r: Reader, i: int) -> bool:
    """Say whether the two sides begin here: "between A and B", not "between the mean of A and the mean of B"."""
    found = _sides(r)
    return found is None or found.start == i


def _asked(r: Reader) -> bool:
    """Say whether a word for a change stands somewhere."""
    words = RISES | FALLS | APART | DIFFER
    return any(r.cue(k, "stat", "growth") or (it.low in words and not r.wordy(k)) for k, it in enumerate(r.items))


def _sides(r: Reader) -> Sides | None:
    """Find the two sides; where the words name a unit of time, "from 2012 to 2014" is a range."""
    if r.draft.sides is not None:
        return r.draft.sides
    growing = any(r.cue(k, "stat", "growth") or it.low in RISES | FALLS for k, it in enumerate(r.items))
    found = sides(r, periods=growing)
    if found is None:
        return None
    inside = range(found.start, found.other.end)
    return None if any(r.cue(k, "unit") and k not in inside and not r.wordy(k) for k in range(len(r.items))) else found


def _rows(r: Reader, j: int) -> int | None:
    """Count what follows "how many more"."""
    j = r.skip(j)
    d = r.draft
    if r.has_table(j) and not r.is_column(j):
        d.selects.append(Quantity("size", None, r.table(j)))
        r.mention(j)
    elif r.has_column(j):
        ref = r.column(j)
        d.selects.append(Quantity("sum", ref) if r.quantity(ref) else Quantity("count_distinct", ref))
    elif r.people(j) or lemma(low_at(r, j)) in {"row", "record"}:
        d.selects.append(Quantity("size"))
    else:
        return None
    return j + 1
