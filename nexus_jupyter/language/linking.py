"""Links: which words of the question mean which cue, table, column or value; candidates stay together until the plan decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.context.naming import words_of
from nexus_jupyter.context.schema import Role
from nexus_jupyter.language.abbreviations import abbreviated
from nexus_jupyter.language.concepts import ENTRIES, columns_of, meant, settled
from nexus_jupyter.language.item import Item, Span
from nexus_jupyter.language.joins import edges_of
from nexus_jupyter.language.lexicon import (
    ABBREVIATIONS,
    ASKING,
    BEFORE_NOUNS,
    CUES,
    FREE,
    GENERIC,
    LONGEST_CUE,
    NOISE,
    NOMINAL,
    NUMBER_WORDS,
    RECORDS,
    RELATIONS,
    ROW_NOUNS,
    SOFT,
)
from nexus_jupyter.language.tokens import Token, lemma, name_words, number_of, stem
from nexus_jupyter.language.vocabulary import CORE, DROPPED, JOINED, ONE, OWN, PART, Ref, Vocabulary, fold, vocabulary

SMALL = frozenset({"of", "the", "a", "an", "for", "in", "'s", "each", "their", "its", "his", "her"})
MONTHS = {m: i + 1 for i, m in enumerate("january february march april may june july august september october november december".split())}
KEY_WORDS = frozenset({"id", "code", "no", "number", "key"})
VERBAL = frozenset({"like", "need", "want"})
BEFORE_VERBS = frozenset("who that not do does did they".split())
ALIAS = 0.7
_LONGEST = 7
_PROPER = 3
GROUPING = frozenset({"each", "everi", "per", "different"})
_SHARING = 4
SHARED = 0.9


@dataclass(frozen=True, slots=True)
class _Known:
    """What the words are compared with: a vocabulary and a name for each dataset, and what keys call the rows of other tables."""

    vocabularies: list[Vocabulary]
    names: list[str]
    aliases: dict[str, dict[str, float]]
    lows: list[str]

    def noun(self, i: int) -> bool:
        """Say whether a word that may be a verb stands as a noun: "the cost of"."""
        before, after = self.lows[i - 1] if i else "", self.lows[i + 1] if i + 1 < len(self.lows) else ""
        return self.lows[i] in NOMINAL and (before in BEFORE_NOUNS or after == "of")


def link(tokens: tuple[Token, ...], catalog: Catalog, *, apart: frozenset[tuple[int, int]] = frozenset()) -> tuple[Item, ...]:
    """Cover the tokens with items: the heaviest spans first, each token once; the spans `apart` are not taken as one."""
    vocabularies = [vocabulary(d) for d in catalog.datasets]
    names = [d.name for d in catalog.datasets]
    lows = [t.low for t in tokens]
    known = _Known(vocabularies, names, _aliases(catalog, vocabularies), lows)
    spans: list[Span] = []
    stems = [stem(w) for w in lows]
    for i, token in enumerate(tokens):
        if token.kind == "quote":
            spans.append(_quoted(i, token, vocabularies))
            continue
        if token.kind == "mark" and token.text not in {"=", ">", "<", ">=", "<=", "!=", "==", "&", "-"}:
            continue
        spans += _cues(i, lows, tokens)
        if token.kind == "word":
            spans += _shared_head(i, tokens, stems, vocabularies)
        if token.kind in {"word", "number"}:
            for length in range(1, _LONGEST + 1):
                if i + length > len(tokens):
                    break
                window = tokens[i : i + length]
                if any(t.kind == "quote" or (t.kind == "mark" and t.text not in {"'s", "-", "/", "&", ".", ","}) for t in window):
                    break
                hyphened = length > _PROPER - 1 and window[-2].text == "-"  # "check-in"
                if window[-1].kind == "mark" or (lows[i + length - 1] in SMALL and not hyphened):
                    continue
                if not any(t.text in {",", "."} for t in window):
                    spans += _names(i, i + length, window, stems, known)
                spans += _values(i, i + length, window, stems, vocabularies)
    tallies = {
        s.start for s in spans if s.kind == "columns" and lows[s.start] == "number" and s.end > s.start + 2 and s.what[0][1] >= JOINED
    }
    kept = [s for s in spans if (s.start, s.end) not in apart and not (s.what == ("count", "rows") and tallies & {*range(s.start, s.end)})]
    return settled(_around(_entries(_cover(tokens, kept), catalog), catalog))  # "total number of hosts" adds a column of that name up


def _entries(items: tuple[Item, ...], catalog: Catalog) -> tuple[Item, ...]:
    """Let "orders" name the rows of the only table where each row has a date and an amount, or a key of that name."""
    outer = [d for d in catalog.datasets if not d.parent]
    if len(outer) != 1:
        return items
    (dataset,) = outer
    keys = {
        name_words(c.name)[0]
        for c in dataset.schema
        if c.role is Role.IDENTIFIER and dataset.profiles[c.name].unique and len(name_words(c.name)) > 1
    }
    told = {
        w
        for c in dataset.schema
        if c.role in {Role.IDENTIFIER, Role.DATE}
        for w in _spelled(name_words(c.name))
        if len(name_words(c.name)) > 1
    }
    plural = words_of(dataset.name)[-1:] != tuple(name_words(dataset.name)[-1:])  # `passengers` says itself what its rows are
    records = {w for w in RECORDS if w in told or not plural}
    booked = any(c.role is Role.DATE for c in dataset.schema) and bool(columns_of("order value", [vocabulary(dataset)]))
    words = ENTRIES if keys & ENTRIES and booked else keys & ENTRIES
    return tuple(
        replace(it, tables=((dataset.name, ALIAS),), cue=None)
        if (lemma(it.low) in words or (lemma(it.low) in records and lemma(it.low) != it.low))
        and not it.tables
        and not it.values
        and not any(t > DROPPED for _, t in it.columns)
        and (it.low != "order")
        else it
        for it in items
    )


def _spelled(words: tuple[str, ...]) -> tuple[str, ...]:
    """Write the abbreviations of a name out."""
    return tuple(ABBREVIATIONS.get(w, w) for w in words)


def _around(items: tuple[Item, ...], catalog: Catalog) -> tuple[Item, ...]:
    """Let "the company" be said of a file whose outer object has that key: it is what all the rows lie in."""
    outer = {stem(w) for d in catalog.datasets for key in (d.reader or {}).get("keys", ()) if key not in d.called for w in name_words(key)}
    return tuple(
        replace(it, free=True)
        if i and not it.linked and it.cue is None and items[i - 1].low in {"the", "this", "our", "their"} and stem(it.low) in outer
        else it
        for i, it in enumerate(items)
    )


def _aliases(catalog: Catalog, vocabularies: list[Vocabulary]) -> dict[str, dict[str, float]]:
    """Find what the keys that point at a table call its rows: `student_id` → Highschooler makes "students" its rows."""
    own = {key[0] for v in vocabularies for key, tier in v.names.items() if len(key) == 1 and tier > ONE}
    found: dict[str, dict[str, float]] = {}
    for e in edges_of(catalog):
        for on, target, unique in ((e.left_on, e.right, e.unique_right), (e.right_on, e.left, e.unique_left)):
            words = name_words(on)
            other = e.left_on if on is e.right_on and target == e.left else e.right_on
            if unique and name_words(other) != words and len(words) == 2 and words[-1] in KEY_WORDS:
                word = stem(words[-2])
                if word not in own and len(word) > 2:
                    found.setdefault(word, {})[target] = ALIAS
    return {word: tables for word, tables in found.items() if len(tables) == 1}


def _cues(i: int, lows: list[str], tokens: tuple[Token, ...]) -> list[Span]:
    found = []
    for length in range(1, min(LONGEST_CUE, len(lows) - i) + 1):
        key = tuple(lows[i : i + length])
        if key in CUES and not _halved(key, tokens[i - 1 : i], tokens[i + length : i + length + 1]):
            soft = (length == 1 and key[0] in SOFT) or CUES[key][0] == "test"
            size = sum(w not in {"the", "a", "an"} for w in key) or 1
            if length == 2 and key[0] in SOFT | {"quantity"} and key[1] == "of":
                soft, size = True, 1
            cue = CUES[key]
            if key == ("over",) and i + 1 < len(tokens) and tokens[i + 1].kind == "number":
                cue = ("cmp", ">")
            found.append(Span(i, i + length, 10 * size + 0.1 * length + (2.5 if soft else 7), "cue", cue))
        if any(t.kind == "quote" for t in tokens[i : i + length]):
            break
    following = tokens[i + 1 : i + 2]
    if lows[i] in {"only", "just"} and any(t.kind == "number" or t.low in NUMBER_WORDS for t in following):
        found.append(Span(i, i + 1, 17.5, "cue", ("cmp", "==")))  # "only one orchestra"
    return found


def _halved(key: tuple[str, ...], before: tuple[Token, ...], after: tuple[Token, ...]) -> bool:
    """Say whether the words around a cue take it apart: "or lower than", "each rank by"."""
    if CUES[key][0] == "post":
        return any(t.low == "than" for t in after)
    return CUES[key][0] == "sort" and len(key) > 1 and any(t.low in {"each", "every", "per", "different"} for t in before)


def _names(i: int, j: int, window: tuple[Token, ...], stems: list[str], known: _Known) -> list[Span]:
    if i and window[0].low in SMALL:
        return []
    vocabularies, names, aliases = known.vocabularies, known.names, known.aliases
    words = tuple(stems[k] for k in range(i, j) if window[k - i].kind != "mark")
    alone = len(words) == 1
    verb = window[0].low in VERBAL and i > 0 and known.lows[i - 1] in BEFORE_VERBS
    if alone and window[0].low in FREE and not verb and not (window[0].text.isupper() and len(window[0].text) > 1):
        return []
    content = tuple(w for w, k in zip(stems[i:j], window, strict=True) if k.kind != "mark" and k.low not in SMALL)
    columns: dict[Ref, float] = {}
    tables: dict[str, float] = {}
    least = 0.0
    if alone and (window[0].low in NOISE or window[0].low in ASKING or window[0].low in GENERIC):
        least = ONE - 0.05 if window[0].low in GENERIC or lemma(window[0].low) in {"name", "title"} else PART
    elif alone and window[0].low in RELATIONS and not known.noun(i):
        least = 0.9
    grouping = least == PART and i > 0 and stems[i - 1] in GROUPING
    if grouping:
        least = ONE  # "each category" is a category that the data have, whole or as the last word of a column's name
    apart = any(t.low in {"each", "every"} for t in window)
    counting = len(window) > 2 and window[0].low in {"number", "count"} and window[1].low == "of"
    joined = stem("".join(t.low for t in window)) if 1 < len(words) <= 3 else ""
    for v, name in zip(vocabularies, names, strict=True):
        options = [v.columns.get(words)]
        if joined:
            options.append(v.columns.get((joined,)))
            options.append(v.columns.get(("".join(words),)))  # "signed up" is the signup
        if 1 < len(content) == len(set(content)) and not any(w in v.roles for w in content) and not apart:
            options.append(v.bags.get(tuple(sorted(set(content)))))
        for option in options:
            for ref, tier in (option or {}).items():
                headed = not grouping or tier >= CORE or name_words(ref.column)[-1] == lemma(window[0].low)
                if tier >= least and headed and not (counting and ref in v.keys):
                    columns[ref] = max(tier, columns.get(ref, 0))
        tier = max(v.names.get(words, 0), v.names.get((joined,), 0) if joined else 0)
        if tier and (tier > ONE or window[0].low not in RELATIONS) and not (alone and window[0].low in ASKING):
            tables[name] = tier
    if max(columns.values(), default=0) < DROPPED:
        columns |= meant(words, vocabularies)
    named = any(_folded(window) in v.values for v in vocabularies)  # "North America" is a value, and does not abbreviate to `Name`
    if max(columns.values(), default=0) <= ONE and not named and not any(t >= OWN for t in tables.values()) and least < PART:
        columns |= abbreviated(tuple(k.low for k in window if k.kind != "mark"), vocabularies)
    if alone and not any(t > ONE for t in tables.values()) and window[0].low not in RELATIONS:
        tables.update(aliases.get(words[0], {}))
    roles = tuple(ref for v in vocabularies for ref in v.roles.get(words[0], ())) if alone else ()
    if alone and any(window[0].low == name.casefold() for name in tables):
        # The table's name as it is written means its rows, and not a column that is only nearly called so.
        columns = {ref: tier for ref, tier in columns.items() if ref.column.casefold() == window[0].low}
    found = []
    size = len(content)
    if columns:
        found.append(Span(i, j, 10 * size + 6 * max(columns.values()), "columns", tuple(columns.items())))
    if roles:
        found.append(Span(i, j, 10 * size + 4, "roles", roles))
    if tables:
        found.append(Span(i, j, 10 * size + 5.5 * max(tables.values()), "tables", tuple(tables.items())))
    return found


def _shared_head(i: int, tokens: tuple[Token, ...], stems: list[str], vocabularies: list[Vocabulary]) -> list[Span]:
    """Link "low" in "low and high estimates": the words of a list share the last one's head."""
    k = i
    while k + 2 < len(tokens) and tokens[k + 1].low in {",", "and", "or"} and k - i <= _SHARING:
        k += 2 if tokens[k + 2].low not in {"and", "or"} or k + 3 >= len(tokens) else 3
    if k == i or k + 1 >= len(tokens) or tokens[k].kind != "word" or tokens[k + 1].kind != "word":
        return []
    found: dict[Ref, float] = {}
    for v in vocabularies:
        last = v.columns.get((stems[k], stems[k + 1]), {})
        first = v.columns.get((stems[i], stems[k + 1]), {})
        if any(t >= PART for t in last.values()):
            found.update({ref: SHARED for ref, t in first.items() if t >= PART and ref not in last})
    return [Span(i, i + 1, 10 + 6, "columns", tuple(found.items()))] if found else []


