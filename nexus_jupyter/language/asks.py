"""What is asked for: columns, measures, groups, superlatives, statistics."""

from __future__ import annotations

from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language.again import again
from nexus_jupyter.language.concepts import leading
from nexus_jupyter.language.draft import Impossible, Quantity
from nexus_jupyter.language.lexicon import WH_HINTS
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.roles import spread
from nexus_jupyter.language.tallies import CALENDAR, tallied
from nexus_jupyter.language.tokens import lemma, name_words
from nexus_jupyter.language.verbs import unnamed
from nexus_jupyter.language.vocabulary import DROPPED, OWN, Ref

WHERE_WORDS = frozenset("whose who where that having with which if when without has have had from in of by for and".split())
COUNTED = frozenset({"order", "transaction", "purchase", "sale", "row", "record", "observation", "entry"})
AGAIN = frozenset({"what", "which", "who", "when", "where"})
HARD_WHERE = frozenset("whose who where having with that if".split())


def free(r: Reader, i: int) -> int | None:
    """Step over words that carry no meaning of their own, noting where conditions begin."""
    it = r.items[i]
    if r.wordy(i) and not it.mark:
        return None
    if it.mark:
        if it.mark in ".;?:!" and it.mark:
            r.where, r.without, r.anded = False, None, False
            if it.mark == "?" and not r.chart and r.draft.tables:
                r.near = r.draft.tables[0]  # "Which ship has two captains? Give the name.": of the ship
        return i + 1
    if it.cue is not None and it.cue[0] == "logic" and it.cue[1] in {"and", "or"}:
        r.either, r.anded = it.cue[1] == "or", it.cue[1] == "and"
        if it.low == "both" and r.draft.tables and not r.chart and not r.has_value(r.skip(i + 1)):
            return None
        return i + 1
    if r.cue(i, "idle"):
        return i + 1
    if (
        it.low == "all"
        and low_at(r, i - 1) in {"are", "were", "is", "have", "had"}
        and any(r.cue(i + 1, kind) for kind in ("cmp", "cmpadj", "like"))
    ):
        return None  # "whose players are all younger than 30" says something of each of them
    if it.low in AGAIN and i > 2 and r.items[i - 1].low == "and" and low_at(r, i + 1) in {"is", "are", "was", "were"} and not r.chart:
        return again(r, i)
    if it.low in {"when", "where", "who"} and not r.draft.selects and not r.draft.wh and i < 2:
        r.draft.wh = it.low
    if it.low in HARD_WHERE and (r.draft.selects or r.draft.tables):
        r.where = True
    if unnamed(r, i):
        return None
    if it.free or r.cue(i, "weak") or (it.cue is None and it.low in {"by", "than", "total"} and it.number is None):
        if it.low == "how" and r.at(i + 1) is not None and f"how {r.items[i + 1].low}" in {"how old", "how tall", "how long"}:
            return None
        return i + 1
    return None


def distinct(r: Reader, i: int) -> int | None:
    """Take "different", "unique"."""
    if not r.cue(i, "distinct"):
        return None
    j = r.skip(i + 1)
    r.draft.distinct = not r.chart or r.draft.distinct
    return j if j > i else None


