"""Superlatives: the most, the highest, the oldest, and the number that says how many of them."""

from __future__ import annotations

from nexus_jupyter.context.schema import Role
from nexus_jupyter.language.concepts import columns_of
from nexus_jupyter.language.draft import Extreme, Pred, Quantity
from nexus_jupyter.language.predicates import add, number_at
from nexus_jupyter.language.ratios import quantity as composed
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.roles import role_at
from nexus_jupyter.language.tokens import lemma, name_words, stem
from nexus_jupyter.language.vocabulary import EXACT, STEMS, Ref, vocabulary

ORDINALS = {
    word: k + 1 for k, words in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th")) for word in words.split()
}
DURATIONS = frozenset("time duration seconds minutes hours secs mins hrs milliseconds ms".split())
"""Words in the names of columns that say how long something took."""

VERBS = {
    "earn": "pay", "make": "pay", "paid": "pay", "pay": "spending", "spend": "spending", "spent": "spending",
    "cost": "cost", "sold": "revenue", "sell": "revenue",
}  # fmt: skip
"""Of which concept a verb with "the most" speaks: who earns, spends, costs the most."""


def ranked(r: Reader, i: int) -> int | None:
    """Take "second highest X": the superlative, and which place in its order is meant."""
    rank = ORDINALS.get(r.items[i].low)
    if rank is None or rank < 2 or not (r.cue(i + 1, "sup", "desc", "asc", "most", "least") or r.cue(i + 1, "adj")):
        return None
    d = r.draft
    extremes, selects = len(d.extremes), len(d.selects)
    end = superlative(r, i + 1)
    if end is None:
        return None
    if len(d.extremes) == extremes and len(d.selects) == selects + 1 and (last := d.selects[-1]).ref is not None:  # a number by itself
        d.extremes.append(Extreme(Quantity("", last.ref), last.func == "max"))
        d.selects[-1] = Quantity("", last.ref)
    if len(d.extremes) != extremes + 1 or d.extremes[-1].said_n:
        return None
    d.extremes[-1].rank = rank
    return end


