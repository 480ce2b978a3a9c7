"""Numbers made of two others: margins, rates, so much per unit. A ratio is one of totals, which is said."""

from __future__ import annotations

from nexus_jupyter.context.naming import singular, words_of
from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language.concepts import columns_of
from nexus_jupyter.language.draft import NotUnderstood, Pred, Quantity
from nexus_jupyter.language.lexicon import ROW_NOUNS
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.tokens import lemma, name_words, python_name, stem
from nexus_jupyter.language.units import SCALES
from nexus_jupyter.language.vocabulary import OWN, Ref, vocabulary

MARGINS = frozenset({"margin", "margins"})
OF_MARGINS = {
    "profit": ("profit",),
    "gross": ("gross_profit",),
    "net": ("net_income", "net_profit"),
    "operating": ("operating_income", "operating_profit"),
}
RATES = frozenset({"rate", "rates"})
ENTRIES = frozenset({"order", "transaction", "purchase", "sale", "invoice", "booking", "visit"})
PERCENT = 100
FEW = 20
MOST_GROUPS = 20
"""A number with more different values, in a quarter of the rows, forms no groups."""
SHORTEST_ROOT = 4
FLAGS = frozenset({"0", "1", "0.0", "1.0"})
FLAG_WORDS = frozenset({"flag", "indicator", "is", "has", "was", "status"})

Taken = tuple[Quantity, int]


def formula(r: Reader, i: int) -> int | None:
    """Take a margin, a rate or an amount per unit, with or without "average" or "total" before it."""
    measured = r.cue(i, "agg", "mean", "sum")
    func = (r.items[i].cue or ("", ""))[1] if measured else ""
    places = range(i + 1, r.skip(i + 1) + 1) if measured else range(i, i + 1)
    taken = next((found for j in places if (found := quantity(r, j, func=func))), None)
    if taken is None:
        return None
    if func == "mean" and any(r.items[k].low.startswith("ratio") for k in range(i, taken[1])):
        raise NotUnderstood("an average ratio may be that of the rows or of the totals; “ratio of A to B” is the ratio of totals")
    r.draft.selects.append(taken[0])
    r.where = False
    return taken[1]


def quantity(r: Reader, j: int, *, func: str = "") -> Taken | None:
    """Read a composed number that begins at an item, or give None."""
    return _margin(r, j) or _rate(r, j) or _per(r, j, func) or _ratio(r, j)


# --- margins ---------------------------------------------------------------------------------------------------------------
def _margin(r: Reader, j: int) -> Taken | None:
    it, after = r.at(j), r.at(j + 1)
    if it is None:
        return None
    kind, k = ("profit", j) if it.low in MARGINS else (it.low, j + 1)
    head = r.at(k)
    if kind not in OF_MARGINS or head is None or head.low not in MARGINS or r.has_column(k) or (k > j and after is None):
        return None
    named = [_named(r, name) for name in OF_MARGINS[kind]]
    profit = next((n for n in named if n), None) or (_meant(r, "profit") if kind == "profit" else None)
    revenue, cost = _meant(r, "revenue"), _meant(r, "cost")
    if revenue is None or (profit is None and cost is None) or (profit or cost) == revenue:
        return None
    end = (
        k + 2
        if (tail := r.at(k + 1)) is not None and tail.low in {"percentage", "percent", "%", "rate"} and not r.has_column(k + 1)
        else k + 1
    )
    name = f"{kind}_margin_percent"
    r.touched = True
    if profit is not None and profit.table == revenue.table:
        _took(r, range(j, end), f"{profit.column} / {revenue.column}")
        r.draft.notes.append(("measure", f"The margin is {profit.column} over {revenue.column}, in percent, of totals."))
        return Quantity("sum", profit, over=Quantity("sum", revenue), scale=PERCENT, name=name), end
    if cost is None or cost.table != revenue.table or kind not in {"profit", "gross"}:
        return None
    _took(r, range(j, end), f"({revenue.column} - {cost.column}) / {revenue.column}")
    r.draft.notes.append(("measure", f"The margin is {revenue.column} less {cost.column}, over {revenue.column}, in percent, of totals."))
    return Quantity("sum", revenue, less=Quantity("sum", cost), over=Quantity("sum", revenue), scale=PERCENT, name=name), end


def _meant(r: Reader, concept: str) -> Ref | None:
    """Give the number column that a concept prefers in scope."""
    found = columns_of(concept, [vocabulary(r.catalog.dataset(t)) for t in r.scope])
    numbers = [ref for ref in found if r.number(ref)]
    return numbers[0] if len(numbers) == 1 else None