def count(r: Reader, i: int) -> int | None:
    """Take "how many X", "number of X"."""
    if not r.cue(i, "count"):
        return None
    d = r.draft
    amount = r.cue(i, "count", "amount")
    j = r.skip(i + 1)
    if amount and r.has_column(i) and r.cue(i + 1, "cmp"):
        return None
    different, asked = False, r.items[i].low == "how many" or (r.items[i].low.endswith("number of") and not r.chart)
    while r.cue(j, "distinct") or r.cue(j, "count") or r.cue(j, "agg", "sum") or (r.cue(j, "each") and "different" in r.items[j].lows):
        different = different or r.cue(j, "distinct") or r.cue(j, "each")
        asked = asked or r.items[j].low == "how many"
        amount = amount or r.cue(j, "count", "amount")
        j = r.skip(j + 1)
    r.where = False
    k = r.skip(j + 1)
    if r.people(j) and r.is_column(k) and r.quantity(r.candidates(k)[0][0]):
        j = k  # "the number of people killed"
    if r.cue(j, "each") or r.cue(j, "stat", "rows"):
        d.selects.append(Quantity("size"))
        return j + 1 if r.cue(j, "stat", "rows") else j
    while r.has_table(j) and r.has_table(j + 1) and r.items[j].end == r.items[j + 1].start and r.table(j) != r.table(j + 1):
        r.mention(j)  # "car models": models, of cars
        j += 1
    if r.has_table(j) and not r.is_column(j) and not (different and r.has_column(j)):
        table = r.table(j) or ""
        summed = r.hinted("amount", [table]) if amount or r.items[i].low.endswith("amount of") else None
        key = r.key_of(table) if different else None
        if key and len(r.scope) > 1:
            d.selects.append(Quantity("count_distinct", key, table))
        else:
            d.selects.append(Quantity("sum", summed) if summed else Quantity("size", None, table))
        r.mention(j)
        return j + 1
    if not different and (end := tallied(r, j, asked=asked)) is not None:
        return end
    if r.has_column(j):
        k = r.skip(j + 1)
        ref = r.column(j)
        if (
            (amount and r.quantity(ref))
            or (not different and r.quantity(ref) and r.info(ref).kind is Kind.INTEGER and not _plural_of(r.items[j].low, ref.column))
            or (r.items[i].low.startswith(("total number", "the total number", "total amount", "how many total")) and r.quantity(ref))
        ):
            d.selects.append(Quantity("sum", ref))
        else:
            func = (
                "count_distinct"
                if different
                or (
                    (asked or r.info(ref).role is Role.IDENTIFIER)
                    and not r.chart
                    and not r.profile(ref).unique
                    and ref.table not in d.tables
                    and not (r.dated(ref) and lemma(r.items[j].low) not in CALENDAR)
                )
                else "count"
            )
            d.selects.append(Quantity(func, ref))
        r.near = ref.table
        while r.cue(k, "logic", "and") and r.is_column(r.skip(k + 1)) and different:
            d.selects.append(Quantity("count_distinct", r.column(r.skip(k + 1))))
            j, k = r.skip(k + 1), r.skip(r.skip(k + 1) + 1)
        return j + 1
    if r.has_value(j):
        d.selects.append(Quantity("size"))
        d.statistic = d.statistic or ("by value" if r.chart else "")
        return j
    it = r.at(j)
    if it is not None and lemma(it.low) in COUNTED and len(r.catalog.datasets) == 1:
        d.selects.append(Quantity("size"))
        return j + 1
    if it is not None and (r.people(j) or (it.low in {"things", "ones", "items", "times"} and it.cue is None)):
        d.selects.append(Quantity("size"))
        return j + 1
    d.selects.append(Quantity("size"))
    return j if j > i else i + 1


def _plural_of(word: str, column: str) -> bool:
    """Say whether a word counts what the column names one of: "scientists" and `scientist`."""
    return word != column.casefold() and lemma(word) == column.casefold()