def superlative(r: Reader, i: int) -> int | None:
    """Take "the highest X", "the most X", "the oldest", "3 largest X"."""
    it = r.items[i]
    if it.cue is None or it.cue[0] not in {"sup", "adj"}:
        return None
    d = r.draft
    n, said = 1, False
    if i and r.items[i - 1].number is not None and i - 1 in r.held:
        n, said = int(r.items[i - 1].number or 1), True
        r.held.discard(i - 1)
    if not said and r.asked_n is not None:
        n, said, r.asked_n = r.asked_n, True, None
    tables = [t for t in ([r.near] if r.near else []) + d.tables + list(r.scope) if t]
    if it.cue[0] == "adj":
        direction, hints = it.cue[1].split("|")
        j = r.skip(i + 1)
        descending = direction == "desc"
        if (
            r.cue(j, "agg") and r.items[j].low != "on average"
        ):  # "the longest average air time" speaks of the air time, whatever else is long
            return _aggregated(r, j, Extreme(Quantity("", None), descending, n, said), hints)
        if r.has_table(j) and not r.is_column(j):
            tables = [r.table(j) or "", *tables]
        role = role_at(r, j) or r.role
        if r.has_column(j) and r.is_column(j) and not r.has_table(j) and not r.counted(j):  # "the shortest life expectancy"
            near = [c for c, _ in r.candidates(j) if set(hints.split()) & set(name_words(c.column))]
            best = r.candidates(j)[0][0]
            itself = not set(hints.split()).isdisjoint(r.items[j].low.split())  # "the longest distance" is a distance
            if j == i + 1 and r.number(best) and (itself or not near):
                return _measured(
                    r, i, j, Extreme(Quantity("", None), descending != _turned(r, hints, best), n, said, of_rows=bool(near) and n == 1)
                )
            named = near[0] if len(near) == 1 else r.column(j, want="number")  # "the most expensive treatment" has a cost and a date
            if r.number(named) or r.dated(named):
                mean = r.cue(r.skip(j + 1), "agg", "mean") and r.items[r.skip(j + 1)].low == "on average"
                turned = r.number(named) and _turned(r, hints, named)
                d.extremes.append(
                    Extreme(
                        Quantity("mean" if mean else "", named), descending != turned, n, said, of_rows=bool(near) and n == 1 and not mean
                    )
                )
                return r.skip(j + 1) + 1 if mean else j + 1
        hinted = r.hinted(hints, list(dict.fromkeys(tables)), within=role)
        if hinted is None and hints == "age":  # who is born last is the youngest
            hinted, descending = r.hinted("birth birthday born", list(dict.fromkeys(tables)), within=role), not descending
        if hinted is None and hints == "age" and r.has_table(j) and not r.is_column(j):
            hinted = r.hinted("year", [r.table(j) or ""])  # the oldest film is of the first year
        if hinted is None:
            return None
        d.extremes.append(Extreme(Quantity("", hinted), descending, n, said, of_rows=True))
        if r.has_column(j) and r.is_column(j) and r.candidates(j)[0][0] == hinted:
            return j + 1
        return i + 1
    arg = it.cue[1]
    j = r.skip(i + 1)
    if not said and r.at(j) is not None and r.items[j].number is not None and isinstance(r.items[j].number, int) and j == i + 1:
        n, said, j = int(r.items[j].number or 1), True, r.skip(j + 1)
    descending = arg in {"desc", "most", "common"}
    if arg in {"common", "rare"}:
        if r.has_column(j) or r.has_table(j):
            ref = r.column(j) if r.is_column(j) else next(iter(r.label_of(r.table(j) or "")), None)
            if ref is None:
                return None
            d.keys.append((ref, ""))
            d.extremes.append(Extreme(Quantity("size"), descending, n, said))
            return j + 1
        if d.selects:
            d.extremes.append(Extreme(Quantity("size"), descending, n, said))
            return i + 1
        return None
    if r.cue(j, "count"):
        j = r.skip(j + 1)
    if r.cue(j, "agg"):
        reached = _aggregated(r, j, Extreme(Quantity("", None), descending, n, said))
        if reached is not None:
            return reached
        if not r.cue(j, "agg", "sum", "max", "min"):
            return None
        k = r.skip(j + 1)
        j = r.skip(k + 1) if r.cue(k, "count") else j
    many = arg in {"most", "least"}
    if many and i and (ref := _done(r, i, j)) is not None:
        d.extremes.append(Extreme(Quantity("", ref), descending, n, said))
        return i + 1
    if many and r.people(j):  # "the fewest people"
        ref = r.hinted("population inhabitants", list(dict.fromkeys(tables)))
        if ref is not None:
            d.extremes.append(Extreme(Quantity("", ref), descending, n, said))
            return j + 1
    before = r.candidates(i - 1)
    if (
        many
        and before
        and d.selects
        and d.selects[-1].ref == r.last == before[0][0]
        and r.number(r.last)
        and (r.at(j) is None or r.mark(j))
    ):
        d.selects.pop()  # "who is worth the most"
        d.extremes.append(Extreme(Quantity("", r.last), descending, n, said))
        return i + 1
    last = d.selects[-1] if d.selects else None
    if not many and last is not None and last.func and r.consumed.get(i - 1) and (r.at(j) is None or r.mark(j)):
        d.extremes.append(Extreme(d.selects.pop(), descending, n, said))  # "in which year was the average fare highest"
        return i + 1
    made = None if many else next((found for k in range(i + 1, j + 1) if (found := composed(r, k))), None)
    if made is not None:
        d.extremes.append(Extreme(made[0], descending, n, said))
        return made[1]
    if r.has_table(j) and (many or r.cue(j - 1, "count")) and not (r.is_column(j) and r.number(r.candidates(j)[0][0])):
        d.extremes.append(Extreme(Quantity("size", None, r.table(j)), descending, n, said))
        r.mention(j)
        return j + 1
    by = r.skip(j + 1)
    if not many and r.has_table(j) and not r.is_column(j) and r.at(by) is not None and r.items[by].low == "by":
        k = r.skip(by + 1)
        if r.is_column(k) and r.number(r.candidates(k)[0][0]) and not r.counted(k):
            r.mention(j)  # "the smallest country by surface area"
            d.extremes.append(Extreme(Quantity("", r.column(k, want="number")), descending, n, said, of_rows=True))
            return k + 1
    if r.has_column(j) and (r.is_column(j) or not r.has_table(j)):
        if many and (truth := r.flag(r.candidates(j)[0][0])) is not None:  # "the most holidays" are rows that say yes
            if not descending:
                return None  # a group without any would be missed
            add(r, Pred("cmp", r.column(j), "==", truth[0]))
            d.extremes.append(Extreme(Quantity("size"), descending, n, said))
            return j + 1
        if many and (not r.number(ref := r.column(j, want="number")) or r.counted(j)):
            d.extremes.append(Extreme(Quantity("count", ref), descending, n, said))
            return j + 1
        return _measured(r, i, j, Extreme(Quantity("", None), descending, n, said))
    return None