def _folded(window: tuple[Token, ...]) -> tuple[str, ...]:
    """Give the words of a span as values are written: `PayPal` is one word, though it is two tokens."""
    text = ""
    for before, token in zip((None, *window), window, strict=False):
        if token.kind != "mark":
            text += ("" if before is not None and before.kind == token.kind == "word" and before.end == token.start else " ") + token.text
    return fold(text)


def _values(i: int, j: int, window: tuple[Token, ...], stems: list[str], vocabularies: list[Vocabulary]) -> list[Span]:
    words = _folded(window)
    if not words:
        return []
    proper = any(t.text[:1].isupper() for t in window) and (i > 0 or len(window) > 1)
    plain = all(w in FREE or w in NOISE or w in ASKING or w in SMALL for w in words)
    if plain and not (proper and all(t.text[:1].isupper() for t in window)):
        return []
    short = len(words) == 1 and len(words[0]) < _PROPER
    noun = stems[i - 1] if short and i > 0 else ""
    if short and not window[0].text.isupper() and (not noun or plain):
        return []
    if len(window) == 1 and window[0].kind == "number" and len(words[0]) < 2:
        return []
    found: list[tuple[Ref, Any, float]] = []
    for v in vocabularies:
        found += v.values.get(words, [])
    if not found:
        folded = ("~", *(stem(w) for w in words))
        for v in vocabularies:
            found += v.values.get(folded, [])
            found += [(r, x, 0.8) for r, x, _ in v.values.get(folded[1:], []) if not str(x).isupper()]
    if not found:
        return []
    beside = [f for f in found if noun in {"nam", "call", *(stem(w) for w in (*name_words(f[0].column), *name_words(f[0].table)))}]
    if short and noun and beside:
        found = beside  # "section h"
    elif short:
        found = [f for f in found if f[1] == window[0].text]
        if not found or window[0].text in {"I", "A", "X", "Y", "IN", "OF", "ID"} or not proper:
            return []
    known = {s for v in vocabularies for s in v.words}
    schema = len(words) == 1 and stems[i] in known and not proper
    size = sum(1 for w in words if w not in SMALL) or 1
    return [Span(i, j, 10 * size + (6.5 if proper else 0.5 if schema else 3.2), "values", tuple(found))]


