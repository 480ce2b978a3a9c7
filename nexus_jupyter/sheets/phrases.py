"""Phrases: the ways to divide a question into cues, columns, cells, numbers and dates, the likeliest first. No word is left over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from nexus_jupyter.context.views import day_of
from nexus_jupyter.language.lexicon import ASKING, GENERIC, NUMBER_WORDS
from nexus_jupyter.language.tokens import Token, lemma, name_words, number_of, stem
from nexus_jupyter.language.vocabulary import ONE
from nexus_jupyter.sheets.facts import Hit, Sheet, words
from nexus_jupyter.sheets.nouns import ACTORS, THINGS
from nexus_jupyter.sheets.words import (
    ASIDES,
    ATTRIBUTES,
    CUES,
    FREE,
    HEADS,
    HINTS,
    LONGEST,
    MADE,
    OCCASIONS,
    OPPONENTS,
    OPPOSING,
    ORDINALS,
    OUTCOMES,
    PARTS_OF,
    PLACING,
    UNFINISHED,
    UNITS,
    VERBS,
)

BEAM = 60
RARELY = 0.25
KEPT = 24
_SPAN = 12
ENDING = {1: "st", 2: "nd", 3: "rd"}
_ORDINAL = re.compile(r"#?(\d+)(?:st|nd|rd|th)|#(\d+)")
_ENDINGS = (
    "ance",
    "ence",
    "ation",
    "tion",
    "ion",
    "ment",
    "er",
    "or",
    "ers",
    "ors",
    "ing",
    "ings",
    "ed",
    "al",
    "ity",
    "ous",
    "e",
    "s",
    "y",
    "ship",
    "ist",
    "ian",
    "an",
    "",
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the question and what they are read as.

    `lead` is the word before. `kind` is a kind of cue, or "column" (data: its name), "cell" (hits), "number", "ordinal", "day" (year, month, day), "verb" (its
    word), "noun" (a word that only calls the rows) or "free".
    """

    kind: str
    data: Any
    text: str
    start: int
    end: int
    cost: float
    lead: str = ""


def divide(tokens: tuple[Token, ...], sheet: Sheet) -> list[tuple[float, tuple[Phrase, ...]]]:
    """Give the best ways to divide the tokens into phrases, with their costs."""
    lows = [t.low for t in tokens]
    ends: list[list[tuple[float, tuple[Phrase, ...]]]] = [[] for _ in range(len(tokens) + 1)]
    ends[0] = [(0.0, ())]
    for i in range(len(tokens)):
        here = sorted(ends[i], key=lambda s: s[0])[:BEAM]
        if not here:
            continue
        options = _options(i, tokens, lows, sheet)
        for cost, before in here:
            last = before[-1] if before else None
            for p in options:
                mere = (
                    p.kind == "cell"
                    and p.end == i + 1
                    and not any(h.whole for h in p.data)
                    and (_asked(last) or (last and last.kind == "noun"))
                )
                ends[p.end].append((cost + p.cost + 0.04 + (0.5 if mere else 0), before if p.kind == "free" else (*before, p)))
            if last is not None and last.kind == "column" and lows[i] in PARTS_OF and name_words(last.data)[0] in PARTS_OF[lows[i]]:
                ends[i + 1].append((cost + 0.05, before))
            if last is not None and last.kind == "column" and last.end == i and _mere_head(i, lows, sheet):
                ends[i + 1].append((cost + 0.15, before))
            if (not _asked(last) or (last is not None and last.data in {"when", "where"})) and _subject(i, lows, sheet):
                ends[i + 1].append((cost + 0.3, before))
            if _asked(last) and lows[i].isalpha() and tokens[i].kind == "word":
                hyphened = (
                    i + 2 < len(tokens) and lows[i + 1] == "-" and tokens[i + 1].start == tokens[i].end and lemma(lows[i + 2]) in THINGS
                )  # "u-boat"
                known = any(p.end == i + 1 and p.kind not in {"cell", "noun", "text"} for p in options)
                if (
                    (known and not hyphened)
                    or lemma(lows[i]) in ATTRIBUTES
                    or not (THINGS & {lows[i], lemma(lows[i])} or hyphened)
                    or (lemma(lows[i]) in {"person", "people"} and not sheet.peopled())
                ):
                    continue
                noun = Phrase("noun", lemma(lows[i]), tokens[i].text, i, i + 1, 0.75)
                if not known:
                    ends[i + 1].append((cost + noun.cost, (*before, noun)))
                if hyphened:
                    ends[i + 3].append((cost + noun.cost, (*before, noun)))
            if (
                not options
                and last is not None
                and last.kind in {"wh", "column", "noun"}
                and lows[i].endswith(("s", "ed"))
                and _extreme(i + 1, lows)
            ):
                ends[i + 1].append((cost + 0.6, (*before, Phrase("verb", lows[i], tokens[i].text, i, i + 1, 0.6))))
    unique: dict[tuple[Any, ...], tuple[float, tuple[Phrase, ...]]] = {}
    for cost, found in sorted(ends[len(tokens)], key=lambda s: s[0]):
        unique.setdefault(tuple((p.kind, str(p.data)) for p in found), (cost, found))
    return list(unique.values())[:KEPT]