def of_the_top(r: Reader, i: int) -> int | None:
    """Take "the sum of the 5 largest X", "the average of the top 10 X": a measure of the rows with the most."""
    if not r.cue(i, "agg", "sum", "mean", "median"):
        return None
    j = r.skip(i + 1)
    first, second = (j, j + 1) if number_at(r, j) is not None else (j + 1, j)
    n, word = number_at(r, first), second
    if not isinstance(n, int) or n < 2 or not (r.cue(word, "sup", "desc", "asc") or r.cue(word, "limit", "desc", "asc")):
        return None
    k = r.skip(max(first, second) + 1)
    if not r.is_column(k):
        return None
    ref = r.column(k, want="number")
    if not r.number(ref):
        return None
    r.draft.selects.append(Quantity((r.items[i].cue or ("", ""))[1], ref))
    r.draft.extremes.append(Extreme(Quantity("", ref), (r.items[word].cue or ("", ""))[1] == "desc", n, said_n=True, of_rows=True))
    r.near = ref.table
    return k + 1


def extremes_apart(r: Reader, i: int) -> int | None:
    """Take "the difference between the highest and the lowest C": how far the ends of a column are apart."""
    if r.items[i].low not in {"difference", "the difference", "gap"}:
        return None
    ends, j = [], r.skip(i + 1, also=frozenset({"between", "in"}))
    for _ in range(2):
        arg = (r.items[j].cue or ("", ""))[1] if r.cue(j, "sup", "asc", "desc") or r.cue(j, "agg", "max", "min") else ""
        ends.append({"desc": "max", "asc": "min"}.get(arg, arg))
        j = r.skip(j + 1, also=frozenset({"and"}))
    if set(ends) != {"max", "min"} or not r.is_column(j) or not r.number(r.candidates(j)[0][0]) or r.counted(j):
        return None
    ref = r.column(j, want="number")
    r.draft.selects.append(Quantity("max", ref, less=Quantity("min", ref), name=f"difference_{ref.column}"[:40].lower()))
    r.near = ref.table
    return j + 1


def _turned(r: Reader, hints: str, ref: Ref) -> bool:
    """Say whether an adjective means the other end of this column: the oldest year is the least, and so is the fastest time."""
    return (hints == "age" and r.dated(ref)) or (hints == "speed" and bool(DURATIONS & set(name_words(ref.column))))


def _aggregated(r: Reader, j: int, extreme: Extreme, hints: str = "") -> int | None:
    """Take "average X" behind a superlative: groups are compared by it; composed numbers count, too."""
    func = (r.items[j].cue or ("", ""))[1]
    k = r.skip(j + 1)
    if r.cue(k, "count") and r.is_column(m := r.skip(k + 1)) and r.quantity(r.candidates(m)[0][0]):
        k = m  # "the highest average number of stars"
    made = next((found for m in range(j, k + 1) if (found := composed(r, m, func=func))), None)
    if made is not None:
        extreme.quantity, end = made
    elif r.has_column(k) or (r.has_table(k) and r.is_column(k + 1)):
        if not r.has_column(k) or (r.has_table(k) and r.is_column(k + 1) and r.items[k].end == r.items[k + 1].start):
            r.mention(k)  # "the highest average instructor salary"
            k += 1
        extreme.quantity, end = Quantity(func, r.column(k, want="number")), k + 1
        extreme.descending = extreme.descending != _turned(r, hints, r.last) if r.last else extreme.descending
    else:
        return None
    r.draft.extremes.append(extreme)
    return end


