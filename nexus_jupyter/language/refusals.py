"""Refusals: which words were not understood, what comes near them, and in which language to ask."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterator

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.language.tokens import name_words

MOST, LONGEST = 6, 40
"""How many words are quoted, and how many letters of each."""
LOOKED_AT = 3000
"""How many values of the data are compared with a word that is not known."""
ELSEWHERE = frozenset(
    """der und nach wie viele viel ist im für von welche welcher welches ein eine gab es nicht mit durchschnitt durchschnittlich durchschnittlicher
    les des du et par pour quel quelle quels quelles est sont combien moyen moyenne une dans avec chaque el los las del por para cuál cuántos cuántas
    promedio cada hay qué os um uma qual quantos quantas são médio média il lo gli di ogni quanti quante het een hoeveel welke gemiddelde jest ile
    według średnia göre kaç ortalama och av för hur många genomsnitt""".split()
)
"""Small words of other European languages that are none in English."""


def unknown_words(words: tuple[str, ...], catalog: Catalog) -> str:
    """Say which words were not understood, and what is near them."""
    quoted = ", ".join(f"“{w if len(w) <= LONGEST else w[:LONGEST] + '…'}”" for w in words[:MOST])
    quoted += " and others" if len(words) > MOST else ""
    return f"Not understood: {quoted}.{_hint(words, catalog)}"


def unused(words: tuple[str, ...]) -> str:
    """Say which known words could not be put together with the others."""
    quoted = ", ".join(f"“{w}”" for w in words[:MOST])
    says = "says" if len(words) == 1 else "say"
    return f"Not understood: what {quoted} {says} here, together with the other words. Say it in other words."


def _hint(words: tuple[str, ...], catalog: Catalog) -> str:
    """Say what could be meant, or what there is."""
    if _elsewhere(words):
        return ' Questions are asked in English: "average price by region".'
    held = next(
        (note for d in catalog.datasets for note in d.notes if note.startswith("The index") and any(f"`{w}`" in note for w in words)), ""
    )
    if held:
        return f" {held}"
    columns = list(dict.fromkeys(c.name for d in catalog.datasets for c in d.schema))
    known = {" ".join(name_words(name)): name for name in (*catalog.names, *columns)}  # compared as words, shown as they are called
    near = [known[n] for w in words[:3] for n in difflib.get_close_matches(w.casefold(), list(known), n=2, cutoff=0.6)]
    near = near or [n for w in words[:3] for n in _values(w, catalog)]
    if near:
        return f" Did you mean {' or '.join(dict.fromkeys(near))}?"
    if not columns:
        return ""
    more = f" and {len(columns) - 8:,} more" if len(columns) > 8 else ""
    return f" Columns are {', '.join(sorted(columns)[:8])}{more}."


def _elsewhere(words: tuple[str, ...]) -> bool:
    """Say whether words are of another language: of another script, or with small words of another one among them."""
    letters = [c for w in words for c in w if c.isalpha()]
    foreign = sum(ord(c) >= 0x250 for c in letters)
    return 2 * foreign > len(letters) > 0 or (len(words) > 1 and any(w.casefold() in ELSEWHERE for w in words))


def _values(word: str, catalog: Catalog) -> list[str]:
    """Find values of the data that are nearly the word."""
    low = word.casefold()
    near = [v for v in itertools.islice(_texts(catalog), LOOKED_AT) if abs(len(v) - len(low)) <= 3 and v[:1].casefold() == low[:1]]
    return difflib.get_close_matches(word, near, n=2, cutoff=0.75)


def _texts(catalog: Catalog) -> Iterator[str]:
    for dataset in catalog.datasets:
        for profile in dataset.profiles.values():
            yield from (v for v in profile.values if isinstance(v, str) and len(v) <= LONGEST)