def _quoted(i: int, token: Token, vocabularies: list[Vocabulary]) -> Span:
    text = token.text[1:-1].strip()
    words = fold(text)
    found = [hit for v in vocabularies for hit in v.values.get(words, [])]
    exact = [hit for hit in found if hit[1] == text]
    columns: dict[Ref, float] = {}
    for v in vocabularies:
        columns.update(v.columns.get(tuple(stem(w) for w in words), {}))
    return Span(
        i, i + 1, 100, "quote", (text, tuple(exact or found), tuple((r, t) for r, t in columns.items() if t >= ONE) if not found else ())
    )


def _cover(tokens: tuple[Token, ...], spans: list[Span]) -> tuple[Item, ...]:
    taken: list[int | None] = [None] * len(tokens)
    chosen: dict[tuple[int, int], list[Span]] = {}
    for span in sorted(spans, key=lambda s: (-s.weight, s.start)):
        where = (span.start, span.end)
        if where in chosen:
            chosen[where].append(span)
        elif all(taken[k] is None for k in range(*where)):
            chosen[where] = [span]
            for k in range(*where):
                taken[k] = span.start
    items = []
    for (start, end), group in chosen.items():
        items.append(_item(tokens, start, end, group))
    for k, owner in enumerate(taken):
        if owner is None:
            items.append(_plain(tokens[k], k))
    return tuple(sorted(items, key=lambda it: it.start))


