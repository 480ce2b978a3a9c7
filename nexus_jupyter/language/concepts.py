"""Business words that mean a kind of column rather than one name: revenue, order value, profit. A preference, said as an assumption.

An entry of `CONCEPTS` lists phrases and, after the colon, names of columns from the best on. Where no column is called like the phrase, the first
name that the data have is taken; the others are offered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from nexus_jupyter.language.tokens import name_words, stem
from nexus_jupyter.language.vocabulary import DROPPED, EXPANDED, JOINED, Ref, Vocabulary

if TYPE_CHECKING:
    from nexus_jupyter.language.linking import Item
    from nexus_jupyter.language.reader import Reader

MEANT = 0.6
"""The tier of a column that a concept names: above one word of several, below the name itself."""
ENTRIES = frozenset({"order", "transaction", "purchase", "sale", "invoice", "booking"})
"""What a row is called where each is something that was bought."""
MONEY = frozenset("$€£")
COUNTED = frozenset({"most", "least", "common", "rare"})
CONCEPTS: dict[str, tuple[str, str]] = {
    "revenue": (
        "revenue|turnover|sales revenue|revenue amount|gross sales|proceeds|takings",
        "revenue total_revenue sales_revenue sales_amount total_amount total_sales sales amount turnover order_total total_price total total_spent",
    ),
    "sales": (
        "sales|sale|sales amount|sale amount|sales value|sales figures",
        "sales sales_amount sale_amount total_sales total_amount revenue amount turnover order_total total_price total",
    ),
    "order value": (
        "|".join(f"{thing} {size}" for thing in ("order", "transaction", "purchase", "basket", "invoice") for size in ("value", "amount", "size")),
        "order_value order_total order_amount transaction_amount total_amount amount total total_price revenue sales_amount total_spent sales",
    ),
    "spending": (
        "spending|spend|amount spent|money spent",
        "total_spent spending amount_spent spent total_amount amount sales_amount revenue",
    ),
    "cost": (
        "cost|costs|expense|expenses|charge|charges|bill",
        "cost total_cost cost_of_goods_sold cost_of_goods cogs bill_amount bill expenses expense total_expenses operating_expenses charges charge fee",
    ),
    "profit": ("profit|profits|net profit|earnings", "profit net_profit total_profit net_income gross_profit operating_profit operating_income"),
    "price": ("price|prices|unit cost", "price unit_price selling_price sale_price list_price avg_price"),
    "units": (
        "unit|units|unit sold|units sold|item sold|items sold|quantity sold|quantity|volume sold|pieces",
        "units_sold quantity_sold quantity qty units items_sold unit_count sold",
    ),
    "category": (
        "product category|item category|product type|item type|product line|product group",
        "product_category category product_type type product_line product_group",
    ),
    "pay": ("pay|salary|wage|wages|compensation", "salary wage annual_salary base_salary pay compensation income annual_income"),
}  # fmt: skip


def _index() -> dict[tuple[str, ...], str]:
    return {tuple(stem(w) for w in phrase.split()): name for name, (phrases, _) in CONCEPTS.items() for phrase in phrases.split("|")}


PHRASES = _index()
NAMES = {name: tuple(tuple(stem(w) for w in column.split("_")) for column in columns.split()) for name, (_, columns) in CONCEPTS.items()}


def meant(words: tuple[str, ...], vocabularies: Iterable[Vocabulary]) -> dict[Ref, float]:
    """Give the columns that a phrase means by concept: the most preferred name that some dataset has; none where a column has its name."""
    name = PHRASES.get(words)
    return columns_of(name, vocabularies) if name else {}


def columns_of(name: str, vocabularies: Iterable[Vocabulary]) -> dict[Ref, float]:
    """Give the columns that a concept prefers in the data."""
    known = list(vocabularies)
    for wanted in NAMES[name]:
        found = {ref: MEANT for v in known for ref, tier in v.columns.get(wanted, {}).items() if tier >= JOINED}
        if found:
            return found
    return {}


def money(r: Reader) -> Ref | None:
    """Give the column that an amount with a currency sign compares with: the order value of the table that was named last."""
    from nexus_jupyter.language.vocabulary import vocabulary

    for table in dict.fromkeys(t for t in (r.near, *r.draft.tables, *r.scope) if t):
        found = [ref for ref in columns_of("order value", [vocabulary(r.catalog.dataset(table))]) if r.number(ref)]
        if len(found) == 1:
            r.draft.notes.append(("column", f"The amount is compared with {found[0].column}."))
            return found[0]
    return None


def leading(r: Reader) -> Ref | None:
    """Give the number that a table of sales is about, for a question that names none: its revenue."""
    from nexus_jupyter.language.vocabulary import vocabulary

    found = columns_of("revenue", [vocabulary(r.catalog.dataset(t)) for t in r.scope])
    return next(iter(found)) if len(found) == 1 and r.quantity(next(iter(found))) else None


def settled(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Let a word that is a concept and a table's name mean the column after "total", "highest" and the like."""
    found = list(items)
    for i, item in enumerate(items):
        before = next((it for it in reversed(items[:i]) if not it.free), None)
        measured = before is not None and before.cue is not None and before.cue[0] in {"agg", "sup"} and before.cue[1] not in COUNTED
        after = items[i + 1] if i + 1 < len(items) else None
        measured = measured or (after is not None and after.low in {"trend", "trends", "growth", "over time"})
        if item.tables and measured and any(tier == MEANT for _, tier in item.columns):
            found[i] = replace(item, tables=())
    return tuple(found)


def others(words: tuple[str, ...], taken: Ref, vocabulary: Vocabulary) -> list[str]:
    """Name the other columns of the same dataset that a concept could mean."""
    name = PHRASES.get(words)
    found = [ref for wanted in NAMES.get(name or "", ()) for ref, tier in vocabulary.columns.get(wanted, {}).items() if tier >= JOINED]
    return [ref.column for ref in dict.fromkeys(found) if ref != taken]


def notes(reader: Reader) -> list[tuple[str, str, tuple[str, ...]]]:
    """Say which words were read as a column of another name, and what else they could have been."""
    from nexus_jupyter.language.vocabulary import vocabulary

    found = []
    for i, what in sorted(reader.consumed.items()):
        if not what.startswith("column ") or reader.tiers.get(i, 1.0) > DROPPED:
            continue
        item, ref = reader.items[i], next((r for r, _ in reader.items[i].columns if what == f"column {r.table}.{r.column}"), None)
        if ref is None or {stem(w) for w in item.lows} >= {stem(w) for w in name_words(ref.column)}:
            continue
        words = tuple(stem(w) for w in item.lows)
        rest = others(words, ref, vocabulary(reader.catalog.dataset(ref.table)))
        rest += [r.column for r, tier in item.columns if r != ref and r.table == ref.table and tier < EXPANDED and r.column not in rest]
        found.append(("column", f"“{item.text}” is read as {ref.column}.", tuple(f"“{item.text}” may be {c}." for c in rest[:4])))
    return found
