"""Columns of yes and no, spoken of by what they say: "insured visits", "uninsured", "work remotely", "how many churned"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.context.schema import Role
from nexus_jupyter.language.draft import Pred
from nexus_jupyter.language.lexicon import CUES, FREE, RELATIONS
from nexus_jupyter.language.linking import Item
from nexus_jupyter.language.predicates import add
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.scope import Scope
from nexus_jupyter.language.tokens import lemma, name_words, stem
from nexus_jupyter.language.vocabulary import Ref

SAYING = frozenset({"is", "are", "was", "were", "be", "been", "being", "get", "got", "not", "who", "that", "have", "has", "had"})
MARKERS = frozenset("is has was are have had did flag indicator status ind yn was are".split())
NAMED = frozenset("by per each every across and distinct different unique of vs versus".split())
FORMS = ("un", "non", "in", "not")
ROOT = 4
TIER = 0.8


def formed(items: tuple[Item, ...], catalog: Catalog) -> tuple[Item, ...]:
    """Link words that nothing knows and that are made from the name of a yes/no column: uninsured, remotely, fraudulent.

    Parameters
    ----------
    items
        The linked items.
    catalog
        The datasets.

    Returns
    -------
    tuple
        The items; such a word is now a value of its column.
    """
    strange = [k for k, it in enumerate(items) if _strange(it)]
    if not strange:
        return items
    flags = _flags(catalog)
    found = list(items)
    for k in strange:
        low = items[k].lows[0]
        values = [(ref, truth[0 if said else 1], TIER) for ref, truth, words in flags for said in _said(low, words)]
        if len({ref for ref, *_ in values}) == 1:
            found[k] = replace(items[k], values=tuple(values[:1]), free=False)
    return tuple(found)


def _strange(item: Item) -> bool:
    return not (item.linked or item.free or item.mark or item.cue or item.quote or item.number is not None) and (
        len(item.lows) == 1 and item.low not in FREE and (item.low,) not in CUES and len(item.low) > ROOT
    )


def _flags(catalog: Catalog) -> list[tuple[Ref, tuple[Any, Any], tuple[str, ...]]]:
    """Give the yes/no columns with the words that say yes: their names without "is" and "flag"."""
    scope = Scope(catalog, catalog.names)
    found: list[tuple[Ref, tuple[Any, Any], tuple[str, ...]]] = []
    for d in catalog.datasets:
        for c in d.schema:
            ref = Ref(d.name, c.name)
            truth = scope.flag(ref)
            words = tuple(w for w in name_words(c.name) if w not in MARKERS)
            if truth is not None and len(words) == 1:
                found.append((ref, truth, words))
    return found


def _said(low: str, words: tuple[str, ...]) -> list[bool]:
    """Say whether a word says yes or no to a flag of this name; nothing where it is no form of it."""
    (word,) = words
    for negation in FORMS:
        if low.startswith(negation) and len(low) > len(negation) + ROOT and _form(low[len(negation) :], word):
            return [False]
    return [True] if _form(low, word) else []


def _form(low: str, word: str) -> bool:
    """Say whether a word is a form of another: remotely and remote, fraudulent and fraud."""
    if stem(low) == stem(word) or low.removesuffix("ly") == word or low.removesuffix("ily") + "y" == word:
        return True
    return len(stem(word)) > ROOT and low.startswith(stem(word)) and len(low) <= len(word) + ROOT + 1


def flagged(r: Reader, i: int) -> int | None:
    """Take the name of a yes/no column that says which rows are meant: "insured visits", "visits that are insured", "how many churned"."""
    if r.chart or not r.has_column(i) or r.has_value(i) or (r.has_table(i) and not r.is_column(i)):
        return None
    refs = [ref for ref, _ in r.candidates(i)]
    if len(refs) != 1 or (truth := r.flag(refs[0])) is None or r.cue(r.skip(i + 1), "cmp"):
        return None
    before = next((r.items[k].low for k in range(i - 1, -1, -1) if not r.items[k].free or r.items[k].low in SAYING | NAMED), "")
    counted = i > 0 and r.cue(i - 1, "count") and not r.items[i].low.endswith("s")
    adjective = _noun(r, i + 1) and r.items[i].end == r.items[i + 1].start
    verb = before in SAYING or _person(r, i - 1)
    after = r.at(r.skip(i + 1))
    stated = after is not None and (
        bool(after.values) or after.low in {"=", "is", "equals", "rate", "rates", "status", "flag", "group"} or after.number is not None
    )
    low = r.items[i].low
    kind = low != lemma(low) and (lemma(low),) == name_words(refs[0].column)  # "smokers" with a column `smoker`
    if (before in NAMED and not (before == "of" and (kind or adjective))) or stated or not (counted or adjective or verb or kind):
        return None
    wanted = not r.negate
    r.negate = False
    add(r, Pred("cmp", refs[0], "==", truth[0] if wanted else truth[1]))
    r.consumed[i] = f"column {refs[0].table}.{refs[0].column}"
    r.tiers[i] = 1.0
    return i + 1


def told(r: Reader, i: int) -> bool:
    """Say whether a word after "how many" says which rows are counted, and is not what is counted: "churned", "insured", "smokers"."""
    refs = [ref for ref, _ in r.candidates(i)]
    if r.chart or len(refs) != 1 or r.flag(refs[0]) is None or r.has_table(i) or r.has_value(i):
        return False
    low = r.items[i].low
    return not low.endswith("s") or (lemma(low),) == name_words(refs[0].column)


def _noun(r: Reader, i: int) -> bool:
    """Say whether the item is what rows are called: a table, an entity that names them, or a word like "rows"."""
    it = r.at(i)
    if it is None or it.mark or r.cue(i, "each"):
        return False
    if r.has_table(i) or r.people(i):
        return True
    plural = len(it.lows) == 1 and it.low != lemma(it.low)
    return (
        plural
        and not r.has_value(i)
        and (not r.has_column(i) or not r.number(ref := r.candidates(i)[0][0]) or r.info(ref).role is Role.IDENTIFIER)
        and (r.has_column(i) or it.low in RELATIONS or it.free)
    )


def _person(r: Reader, i: int) -> bool:
    """Say whether the item is a noun for the rows, behind which a verb tells of them: "people left", "customers churned"."""
    return i > 0 and _noun(r, i) and (r.cue(i - 1, "count") or r.items[i - 1].free or r.has_value(i - 1))