def aggregate(r: Reader, i: int) -> int | None:
    """Take "average X", "minimum, maximum and mean X", "total X and Y"."""
    if not r.cue(i, "agg"):
        return None
    if r.items[i].low in {"total", "overall"} and r.cue(i + 1, "agg"):
        return i + 1
    d = r.draft
    if r.items[i].low == "on average" and _averaged(r):
        return i + 1
    funcs, j = [(r.items[i].cue or ("", ""))[1]], i + 1
    while True:
        k = j
        while (
            r.mark(k) == ","
            or r.cue(k, "logic", "and")
            or (r.at(k) is not None and r.items[k].low in {"the", "of", "values", "value"} and not r.has_column(k))
        ):
            k += 1
        if r.cue(k, "agg") or r.cue(k, "sup", "asc", "desc") or (r.cue(k, "adj") and k > i + 1):
            cue = (r.items[k].cue or ("", ""))[1].partition("|")[0]
            funcs.append({"asc": "min", "desc": "max"}.get(cue, cue))
            j = k + 1
            continue
        j = k if r.has_column(k) else r.skip(j, also=frozenset({"value", "values", "all"}))
        break
    if r.cue(j, "count", "amount") and r.has_column(j):
        pass
    elif (
        r.cue(j, "count") and funcs != ["sum"] and r.has_column(k := r.skip(j + 1)) and r.is_column(k) and r.quantity(r.candidates(k)[0][0])
    ):
        j = k  # "the average number of seats"
    elif r.cue(j, "count"):
        return None if funcs != ["sum"] else j
    if r.has_value(j) and r.has_column(r.skip(j + 1)) and not r.has_column(j):  # "average French age"
        from nexus_jupyter.language.conditions import value

        j = r.skip(value(r, j) or j + 1)
    if r.has_table(j) and not r.is_column(j) and r.has_column(j + 1):
        r.mention(j)
        j += 1
        j = r.skip(j)
    if (
        r.has_column(j)
        and r.has_column(j + 1)
        and r.candidates(j)[0][1] <= DROPPED
        and r.info(r.candidates(j)[0][0]).role is Role.IDENTIFIER
    ):
        j += 1
    if (
        r.has_column(j)
        and r.has_column(j + 1)
        and r.items[j].end == r.items[j + 1].start
        and r.is_column(j + 1)
        and not r.has_value(j + 1)
        and not r.cue(j + 1, "unit")
    ):
        return None
    if j + 1 < len(r.items) and len(r.candidates(j)) == 1 and [c for c, _ in r.candidates(j)] == [c for c, _ in r.candidates(j + 1)]:
        j += 1  # "sales amount": both words name the same column
    if r.has_value(j) and not r.wordy(j + 1) and funcs in (["sum"], ["mean"]) and len(r.scope) == 1 and (ref := leading(r)) is not None:
        d.selects.append(Quantity(funcs[0], ref))
        d.notes.append(("measure", f"No number is named, so {ref.column} is taken."))
        return j
    if not r.has_column(j) and not (r.has_table(j) and funcs == ["sum"]):
        ended = r.at(j) is None or r.mark(j) in {".", ";", ","}
        return j if ended and all(any(q.func == f for q in d.selects) for f in funcs) else None  # "show the name and the average."
    if (r.has_table(j) and not r.is_column(j)) and funcs == ["sum"]:
        summed = r.hinted("amount", [r.table(j) or ""]) or _totals(r, r.table(j) or "")
        d.selects.append(Quantity("sum", summed) if summed else Quantity("size", None, r.table(j)))
        r.mention(j)
        return j + 1
    first = r.candidates(j)[0][1]
    refs, k = spread(r, j, r.column(j, want="number")), j + 1
    while True:
        n = k
        while r.mark(n) == "," or r.cue(n, "logic", "and") or (r.at(n) is not None and r.items[n].low == "the"):
            n += 1
        if (
            n == k
            or not r.is_column(n)
            or r.candidates(n)[0][1] < min(OWN, first)
            or not r.number(r.candidates(n)[0][0])
            or not r.number(refs[0])
            or (not r.cue(n - 1, "logic", "and") and r.mark(n - 1) != ",")
        ):
            break
        after = r.skip(n + 1)
        if r.cue(after, "cmp") or (r.at(after) is not None and r.items[after].number is not None):
            break
        d.cost += 0.15
        refs.append(r.column(n, want="number"))
        k = n + 1
    n = r.skip(k, also=frozenset({"is", "was"}))
    if (r.cue(n, "cmp") or r.cue(n, "cmpadj")) and (r.where or r.draft.selects) and len(refs) == len(funcs) == 1:
        m = r.skip(n + 1, also=frozenset({"than"}))
        got, op = r.at(m), (r.items[n].cue or ("", ""))[1].partition("|")[0]
        if got is not None and got.number is not None and op not in {"between", "before", "after", "since"}:
            d.havings.append((Quantity(funcs[0], refs[0]), op, got.number, None))
            return m + 1
        of_rows = op not in {"between", "before", "after"} and funcs[0] in {"mean", "median", "min", "max"}
        if of_rows and (overall := _overall(r, m, refs[0])) is not None:
            d.havings.append((Quantity(funcs[0], refs[0]), op, overall[0], None))
            return overall[1]
    for ref in refs:
        for func in funcs:
            if func == "sum" and r.items[i].low in {"sum", "sum of", "the sum of"} and not r.number(ref) and not r.partly(ref):
                raise Impossible(f"`{ref.column}` holds no numbers, so it has no sum; its rows can be counted")
            use = func if r.number(ref) or r.partly(ref) or func in {"min", "max", "mode"} else "count" if func == "sum" else func
            if func == "sum" and not r.quantity(ref) and not r.partly(ref) and r.info(ref).role.value != "measure":
                use = "count"
            d.selects.append(Quantity(use, ref))
    r.near = refs[0].table
    r.where = False
    return k


def _overall(r: Reader, j: int, ref: Ref) -> tuple[Quantity, int] | None:
    """Read "the overall average" behind a measure of groups: the same of all rows."""
    j = r.skip(j)
    if r.items[j].low == "overall" and r.cue(j + 1, "agg"):
        j += 1
    if not r.cue(j, "agg", "mean", "median"):
        return None
    k = r.skip(j + 1, also=frozenset({"all", "overall", "across", "rows"}))
    if r.is_column(k) and any(c == ref for c, _ in r.candidates(k)):
        k += 1
    elif r.cue(k, "agg") or (r.wordy(k) and (r.is_column(k) or r.has_table(k))):
        return None
    return Quantity((r.items[j].cue or ("", ""))[1], ref), k