def _extreme(i: int, lows: list[str]) -> bool:
    """Say whether a superlative begins here: a strange verb before it only says what the rows do with the most of something."""
    return any(kind == "sup" for n in range(1, LONGEST + 1) for kind, _ in CUES.get(tuple(lows[i : i + n]), ()))


def _mere_head(i: int, lows: list[str], sheet: Sheet) -> bool:
    """Say whether a word after a column only says what kind of thing it is: "squad number", "release date"."""
    return lows[i] in HEADS and sheet.called(lows[i]) is None and not _inside(i, i + 1, lows)


def _subject(i: int, lows: list[str], sheet: Sheet) -> bool:
    """Say whether a word speaks of what the page is about: "did the skier", whose deeds the rows are, or "the championships"."""
    if i == 0 or lows[i - 1] not in {"the", "this"} or sheet.called(HINTS.get(lows[i], lows[i])) is not None:
        return False
    return (lows[i] in ACTORS and not sheet.peopled()) or lows[i] in OCCASIONS


def _asked(last: Phrase | None) -> bool:
    """Say whether a word here may be the noun of the rows: right after "how many", "which", "the only", "the first"."""
    return last is not None and (
        last.kind in {"count", "wh", "end", "step"}
        or (last.kind == "sup" and ("|" in str(last.data) or last.data in {"best", "worst"}))
        or (last.kind == "other" and last.data in {"only", "different"})
        or last.kind in {"day", "ordinal"}
        or (last.kind == "number" and last.start <= 3)
    )