def _named(r: Reader, name: str) -> Ref | None:
    key = tuple(stem(w) for w in name.split("_"))
    found = [
        ref for t in r.scope for ref, tier in vocabulary(r.catalog.dataset(t)).columns.get(key, {}).items() if tier >= OWN and r.number(ref)
    ]
    return found[0] if len(found) == 1 else None


def _took(r: Reader, span: range, what: str) -> None:
    for k in span:
        r.consumed[k] = what


# --- rates -----------------------------------------------------------------------------------------------------------------
def _rate(r: Reader, j: int) -> Taken | None:
    """Read "return rate": the share of rows whose value is Returned, or whose flag is set, in percent."""
    it, head = r.at(j), r.at(j + 1)
    if it is None or head is None or head.low not in RATES or r.has_column(j + 1) or len(it.lows) != 1 or it.mark or it.number is not None:
        return None
    found = _outcomes(r, it.low)
    if len(found) != 1:
        return None
    ref, value = found[0]
    pred = Pred("cmp", ref, "==", value)
    r.touched = True
    _took(r, range(j, j + 2), f"share of {ref.column} = {value}")
    said = "true" if value is True else value
    r.draft.notes.append(("measure", f"The {it.low} rate is the share of rows where {ref.column} is {said}, in percent."))
    return Quantity("share", ref, where=pred, scale=PERCENT, name=f"{python_name(it.low)}_rate_percent"), j + 2


def _outcomes(r: Reader, word: str) -> list[tuple[Ref, object]]:
    """Find the values and flags that a noun names: return ↔ Returned, cancellation ↔ Cancelled, readmission ↔ readmission_flag."""
    found: list[tuple[Ref, object]] = []
    for table in r.scope:
        dataset = r.catalog.dataset(table)
        for column in dataset.schema:
            ref, profile = Ref(table, column.name), r.profile(Ref(table, column.name))
            if column.kind is Kind.STRING and profile.complete:
                found += [(ref, v) for v in profile.values if isinstance(v, str) and " " not in v.strip() and same_root(word, v)]
            truth = r.flag(ref) if column.kind is Kind.STRING else None
            if truth is not None and [same_root(word, w) for w in name_words(column.name) if w not in FLAG_WORDS] == [True]:
                found.append((ref, truth[0]))
            flag = column.kind is Kind.BOOLEAN or (
                profile.complete and {str(v) for v in profile.values} == FLAGS & {str(v) for v in profile.values} != set()
            )
            words = [w for w in name_words(column.name) if w not in FLAG_WORDS]
            if flag and len(words) == 1 and same_root(word, words[0]):
                found.append((ref, True if column.kind is Kind.BOOLEAN else 1))
    return found


def same_root(noun: str, other: str) -> bool:
    """Say whether a noun and a participle are of one verb: return and Returned, cancellation and Cancelled, failure and failed."""
    a, b = noun.casefold(), other.casefold()
    if stem(a) == stem(b):
        return True
    common = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return common >= SHORTEST_ROOT and common >= len(b.removesuffix("ed").removesuffix("d")) - 1 and b.endswith(("ed", "d", "n", "t"))


# --- so much per something -------------------------------------------------------------------------------------------------
def _per(r: Reader, j: int, func: str) -> Taken | None:
    """Read "revenue per unit sold": a ratio of totals; "sales per order" where a row is an order: the plain mean."""
    if not (r.has_column(j) and r.number(r.candidates(j)[0][0])):
        return None
    k = j + 1
    if not (r.cue(k, "each") and r.items[k].low in {"per", "for every"}):
        return None
    n = r.skip(k + 1)
    over, end = _divisor(r, n, r.candidates(j)[0][0])
    if over is None:
        return None
    top = r.column(j, want="number")
    if over.func == "size" and func in {"", "mean"}:
        _took(r, range(n, end), "rows")
        return Quantity("mean", top), end
    if over.func == "size" or not (r.quantity(top) or (func == "mean" and r.info(top).role is Role.MEASURE)):
        return None
    _took(r, range(n, end), f"column {over.ref.table}.{over.ref.column}" if over.ref else "rows")
    below = over.ref.column if over.ref else "rows"
    r.draft.notes.append(("measure", f"{top.column} per {below} is a ratio of totals, not a mean of ratios."))
    return Quantity("sum", top, over=over, name=python_name(f"{top.column}_per_{below}")), end