def _totals(r: Reader, table: str) -> Ref | None:
    """Give the column of a table that is called "total" and nothing else."""
    found = [ref for c in r.catalog.dataset(table).schema if name_words(c.name) == ("total",) and r.quantity(ref := Ref(table, c.name))]
    return found[0] if found else None


def _averaged(r: Reader) -> bool:
    """Take "on average" behind what it is about: "body mass by species, on average", "the heaviest on average"."""
    d = r.draft
    last = d.preds[-1] if d.preds else None
    if (
        last is not None
        and last.kind == "cmp"
        and last.ref is not None
        and isinstance(last.value, (int, float))
        and not last.negated
        and r.number(last.ref)
    ):
        d.preds.pop()  # "cost more than 500 on average"
        d.havings.append((Quantity("mean", last.ref), last.op, last.value, None))
        return True
    for quantity in [*(e.quantity for e in d.extremes[-1:]), *d.selects[-1:]]:
        if quantity.ref is not None and not quantity.func and r.number(quantity.ref):
            quantity.func = "mean"
            return True
    return False


def low_at(r: Reader, i: int) -> str:
    """Give the words at a place in lower case, nothing past the end."""
    it = r.at(i)
    return it.low if it is not None else ""


def table(r: Reader, i: int) -> int | None:
    """Take the noun of the rows."""
    if not r.has_table(i):
        return None
    r.mention(i)
    return i + 1


def statistic(r: Reader, i: int) -> int | None:
    """Take a word that asks for a statistic of a table or of columns."""
    if not r.cue(i, "stat"):
        return None
    arg = (r.items[i].cue or ("", ""))[1]
    if r.is_column(i):
        return None
    if arg in {"distribution", "compare"} or (r.chart and arg in {"correlation", "share"}):
        r.compared = r.compared or arg == "compare"
        if arg in {"distribution", "share"}:
            r.draft.statistic = r.draft.statistic or arg
        return i + 1
    if arg in {"describe", "columns", "missing", "correlation", "shape", "rows", "share", "growth", "cumulative"}:
        if arg == "rows" and (r.draft.selects or r.chart or r.draft.statistic):
            return i + 1
        if arg == "columns" and r.draft.statistic:
            return i + 1
        r.draft.statistic = arg
        return i + 1
    return None


def source(r: Reader, i: int) -> int | None:
    """Take "for those records from A and each A's B": these tables joined, nothing else."""
    if (
        not r.has_table(i)
        or not r.cue(i + 1, "logic", "and")
        or not r.cue(i + 2, "each")
        or r.table(i + 3) != r.table(i)
        or r.mark(i + 4) != "'s"
        or i > 6
    ):
        return None
    if not r.has_table(i + 5):
        return None
    r.mention(i)
    r.mention(i + 5)
    r.near = None
    return i + 6


def axis(r: Reader, i: int) -> int | None:
    """Take "on the x axis" after what is drawn there."""
    if not r.chart or not r.cue(i, "axis"):
        return None
    h = i - 1
    while low_at(r, h) in {"the", "a", "its"}:
        h -= 1
    if low_at(r, h) in {"on", "along", "as", "for"}:  # "age on the x axis"
        if r.last is not None and any(ref == r.last for ref, _ in r.candidates(h - 1)):
            r.draft.places[(r.items[i].cue or ("", ""))[1]] = r.last
        return i + 1
    j = r.skip(i + 1, also=frozenset({"is", "being", "shows", "be"}))
    if r.has_column(j) and r.is_column(j) and not r.cue(r.skip(j + 1), "axis"):  # "x axis age"
        r.draft.places[(r.items[i].cue or ("", ""))[1]] = r.candidates(j)[0][0]
    return i + 1


def hint(r: Reader, i: int) -> int | None:
    """Take "how old", "how long"."""
    it, following = r.items[i], r.at(i + 1)
    if it.low != "how" or following is None:
        return None
    hints = WH_HINTS.get(f"how {following.low}")
    j = r.skip(i + 2)
    ref = r.hinted(hints, [t for t in [r.table(j), *r.scope] if t]) if hints else None
    if ref is None:
        return None
    r.draft.selects.append(Quantity("", ref))
    return i + 2