def _options(i: int, tokens: tuple[Token, ...], lows: list[str], sheet: Sheet) -> list[Phrase]:
    found: list[Phrase] = []

    def add(kind: str, data: Any, j: int, cost: float) -> None:
        found.append(Phrase(kind, data, " ".join(t.text for t in tokens[i:j]), i, j, cost, lead))

    lead = next((w for w in reversed(lows[:i]) if w not in {"the", "a", "an"}), "")
    token = tokens[i]
    for length in range(1, min(LONGEST, len(lows) - i) + 1):
        key = tuple(lows[i : i + length])
        if any(t.kind == "quote" for t in tokens[i : i + length]):
            break
        if key in CUES and not _inside(i, i + length, lows):
            for kind, data in CUES[key]:
                add(kind, data, i + length, 0.12 / length)
        if key in ASIDES:
            add("free", None, i + length, 0.1 / length)
    if token.low == "all" and i + 1 < len(tokens) and tokens[i + 1].kind == "number":
        add("free", None, i + 1, 0.05)
    for length, cells in ((n, UNFINISHED.get(tuple(lows[i : i + n]))) for n in range(1, min(4, len(lows) - i) + 1)):
        if cells is not None and (hits := sheet.marked(frozenset(cells.split("|")))):
            add("cell", hits, i + length, 0.05)
    if token.kind == "mark" or token.low in FREE or (i == 0 and token.low in ASKING):
        add("free", None, i + 1, 0.02)
    noun = i > 0 and lows[i - 1] == "the" and lows[i + 1 : i + 2] == ["of"]  # "the score of X"
    if token.low in VERBS and not noun:
        add("verb", token.low, i + 1, 0.1)
    if token.low in OUTCOMES and sheet.outcome() is not None:
        add("verb", token.low, i + 1, 0.1)
    if token.low in OPPOSING and any(
        OPPONENTS & set(name_words(h.column)) for n in range(1, _SPAN) for h in sheet.spoken(words(" ".join(lows[i + 1 : i + 1 + n])))
    ):
        add("free", None, i + 1, 0.1)
    if token.low in HINTS or lemma(token.low) in HINTS:
        hints = HINTS.get(token.low) or HINTS[lemma(token.low)]
        if token.low == "place" and PLACING & set(lows):
            hints = f"place rank position pos {hints}"
        name = sheet.called(hints, frozenset(stem(w) for w in lows if w != token.low))
        if token.low in MADE and name is None:
            add("verb", token.low, i + 1, 0.15)
        elif token.low in MADE and "who" in lows:  # "who produced X" asks for the producers
            found[:] = [p for p in found if p.kind != "verb"]
        if name is not None:
            add("column", name, i + 1, 0.35)
    _numbers(i, tokens, lows, add)
    if token.kind == "quote" or (token.kind == "word" and len(token.text) == 1 and i):
        add("text", token.text.strip("\"'`“”‘’"), i + 1, 0.3)  # noqa: RUF001
    if token.kind == "quote":
        _cells(i + 1, words(token.text.strip("\"'`“”‘’")), sheet, add)  # noqa: RUF001
    said: Phrase | None = None
    for length in range(1, _SPAN + 1):
        window = tokens[i : i + length]
        if len(window) < length or (length > 1 and any(t.kind == "quote" for t in window)):
            break
        if window[0].kind == "mark" or window[-1].kind == "mark":
            continue
        _columns(i + length, window, tokens, sheet, add)
        if token.kind != "quote":
            text = " ".join(t.text for t in window)
            _cells(i + length, words(text), sheet, add)
            if length <= 5 and (day := day_of(text)) is not None and _tight(window):
                said = Phrase("day", day, text, i, i + length, 0.05)
    if said is not None:
        found.append(said)
    if any(
        p.kind == "column" and p.end == i + 1 and p.cost <= 0.1 and not sheet.ranked(p.data) for p in found
    ):  # a column's own name is no mere verb
        found = [p for p in found if p.kind != "verb"]
    return found


def _inside(i: int, j: int, lows: list[str]) -> bool:
    """Say whether a longer cue holds these words: "least" in "at least" is no superlative."""
    for start in range(max(0, j - LONGEST), i + 1):
        for stop in range(j, min(len(lows), start + LONGEST) + 1):
            if (stop - start) > (j - i) and tuple(lows[start:stop]) in CUES:
                return True
    return False


def _tight(window: tuple[Token, ...]) -> bool:
    """Say whether every word belongs to the day: a month, numbers, "of", a comma."""
    return all(t.low in {"of", ","} or t.low[0].isdigit() or day_of(f"{t.text} 1, 2000") is not None for t in window) and window[
        0
    ].low not in {"of", ","}


def _numbers(i: int, tokens: tuple[Token, ...], lows: list[str], add: Any) -> None:
    token = tokens[i]
    value = number_of(token.text) if token.kind == "number" else NUMBER_WORDS.get(token.low)
    if value is not None and not (i + 1 < len(tokens) and tokens[i + 1].text == "'s"):  # "the 1900's" are a span that is not read
        j = i + 1
        if j < len(tokens) and NUMBER_WORDS.get(lows[j], 0) >= 100:
            value, j = value * NUMBER_WORDS[lows[j]], j + 1
        add("number", value, j, 0.05)
        while j < len(tokens) and lows[j] in UNITS:
            j += 1
            add("number", value, j, 0.1)
    elif token.low in {"once", "twice"}:
        add("number", {"once": 1, "twice": 2}[token.low], i + 1, 0.05)
    place = _ORDINAL.fullmatch(token.low)
    order = int(place[1] or place[2]) if place else ORDINALS.get(token.low)
    if order is not None:
        j = i + 1
        if j < len(tokens) and lows[j] in {"place", "rank", "position", "ranked"}:
            add("ordinal", order, j + 1, 0.05)
        add("ordinal", order, j, 0.1 if place else 0.3)