def _measured(r: Reader, i: int, j: int, extreme: Extreme) -> int | None:
    """Take the column beside a superlative: its own extreme, or the rows that have it."""
    d, said, descending = r.draft, extreme.said_n, extreme.descending
    ref = r.column(j, want="number")
    if (not r.number(ref) and not r.dated(ref)) or r.counted(j):
        return None
    if r.info(ref).role is Role.IDENTIFIER and r.tiers.get(j, EXACT) < STEMS:
        return None  # "the largest orders" are not those with the greatest key
    previous = r.items[i - 1].low if i else ""
    prior = r.items[i - 2].low if i > 1 else ""
    asked = (
        previous in {"with", "has", "have", "having", "had"}
        or prior in {"with", "has", "have", "having", "had", "which", "by"}
        or r.where
        or said
        or _belongs(r, i)
        or d.wh == "period"
    )
    if (not asked and not d.tables and not d.selects) or (not asked and not r.where and (d.keys or _only_aggregates(d.selects))):
        d.selects.append(Quantity("max" if descending else "min", ref))
        r.near = ref.table
        return j + 1
    extreme.quantity.ref = ref
    extreme.of_rows = extreme.of_rows or _of_noun(r, i, ref)
    d.extremes.append(extreme)
    return j + 1


def _of_noun(r: Reader, i: int, ref: Ref) -> bool:
    """Say whether the rows' noun stands before: "the singer with the lowest worth" is one singer, whatever is asked of her."""
    h = i - 1
    while h > 0 and r.items[h].low in {"with", "the", "that", "who", "which", "has", "have", "having", "had"}:
        h -= 1
    return h < i - 1 and r.has_table(h) and not r.is_column(h) and r.table(h) == ref.table and bool(r.draft.selects)


def _belongs(r: Reader, i: int) -> bool:
    """Say whether what is the most is what a measure before it is of: "the average fare of the highest rated ride"."""
    k = i - 1
    while k > 0 and r.items[k].low in {"the", "a", "an"}:
        k -= 1
    return k > 0 and bool(r.draft.selects) and r.items[k].low == "of" and k not in r.consumed


def _only_aggregates(selects: list[Quantity]) -> bool:
    return bool(selects) and all(q.func for q in selects)


def held_number(r: Reader, i: int) -> int | None:
    """Hold a number that a superlative or a noun after it explains."""
    it = r.items[i]
    if it.number is None or not isinstance(it.number, int):
        return None
    j = r.skip(i + 1)
    if r.cue(i + 1, "post") and r.has_table(k := r.skip(i + 2)) and not r.is_column(k):
        r.draft.havings.append((Quantity("size", None, r.table(k)), (r.items[i + 1].cue or ("", ""))[1], it.number, None))
        return k + 1
    if (
        j == i + 1
        and r.is_column(j)
        and any(r.number(c) for c, _ in r.candidates(j))
        and not r.counted(j)
        and (r.where or r.items[i - 1].low in {"with", "has", "have", "had", "having"})
    ):
        from nexus_jupyter.language.draft import Pred
        from nexus_jupyter.language.predicates import add

        add(r, Pred("cmp", r.column(j, want="number"), "==", it.number))
        return j + 1
    if (
        j == i + 1
        and r.wordy(j)
        and all(x.free for x in r.items[:i])
        and any(r.cue(k, "sup") or r.cue(k, "adj") for k in range(j + 1, len(r.items)))
    ):
        r.asked_n = it.number
        return j
    if r.cue(j, "sup") or r.cue(j, "adj"):
        r.held.add(i)
        return j
    return None


def _done(r: Reader, i: int, j: int) -> Ref | None:
    """Find the number that a verb before "the most" speaks of, with nothing behind it: "who earns the most"."""
    after = r.at(j)
    if after is not None and not after.mark and (r.wordy(j) or after.cue is not None):
        return None
    concept = VERBS.get(lemma(r.items[i - 1].low)) or VERBS.get(stem(r.items[i - 1].low))
    found = columns_of(concept, [vocabulary(r.catalog.dataset(t)) for t in r.scope]) if concept else {}
    refs = [ref for ref in found if r.number(ref)]
    return refs[0] if len(refs) == 1 else None
