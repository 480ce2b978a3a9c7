"""Columns that the data lack and that follow from others: revenue of quantity and price, profit of revenue and cost, "price minus cost".

A question that speaks of one reads the table as if it had that column; the plan derives it, and that is said. Where several pairs would do,
each gives a column and the words are open between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from nexus_jupyter.context.dataset import Catalog, Dataset, Profile
from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.language.concepts import ENTRIES, NAMES, PHRASES, columns_of
from nexus_jupyter.language.tokens import Token, name_words, stem
from nexus_jupyter.language.vocabulary import DROPPED, Ref, vocabulary
from nexus_jupyter.plan import phrase
from nexus_jupyter.plan.expressions import Arith, Col, Expr, Lit

BOOKED = ENTRIES | frozenset("line item basket receipt cart checkout".split())
"""What a table is about whose quantities were sold, and do not lie in stock."""
TAKEN = frozenset({"revenue", "sales", "order value", "spending"})
EACH_PRICE = NAMES["price"][:-1] + tuple(tuple(stem(w) for w in n.split("_")) for n in "price_each price_per_unit".split())
EACH_COST = tuple(
    tuple(stem(w) for w in n.split("_")) for n in "unit_cost cost_per_unit cost_each cost_price purchase_price buying_price".split()
)
MARGINS = frozenset({"margin", "margins"})
SUMS = frozenset({"total", "totals", "sum", "overall", "combined", "altogether"})
COUNTS = frozenset({"number", "count", "many"})
SIGNS = {"times": "*", "multiplied": "*", "minus": "-", "plus": "+", "*": "*", "-": "-", "+": "+"}
WORDS = {"*": "times", "-": "minus", "+": "plus"}
LONGEST = 4
CENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(Dataset):
    """A dataset with columns that are made of its own: `base` is the schema without them."""

    base: Schema
    made: tuple[tuple[str, Expr], ...] = ()


def extended(tokens: tuple[Token, ...], catalog: Catalog) -> tuple[tuple[Token, ...], Catalog]:
    """Add the columns that a question speaks of and that follow from those of one table."""
    wanted = _wanted(tokens)
    tokens, named = _written(tokens, catalog)
    found = {d.name: (*named.get(d.name, ()), *(_derived(d, wanted) if wanted else ())) for d in catalog.datasets}
    if not any(found.values()):
        return tokens, catalog
    return tokens, replace(catalog, datasets=tuple(_with(d, found[d.name]) if found[d.name] else d for d in catalog.datasets))


def _with(dataset: Dataset, made: tuple[tuple[str, Expr], ...]) -> Dataset:
    new = tuple(Column(name=name, kind=Kind.FLOAT, role=Role.MEASURE) for name, _ in made)
    looked = Profile(distinct=dataset.rows or 0, exact=False)
    return Extended(
        name=dataset.name, schema=Schema((*dataset.schema.columns, *new)), profiles={**dataset.profiles, **{c.name: looked for c in new}},
        rows=dataset.rows, flavor=dataset.flavor, fingerprint="", reader=dataset.reader, notes=dataset.notes, called=dataset.called,
        parent=dataset.parent, base=dataset.schema, made=made,
    )  # fmt: skip


def said(name: str, value: Expr) -> str:
    """Say what a column is made of."""
    return f"{name} is {phrase.condition(value).replace(' * ', ' times ').replace(' - ', ' less ').replace(' + ', ' plus ')}."


# --- business words --------------------------------------------------------------------------------------------------------
def _wanted(tokens: tuple[Token, ...]) -> frozenset[str]:
    """Name the concepts that the words speak of."""
    lows = [t.low for t in tokens]
    stems = [stem(w) for w in lows]
    found = {
        name
        for i in range(len(stems))
        for n in (1, 2)
        if (name := PHRASES.get(tuple(stems[i : i + n]))) is not None and not COUNTS & set(lows[max(0, i - 2) : i])
    }
    wanted = {"revenue"} if found & TAKEN else set()
    if "cost" in found and SUMS & set(lows):
        wanted.add("cost")
    if "profit" in found or MARGINS & set(lows):
        wanted.add("profit")
    return frozenset(wanted | ({"revenue", "cost"} if MARGINS & set(lows) else set()))


def _derived(dataset: Dataset, wanted: frozenset[str]) -> Iterator[tuple[str, Expr]]:
    """Give the wanted columns that this table lacks and can have, each with its formula."""
    v = [vocabulary(dataset)]
    has = {name: [ref for ref in columns_of(name, v) if _number(dataset, ref)] for name in ("revenue", "cost", "profit")}
    sold = _booked(dataset)
    units = _called(dataset, NAMES["units"])
    prices, costs = (_called(dataset, names) if sold else [] for names in (EACH_PRICE, EACH_COST))
    takings = [("", Col(has["revenue"][0].column))] if len(has["revenue"]) == 1 else list(_takings(dataset, units, prices))
    spent = [Arith("*", Col(u), Col(c)) for u, c in product(units, costs)] if not has["cost"] else []
    if "revenue" in wanted and not has["revenue"]:
        yield from ((f"revenue{suffix}", value) for suffix, value in takings)
    if "cost" in wanted and len(spent) == 1:
        yield "cost", spent[0]
    if "profit" in wanted and not has["profit"]:
        booked = bool(has["revenue"]) and len(has["cost"]) == 1
        off: list[Expr] = [Col(has["cost"][0].column)] if booked else list(spent)
        if len(off) == 1:
            yield from ((f"profit{suffix}", Arith("-", value, off[0])) for suffix, value in takings)


def _takings(dataset: Dataset, units: list[str], prices: list[str]) -> Iterator[tuple[str, Expr]]:
    """Multiply quantities and prices: with a discount there is what comes before it, and after."""
    discounts = [c.name for c in dataset.schema if "discount" in name_words(c.name) and c.kind.numeric]
    for unit, price in product(units, prices):
        way = (f"_of_{unit}" if len(units) > 1 else "") + (f"_at_{price}" if len(prices) > 1 else "")
        value = Arith("*", Col(unit), Col(price))
        if not discounts:
            yield way, value
        else:
            yield f"{way}_before_discount", value
            if len(discounts) == 1:
                yield f"{way}_after_discount", _discounted(dataset, value, discounts[0])


def _discounted(dataset: Dataset, value: Expr, discount: str) -> Expr:
    """Take a discount off: a fraction, a percentage, or an amount."""
    profile = dataset.profiles.get(discount) or Profile()
    if isinstance(profile.maximum, (int, float)) and profile.maximum <= 1:
        return Arith("*", value, Arith("-", Lit(1), Col(discount)))
    if {"percent", "pct", "rate", "percentage"} & set(name_words(discount)):
        return Arith("*", value, Arith("-", Lit(1), Arith("/", Col(discount), Lit(CENT))))
    return Arith("-", value, Col(discount))


def _called(dataset: Dataset, names: tuple[tuple[str, ...], ...]) -> list[str]:
    """Name the numbers that are called like one of the names."""
    columns = vocabulary(dataset).columns
    refs = dict.fromkeys(ref for name in names for ref, tier in columns.get(name, {}).items() if tier >= DROPPED and _number(dataset, ref))
    return [ref.column for ref in refs]


def _number(dataset: Dataset, ref: Ref) -> bool:
    column = dataset.schema.column(ref.column) if ref.table == dataset.name else None
    return column is not None and column.kind.numeric and column.role is not Role.IDENTIFIER


def _booked(dataset: Dataset) -> bool:
    keys = {w for c in dataset.schema if c.role is Role.IDENTIFIER for w in name_words(c.name)}
    return any(c.role is Role.DATE for c in dataset.schema) or bool(BOOKED & (keys | set(name_words(dataset.name))))


# --- written formulas ------------------------------------------------------------------------------------------------------
def _written(tokens: tuple[Token, ...], catalog: Catalog) -> tuple[tuple[Token, ...], dict[str, list[tuple[str, Expr]]]]:
    """Read "price minus cost" and "price * quantity" as columns; signs become words, so that the name is what is said."""
    found: dict[str, list[tuple[str, Expr]]] = {}
    out = list(tokens)
    for i, token in enumerate(tokens):
        sign = SIGNS.get(token.low)
        if sign is None or i == 0:
            continue
        after = i + 2 if token.low == "multiplied" and i + 1 < len(tokens) and tokens[i + 1].low == "by" else i + 1
        for dataset in catalog.datasets:
            left = next((x for n in range(LONGEST, 0, -1) if i >= n and (x := _column(dataset, tokens[i - n : i]))), None)
            right = next((x for n in range(LONGEST, 0, -1) if (x := _column(dataset, tokens[after : after + n]))), None)
            if left is None or right is None or left == right:
                continue
            if token.kind == "mark":
                out[i] = replace(token, text=WORDS[sign], kind="word")
            words = [t.low for t in (*tokens[i - left[1] : i], out[i], *tokens[i + 1 : after + right[1]])]
            found.setdefault(dataset.name, []).append(("_".join(words), Arith(sign, Col(left[0]), Col(right[0]))))  # type: ignore[arg-type]
    return tuple(out), found


def _column(dataset: Dataset, span: tuple[Token, ...]) -> tuple[str, int] | None:
    """Give the number that a span of words names, and how many words that took."""
    if not span or any(t.kind != "word" for t in span):
        return None
    refs = vocabulary(dataset).columns.get(tuple(stem(t.low) for t in span), {})
    best = [ref for ref, tier in refs.items() if tier >= DROPPED and tier == max(refs.values()) and _number(dataset, ref)]
    return (best[0].column, len(span)) if len(best) == 1 else None
