"""Spelling: a long word that nothing knows is read as the one known word that is a single slip away, and that is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.language import lexicon
from nexus_jupyter.language.tokens import Token, lemma, name_words, stem
from nexus_jupyter.language.vocabulary import fold, vocabulary

LEAST = 6
"""Shorter words have too many neighbours."""


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """Give the words that cues are made of, and every word that the lexicon knows."""
    cues = {w for phrase in lexicon.CUES for w in phrase}
    rest = {*lexicon.FREE, *lexicon.NOISE, *lexicon.ASKING, *lexicon.RELATIONS, *lexicon.SYNONYMS, *lexicon.NUMBER_WORDS, *lexicon.PEOPLE}
    rest |= {w for words in lexicon.SYNONYMS.values() for name in words.split() for w in name.split("_")}
    return frozenset(cues), frozenset(cues | rest | set(lexicon.GENERIC) | set(lexicon.ROW_NOUNS))


def respelled(tokens: tuple[Token, ...], catalog: Catalog) -> tuple[tuple[Token, ...], tuple[tuple[str, str], ...]]:
    """Correct single slips in words that neither the language nor the data know.

    Returns
    -------
    tuple
        The tokens with their corrections, and pairs of what was written and what is read.
    """
    cues, known = _words()
    wrong = [t for t in tokens if t.kind == "word" and len(t.text) >= LEAST and not _known(t.low, known)]
    if not wrong:
        return tokens, ()
    vocabularies = [vocabulary(d) for d in catalog.datasets]
    named = {w for d in catalog.datasets for name in (d.name, *(c.name for c in d.schema)) for w in name_words(name) if len(w) >= LEAST - 1}
    stems = {s for v in vocabularies for s in (*v.words, *(w for words in v.names for w in words))}
    found: dict[str, str] = {}
    for token in wrong:
        if stem(token.low) in stems or any(fold(token.text) in v.values for v in vocabularies):
            continue
        near = _near(token.low, named | {w for w in cues if len(w) > LEAST})
        if near is not None:
            found[token.text] = near
    if not found:
        return tokens, ()
    return tuple(replace(t, text=found.get(t.text, t.text)) if t.kind == "word" else t for t in tokens), tuple(found.items())


def _known(word: str, known: frozenset[str]) -> bool:
    return word in known or lemma(word) in known or any(stem(word) == stem(w) for w in known if w[:3] == word[:3])


def _near(word: str, words: Iterable[str]) -> str | None:
    """Give the only word that a single slip turns into the written one; the first letter is hardly ever the slip."""
    found = {lemma(w): w for w in words if w[0] == word[0] and (slip(w, word) or slip(w, lemma(word)))}
    return next(iter(found.values())) if len(found) == 1 else None


def slip(right: str, written: str) -> bool:
    """Say whether one letter is left out, put in, changed, or swapped with its neighbour."""
    if abs(len(right) - len(written)) > 1 or right == written:
        return False
    at = next((i for i, (a, b) in enumerate(zip(right, written, strict=False)) if a != b), min(len(right), len(written)))
    r, w = right[at:], written[at:]
    if len(right) == len(written):
        return r[1:] == w[1:] or (r[:2] == w[1::-1] and r[2:] == w[2:])
    return r[1:] == w if len(right) > len(written) else r == w[1:]