def _columns(j: int, window: tuple[Token, ...], tokens: tuple[Token, ...], sheet: Sheet, add: Any) -> None:
    stems = tuple(stem(t.low) for t in window if t.kind != "mark")
    if not stems or (len(stems) == 1 and window[0].low in FREE):
        return
    content = tuple(
        sorted(
            {s for s, t in zip(stems, (t for t in window if t.kind != "mark"), strict=True) if t.low not in {"of", "the", "in", "for", "a"}}
        )
    )
    best: dict[str, float] = {}
    for index, key in ((sheet.vocabulary.columns, stems), (sheet.vocabulary.bags, content)):
        for ref, tier in index.get(key, {}).items():
            if len(stems) == 1 and tier <= ONE and window[0].low in GENERIC:
                continue
            best[ref.column] = max(tier, best.get(ref.column, 0))
    spelled = _numbered(tuple(t.low for t in window))
    for name in sheet.columns:
        if spelled and spelled == words(name):
            best[name] = 1.0  # "the first venue": 1st Venue
    if not best and len(stems) == 1 and len(window[0].low) > 4:
        for name in sheet.columns:
            if any(_kin(window[0].low, w) for w in words(name)):
                best[name] = 0.5
    top = max(best.values(), default=0)
    said = {stem(t.low) for t in tokens}
    tied = sum(tier == top for tier in best.values()) > 1
    for name, tier in best.items():
        if name in sheet.columns:
            others = len({stem(w) for w in name_words(name)} & said - set(stems))
            rowed = 0.12 if tied and name == sheet.label() else 0  # of columns that are called so alike, the one that names the rows
            add(
                "column", name, j, 0.9 * (1 - tier) + (0.15 if tier < top else 0) - 0.1 * (len(content) - 1) - 0.12 * min(others, 2) - rowed
            )


def _numbered(said: tuple[str, ...]) -> tuple[str, ...]:
    """Write an ordinal in a column's name with a digit, as headers do; nothing where there is none."""
    if not any(w in ORDINALS or _ORDINAL.fullmatch(w) for w in said) or len(said) < 2:
        return ()
    return tuple(f"{n}{ENDING.get(n, 'th')}" if (n := ORDINALS.get(w)) else w for w in said)


def _kin(a: str, b: str) -> bool:
    """Say whether two words share a root and differ by an ending: attended and attendance, populous and population."""
    n = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return n >= 5 and a[n:] in _ENDINGS and b[n:] in _ENDINGS


def _cells(j: int, phrase: tuple[str, ...], sheet: Sheet, add: Any) -> None:
    if not phrase or all(w in FREE or w in {"no", "or", "all", "only", "first", "last", "most", "more"} for w in phrase):
        return
    if len(phrase) == 1 and (len(phrase[0]) < 2 or phrase[0] in {"time", "year", "number", "name"}):
        return
    hits = sheet.spoken(phrase)
    if not hits:
        return
    if all(w.isdigit() for w in phrase):  # a number in a column of numbers is compared, not looked up
        hits = tuple(h for h in hits if not (sheet.numeric(h.column) or sheet.dated(h.column)))
    elif len(phrase) == 1 and _ORDINAL.fullmatch(phrase[0]):
        hits = tuple(h for h in hits if not sheet.ranked(h.column))
    if not hits:
        return
    whole = tuple(h for h in hits if h.whole)
    chosen: tuple[Hit, ...] = whole or hits
    share = max(h.share for h in chosen)
    cost = 0.08 if whole else 0.25 + 0.35 * (1 - min(1.0, share * 2))
    if len(phrase) > 1:
        cost -= 0.05 * (len(phrase) - 1)
    elif not whole and not phrase[0].isdigit():
        cost += 0.1
    if not whole and share < RARELY:  # words that happen to stand in a long text
        cost += 0.35
    add("cell", chosen, j, max(cost, 0.02))
