"""Abbreviated names: "life expectancy" is `lifeExp`, "length of stay" is `LOS_days`, "GDP per capita" is `gdpPercap`.

A name is an abbreviation of some words only when all of the words and all of the name's parts are used up, so that a word which merely begins like
a column does not become one.
"""

from __future__ import annotations

from collections.abc import Iterable

from nexus_jupyter.language.lexicon import ABBREVIATIONS, CUES, FREE, GENERIC, NOISE
from nexus_jupyter.language.tokens import lemma, name_words, stem
from nexus_jupyter.language.vocabulary import Ref, Vocabulary

ABBREVIATED = 0.6
"""The tier of a column whose name abbreviates the words: below a name with generic words dropped, so that it is told."""
SHORTEST = 3
SPARED = 2
MOST_WORDS = 5
INITIALS = 3
VOWELS = frozenset("aeiou")
UNITS = frozenset(
    "day week month year hour minute min sec second yr yrs usd eur gbp kwh kg g mg lb km mi m cm mm ft c f v ms pct percent k mw w db s".split()
)
SMALL = frozenset({"of", "the", "a", "an", "for", "in", "on", "to", "and", "per", "by"})


def abbreviated(lows: tuple[str, ...], vocabularies: Iterable[Vocabulary]) -> dict[Ref, float]:
    """Give the columns whose names abbreviate these words, all of them.

    Parameters
    ----------
    lows
        The words in lower case, small words among them.
    vocabularies
        What the datasets are called.

    Returns
    -------
    dict
        Columns with their tier; none where a word says something by itself.
    """
    words = tuple(w for w in lows if w not in SMALL or w == "per")
    if not words or len(lows) > MOST_WORDS or not all(w.isalpha() for w in lows) or lows[0] in SMALL or lows[-1] in SMALL:
        return {}
    if any(w in FREE and w not in SMALL for w in words) or (len(words) == 1 and (words[0] in NOISE or (words[0],) in CUES)):
        return {}
    if len(words) > 1 and ((words[0],) in CUES or words[0] in GENERIC):
        return {}
    found: dict[Ref, float] = {}
    for v in vocabularies:
        for ref in v.named:
            parts = name_words(ref.column)
            core = parts
            while len(core) > 1 and core[-1] in UNITS | GENERIC:
                core = core[:-1]
            if any(_made(lows, words, option) for option in dict.fromkeys((parts, core))):
                found[ref] = ABBREVIATED
    return found


def _made(lows: tuple[str, ...], words: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    """Say whether the parts of a name stand for the words, at least one of them shortened."""
    if len(parts) == 1 and len(lows) >= INITIALS and parts[0] in {"".join(w[0] for w in lows), "".join(w[0] for w in words)}:
        return True
    if len(words) < len(lows) and not {"of", "the"} & set(lows):  # "delay and arrival" are two things, and "delay at arrival" is no name
        return False
    return _aligned(words, parts, shortened=False, turned="of" in lows)


def _aligned(words: tuple[str, ...], parts: tuple[str, ...], *, shortened: bool, turned: bool) -> bool:
    if not words or not parts:
        return shortened and not words and not parts
    part, rest = parts[0], parts[1:]
    for at, word in enumerate(words if turned else words[:1]):
        others = words[:at] + words[at + 1 :]
        whole = stem(part) == stem(word)
        if (whole or short_for(part, word)) and _aligned(others, rest, shortened=shortened or not whole, turned=turned):
            return True
    return any(_joined(part, words[:n]) and _aligned(words[n:], rest, shortened=True, turned=turned) for n in range(2, len(words) + 1))


def short_for(part: str, word: str) -> bool:
    """Say whether a part of a name is a word's beginning, its known abbreviation, or its consonants: exp, dept, amt."""
    if ABBREVIATIONS.get(part) in {word, lemma(word)}:
        return True
    if len(part) < SHORTEST or part[0] != word[0] or len(word) < len(part) + SPARED:
        return False
    if word.startswith(part):
        return True
    letters = iter(lemma(word))
    return not VOWELS & set(part[1:]) and part[-1] in lemma(word)[2:] and all(c in letters for c in part)


def _joined(part: str, words: tuple[str, ...]) -> bool:
    """Say whether a part is the beginnings of several words written together, three letters or more of the last."""
    if len(words) == 1:
        return len(part) >= SHORTEST and words[0].startswith(part)
    first = words[0]
    longest = next((n for n in range(min(len(first), len(part)), 0, -1) if first[:n] == part[:n]), 0)
    return any(_joined(part[n:], words[1:]) for n in range(longest, 0, -1) if n >= SHORTEST or n == len(first) or n == 1)
