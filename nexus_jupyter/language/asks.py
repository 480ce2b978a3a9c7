"""What is asked for: columns, measures, groups, superlatives, statistics."""

from __future__ import annotations

from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language.draft import NotThere, Quantity
from nexus_jupyter.language.lexicon import NOMINAL
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.roles import roles_of, spread
from nexus_jupyter.language.tokens import lemma, name_words
from nexus_jupyter.language.vocabulary import DROPPED, EXACT, JOINED, ONE, OWN

WHERE_WORDS = frozenset("whose who where that having with which if when without has have had from in of by for and".split())
COUNTED = frozenset({"order", "transaction", "purchase", "sale", "row", "record", "observation", "entry"})
TAILS = frozenset("name names type types code codes".split())
HARD_WHERE = frozenset("whose who where having with that if".split())


def free(r: Reader, i: int) -> int | None:
    """Step over words that carry no meaning of their own, noting where conditions begin."""
    it = r.items[i]
    if r.wordy(i) and not it.mark:
        return None
    if it.mark:
        if it.mark in ".;?:!" and it.mark:
            r.where, r.without = False, None
        return i + 1
    if it.cue is not None and it.cue[0] == "logic" and it.cue[1] in {"and", "or"}:
        r.either = it.cue[1] == "or"
        if it.low == "both" and r.draft.tables and not r.chart:
            return None
        return i + 1
    if r.cue(i, "idle"):
        return i + 1
    if it.low in {"when", "where", "who"} and not r.draft.selects and not r.draft.wh and i < 2:
        r.draft.wh = it.low
    if it.low in HARD_WHERE and (r.draft.selects or r.draft.tables):
        r.where = True
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
                if (different and not r.chart)
                or (
                    (asked or r.info(ref).role is Role.IDENTIFIER)
                    and not r.chart
                    and not r.profile(ref).unique
                    and ref.table not in d.tables
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
    if not r.has_column(j) and not (r.has_table(j) and funcs == ["sum"]):
        return None
    if (r.has_table(j) and not r.is_column(j)) and funcs == ["sum"]:
        summed = r.hinted("amount", [r.table(j) or ""])
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
        if got is not None and got.number is not None and op not in {"between", "before", "after"}:
            d.havings.append((Quantity(funcs[0], refs[0]), op, got.number, None))
            return m + 1
    for ref in refs:
        for func in funcs:
            if func == "sum" and r.items[i].low in {"sum", "sum of", "the sum of"} and not r.number(ref):
                raise NotThere(f"`{ref.column}` holds no numbers, so it has no sum; its rows can be counted")
            use = func if r.number(ref) or func in {"min", "max", "mode"} else "count" if func == "sum" else func
            if func == "sum" and not r.quantity(ref) and r.info(ref).role.value != "measure":
                use = "count"
            d.selects.append(Quantity(use, ref))
    r.near = refs[0].table
    r.where = False
    return k


def _averaged(r: Reader) -> bool:
    """Take "on average" behind what it is about: "body mass by species, on average", "the heaviest on average"."""
    d = r.draft
    for quantity in [*(e.quantity for e in d.extremes[-1:]), *d.selects[-1:]]:
        if quantity.ref is not None and not quantity.func and r.number(quantity.ref):
            quantity.func = "mean"
            return True
    return False


def described(r: Reader, i: int) -> str:
    """Say how a word tells of which kind the rows are: as the "adjective" of "full time employees", as the "verb" of "dogs that were abandoned"."""
    if r.has_table(i + 1) and not r.is_column(i + 1) and r.items[i].end == r.items[i + 1].start:
        return "adjective"
    return "verb" if low_at(r, i - 1) in {"is", "are", "was", "were"} and (r.draft.selects or r.draft.tables) else ""


def low_at(r: Reader, i: int) -> str:
    """Give the words at a place in lower case, nothing past the end."""
    it = r.at(i)
    return it.low if it is not None else ""


def column(r: Reader, i: int) -> int | None:
    """Take a column that is asked for."""
    if not r.has_column(i) or (r.has_table(i) and not r.is_column(i)):
        return None
    d = r.draft
    if r.where and r.last_where(i):
        return None
    low = r.items[i].low
    best, tier = r.candidates(i)[0]
    if low in {"first", "last", "middle"} and not (r.mark(i + 1) == "," or r.cue(i + 1, "logic", "and")):
        return None
    if (
        tier <= ONE + 0.01
        and low not in {"name", "names"}
        and (any(q.func for q in d.selects) or (r.has_column(i - 1) and r.items[i - 1].end == r.items[i].start))
    ):
        return None
    if (
        tier <= DROPPED
        and len(r.items[i].lows) == 1
        and r.info(best).role is Role.IDENTIFIER
        and {"id", "code", "key", "no", "number"} & set(name_words(best.column))
        and (r.where or d.selects or r.related)
    ):
        if r.profile(best).nulls == 0 and (r.where or r.related) and (best.table in d.tables or any(t == best.table for t, _ in r.related)):
            return i + 1
        return None
    kind = described(r, i)
    if (tier < 1 or kind == "adjective") and (r.where or r.negate or kind) and (truth := r.flag(best)) is not None:
        from nexus_jupyter.language.draft import Pred
        from nexus_jupyter.language.predicates import add

        wanted = not r.negate
        r.negate = False
        add(r, Pred("cmp", best, "==", truth[0] if wanted else truth[1]))
        return i + 1
    names = [ref for ref, s in r.candidates(i)]
    after = r.at(i + 1)
    generic = tier == EXACT and after is not None and after.start == r.items[i].end and after.low in TAILS and not r.has_table(i)
    if low in {"name", "names", "full name", "full names"} and not roles_of(r, i) and not (len(r.items[i].lows) > 1 and tier == EXACT):
        owner = r.owner(i) or (r.each_tables[-1] if r.each_tables and r.draft.tables[:1] == r.each_tables[-1:] else None)
        tables = [t for t in [owner, r.near, *d.tables, *r.scope] if t]
        labels = r.label_of(tables[0]) if tables else []
        texts = bool(labels) and r.info(labels[0]).kind is Kind.STRING
        if owner and texts and not set(labels) & set(names):  # "the name of each continent" is its column Continent
            names = [*names, *labels]
        possessed = owner is not None or (i > 0 and r.items[i - 1].low in {"its", "their", "whose"})
        if labels and not texts:  # names are asked for, and this table has only numbers
            if not any(r.info(x).kind is Kind.STRING for x in names):
                return None
            labels = []
        if len(labels) == 2 and len(names) > 1:
            d.selects += [Quantity("", x) for x in labels]
            r.near = labels[0].table
            return i + 1
        if labels and len(labels) == 1 and (labels[0] in names or (possessed and r.chart and tables[0] in r.each_tables)):
            d.selects.append(Quantity("", labels[0]))
            r.near, r.last = labels[0].table, labels[0]
            return i + 1
    ref = r.column(i)
    if d.preds and d.preds[-1].ref == ref and d.preds[-1].op == "==" and any(low_at(r, k) == "as" for k in range(i - 3, i)):
        return i + 1  # "a republic as their form of government"
    for each in spread(r, i, ref):
        if not any(q.ref == each and not q.func for q in d.selects):
            d.selects.append(Quantity("", each))
    r.near = ref.table
    if generic and low not in TAILS and not r.points(ref):
        d.cost += 0.1
        return i + 2  # "continent name": the name of a continent is what the column holds
    return i + 1


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
    if arg in {"describe", "columns", "missing", "correlation", "shape", "rows", "share", "growth"}:
        if arg == "rows" and (r.draft.selects or r.chart or r.draft.statistic):
            return i + 1
        if arg == "columns" and r.draft.statistic:
            return i + 1
        r.draft.statistic = arg
        return i + 1
    return None


def relation(r: Reader, i: int) -> int | None:
    """Take a verb that relates two things, or a word for people."""
    if not (r.relation(i) or r.people(i)) or r.wordy(i):
        return None
    if r.items[i].low in NOMINAL and (low_at(r, i - 1) in {"the", "average", "total"} or low_at(r, i + 1) == "of"):
        return None  # "the cost of" asks for something
    if any(tier >= JOINED for _, tier in r.items[i].tables):
        r.draft.cost += 1.2  # "likes" where there is a table of that name, not spoken of here
    return i + 1


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
    return i + 1


def hint(r: Reader, i: int) -> int | None:
    """Take "how old", "how long"."""
    it, following = r.items[i], r.at(i + 1)
    if it.low != "how" or following is None:
        return None
    from nexus_jupyter.language.lexicon import WH_HINTS

    hints = WH_HINTS.get(f"how {following.low}")
    j = r.skip(i + 2)
    ref = r.hinted(hints, [t for t in [r.table(j), *r.scope] if t]) if hints else None
    if ref is None:
        return None
    r.draft.selects.append(Quantity("", ref))
    return i + 2
