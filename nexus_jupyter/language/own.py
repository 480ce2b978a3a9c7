"""The user's own words, from the settings: each stands for a column, a condition or a phrase, and is told with that reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from nexus_jupyter.plan.plan import Assumption

if TYPE_CHECKING:
    from nexus_jupyter.language.language import Reading, Understanding

WHY = "your own word, from the settings"
Told = tuple[tuple[str, str], ...]


def spelled_out(text: str, words: Mapping[str, str]) -> tuple[str, Told]:
    """Write a question with the user's words spelled out, the longest first and each place once.

    Returns
    -------
    tuple
        The question, and pairs of a word that occurred and what it stands for. Quoted text stays as it is.
    """
    if not words:
        return text, ()
    known = {" ".join(w.casefold().split()): phrase for w, phrase in words.items()}
    ordered = sorted(known, key=len, reverse=True)
    pattern = re.compile(
        r"\"[^\"\n]*\"|`[^`\n]*`|“[^”\n]*”|(?<!\w)(?:" + "|".join(r"\s+".join(map(re.escape, w.split())) for w in ordered) + r")(?!\w)",
        re.IGNORECASE,
    )
    told: dict[str, str] = {}

    def spell(found: re.Match[str]) -> str:
        phrase = known.get(" ".join(found.group().casefold().split()))
        if phrase is None:
            return found.group()
        told[found.group()] = phrase
        return phrase

    return pattern.sub(spell, text), tuple(told.items())


def tell(understanding: Understanding, told: Told) -> Understanding:
    """Add the user's words to what was understood: as links, and as assumptions of every reading."""
    from nexus_jupyter.language.language import Link

    if not told:
        return understanding
    notes = tuple(Assumption(about="own word", text=f"“{word}” stands for “{phrase}” in your settings.") for word, phrase in told)

    def noted(reading: Reading) -> Reading:
        return replace(reading, plan=replace(reading.plan, assumptions=(*notes, *reading.plan.assumptions)))

    links = tuple(Link(words=word, target=phrase, why=WHY, score=1.0) for word, phrase in told)
    return replace(understanding, links=(*links, *understanding.links), readings=tuple(map(noted, understanding.readings)))