def _item(tokens: tuple[Token, ...], start: int, end: int, group: list[Span]) -> Item:
    lows = tuple(t.low for t in tokens[start:end])
    item = Item(start, end, " ".join(t.text for t in tokens[start:end]), lows)
    best = group[0].weight
    for span in group:
        match span.kind:
            case "cue" if span is group[0] or span.weight > best - 5 or span.what[0] in {"each", "unit", "stat", "count"}:
                item = replace(item, cue=span.what)
            case "columns":
                item = replace(item, columns=span.what)
            case "tables":
                item = replace(item, tables=span.what)
            case "roles":
                item = replace(item, roles=span.what)
            case "values":
                item = replace(item, values=span.what)
            case "quote":
                item = replace(item, quote=span.what[0], values=span.what[1], columns=span.what[2])
    if group[0].kind == "cue" and group[0].weight > 10 * (end - start) + 5:  # a firm cue is nothing else
        item = replace(
            item,
            columns=tuple(c for c in item.columns if c[1] >= 1.0 and item.cue and item.cue[0] in {"unit", "stat"}),
            tables=(),
            values=(),
        )
    if item.cue is not None and item.cue[0] == "weak" and not item.linked:
        item = replace(item, free=True)
    if end - start == 1 and tokens[start].kind == "number":
        item = replace(item, number=number_of(tokens[start].text))
    elif lows[0] in NUMBER_WORDS and len(lows) == 1 and not item.linked:
        item = replace(item, number=NUMBER_WORDS[lows[0]])
    return item


def _plain(token: Token, k: int) -> Item:
    low = token.low
    item = Item(k, k + 1, token.text, (low,))
    if token.kind == "number":
        return replace(item, number=number_of(token.text))
    if token.kind == "date":
        return replace(item, date=token.text)
    if token.kind == "mark":
        return replace(item, mark=token.text[0] if token.text != "'s" else "'s", free=True)
    if low in NUMBER_WORDS:
        return replace(item, number=NUMBER_WORDS[low])
    if low in MONTHS and (token.text[:1].isupper() or low != "may"):
        return replace(item, cue=("monthname", str(MONTHS[low])))
    return replace(item, free=low in FREE or low in NOISE or low in ASKING or lemma(low) in ROW_NOUNS)


__all__ = ["Item", "link"]