def _divisor(r: Reader, n: int, top: Ref) -> tuple[Quantity | None, int]:
    it = r.at(n)
    if it is None:
        return None, n
    words, end = [it.low], n + 1
    if (after := r.at(n + 1)) is not None and after.low in {"sold", "bought", "ordered"}:
        words, end = [*words, after.low], n + 2
    if lemma(it.lows[0]) in {"unit", "item", "piece"} or " ".join(words) in {"unit sold", "item sold"}:
        found = _meant(r, "units") or (_named(r, "sales") if "sale" not in name_words(top.column) else None)
        return (Quantity("sum", found), end) if found is not None and found != top else (None, n)
    if len(r.scope) == 1 and (lemma(it.low) in ENTRIES or lemma(it.low) in ROW_NOUNS) and not _repeats(r, it.low):
        return Quantity("size"), n + 1
    if r.is_column(n) and not r.cue(n, "unit") and (_counts(r, best := r.candidates(n)[0][0]) or flows(r, best)) and best != top:
        return Quantity("sum", r.column(n, want="number")), n + 1
    measured = [] if r.wordy(n) else [ref for ref in _in_units(r, it.low) if ref != top]
    if len(measured) == 1:
        return Quantity("sum", measured[0]), n + 1
    return None, n


def flows(r: Reader, ref: Ref) -> bool:
    """Say whether a column measures something, so that "per" divides by it and forms no groups: an area, a weight sold."""
    rows = r.catalog.dataset(ref.table).rows or 0
    many = r.info(ref).kind is Kind.FLOAT or r.profile(ref).distinct * 2 > rows > FEW
    return r.quantity(ref) and r.info(ref).role is Role.MEASURE and many


def _in_units(r: Reader, word: str) -> list[Ref]:
    """Find the columns that are measured in a unit: "per mile" divides by the distance in miles."""
    said = SCALES.get(lemma(word)) or SCALES.get(word)
    return (
        []
        if said is None
        else [
            ref
            for table in r.scope
            for c in r.catalog.dataset(table).schema
            if SCALES.get((c.unit or "").casefold()) == said and r.quantity(ref := Ref(table, c.name))
        ]
    )


def _counts(r: Reader, ref: Ref) -> bool:
    """Say whether a column counts things: `employees`, `visits`. Other columns after "per" are groups."""
    last = words_of(ref.column)[-1:]
    rows = r.catalog.dataset(ref.table).rows or 0
    measured = r.info(ref).role is Role.MEASURE and r.profile(ref).distinct > max(MOST_GROUPS, rows // 4)  # "price per square foot"
    return r.quantity(ref) and bool(last) and (singular(last[0]) != last[0] or measured)


def _repeats(r: Reader, word: str) -> bool:
    """Say whether a column of keys called like the word repeats, so that a row is only a part of what the word names."""
    table = r.scope[0]
    keys = [
        c.name for c in r.catalog.dataset(table).schema if name_words(c.name)[:1] == (lemma(word),) and name_words(c.name)[-1:] == ("id",)
    ]
    return any(not r.profile(Ref(table, k)).unique for k in keys)


# --- ratios by name --------------------------------------------------------------------------------------------------------
def _ratio(r: Reader, j: int) -> Taken | None:
    """Read "ratio of A to B"."""
    it = r.at(j)
    if it is None or it.low not in {"ratio of", "ratio"}:
        return None
    a = r.skip(j + 1)
    if not (r.is_column(a) and r.at(a + 1) is not None and r.items[a + 1].low == "to"):
        return None
    b = r.skip(a + 2)
    if not r.is_column(b):
        return None
    top, below = r.column(a, want="number"), r.column(b, want="number")
    if not (r.quantity(top) and r.quantity(below)) or top == below:
        return None
    r.draft.notes.append(("measure", f"The ratio is one of totals: {top.column} over {below.column}."))
    return Quantity("sum", top, over=Quantity("sum", below), name=python_name(f"{top.column}_to_{below.column}")), b + 1


# --- the same measure again ------------------------------------------------------------------------------------------------
def again(r: Reader, i: int) -> int | None:
    """Take "and average" after "total X": the same column, worked out in another way; "per transaction" may follow."""
    selects = r.draft.selects
    if not r.cue(i, "agg") or not r.cue(i - 1, "logic", "and") or not selects or not selects[-1].func or selects[-1].ref is None:
        return None
    func = (r.items[i].cue or ("", ""))[1]
    j = i + 1
    if r.cue(j, "each") and r.items[j].low == "per":
        over, end = _divisor(r, r.skip(j + 1), selects[-1].ref)
        if over is None or over.func != "size" or func != "mean":
            return None
        j = end
    elif r.at(j) is not None and not r.mark(j) and not r.cue(j, "each"):
        return None
    r.touched = True
    selects.append(Quantity(func, selects[-1].ref))
    return j
