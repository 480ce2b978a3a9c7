"""Which tables a reading uses, and the keys on the way between them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from nexus_jupyter.context.dataset import Catalog, Edge
from nexus_jupyter.context.schema import Role
from nexus_jupyter.language.lexicon import ADJECTIVES, COMPARATIVES, WH_HINTS
from nexus_jupyter.language.tokens import name_words
from nexus_jupyter.language.vocabulary import PART

if TYPE_CHECKING:
    from nexus_jupyter.language.linking import Item

MOST = 8
SPARSE = 4
WIDE = 4


def edges_of(catalog: Catalog) -> list[Edge]:
    """Give the edges that names speak for; value-only edges only between tables that nothing else joins."""
    named = [e for e in catalog.edges if e.named]
    joined = {frozenset((e.left, e.right)) for e in named}
    touched = {t for pair in joined for t in pair}
    known = {(t, c) for e in named for t, c in ((e.left, e.left_on), (e.right, e.right_on))}
    other_ends = [
        replace(e, named=True, score=f.score) for e in catalog.edges if not e.named for f in named if _other_end(catalog, e, f, known)
    ]
    return (
        named
        + other_ends
        + [
            e
            for e in catalog.edges
            if not e.named
            and e.score >= 0.2
            and not _two_keys(e)
            and frozenset((e.left, e.right)) not in joined
            and not {e.left, e.right} <= touched
        ]
    )


def _other_end(catalog: Catalog, e: Edge, f: Edge, known: set[tuple[str, str]]) -> bool:
    """Say whether a table of pairs holds a key twice, once under another name: `person_id` and `friend_id`."""
    if {e.left, e.right} != {f.left, f.right} or e.containment < 1:
        return False
    table, key, on = (e.left, e.left_on, e.right_on) if e.unique_left else (e.right, e.right_on, e.left_on)
    pointing = f.right if f.left == table else f.left
    if (f.left_on if f.left == table else f.right_on) != key or (pointing, on) in known or name_words(on)[-1] != "id":
        return False
    profile = catalog.dataset(table).profiles.get(key)
    if profile is None or not isinstance(profile.minimum, int) or not isinstance(profile.maximum, int):
        return profile is not None and profile.minimum is None
    return profile.maximum - profile.minimum >= SPARSE * profile.distinct  # small numbers lie among others by chance


def _two_keys(e: Edge) -> bool:
    """Say whether both columns are the keys of their own tables: that their numbers agree means nothing."""

    def own(table: str, column: str) -> bool:
        words = [w for w in name_words(column) if w not in {"id", "key", "code", "no", "number"}]
        return all(any(part.startswith(w) for part in name_words(table)) for w in words)

    return e.unique_left and e.unique_right and own(e.left, e.left_on) and own(e.right, e.right_on)


def path(catalog: Catalog, tables: tuple[str, ...]) -> list[Edge] | None:
    """Give the joins that connect the tables, beginning at the first; other tables lie between where needed. None where nothing does."""
    edges = edges_of(catalog)
    have, chosen = [tables[0]], []
    for target in tables[1:]:
        if target in have:
            continue
        route = _route(edges, have, target)
        if route is None:
            return None
        for edge in route:
            chosen.append(edge)
            have += [t for t in (edge.left, edge.right) if t not in have]
    return chosen


def _route(edges: list[Edge], have: list[str], target: str) -> list[Edge] | None:
    reached: dict[str, list[Edge]] = {t: [] for t in have}
    queue = list(have)
    while queue:
        at = queue.pop(0)
        if at == target:
            return reached[at]
        for e in edges:
            if at in {e.left, e.right}:
                other = e.right if at == e.left else e.left
                if other not in reached:
                    reached[other] = [*reached[at], e]
                    queue.append(other)
    return None


def rivals(catalog: Catalog, edge: Edge) -> list[Edge]:
    """Give the other keys between the same tables that are nearly as good: roles."""
    pair = {edge.left, edge.right}
    return [e for e in edges_of(catalog) if e != edge and {e.left, e.right} == pair and e.score >= edge.score - 0.1]


def scopes(items: tuple[Item, ...], catalog: Catalog) -> list[tuple[str, ...]]:
    """Give the sets of tables in which the words may be read, best first."""
    names = catalog.names
    if len(names) == 1:
        return [names]
    linked = [it for it in items if it.linked and (it.cue is None or it.columns)]
    spoken: dict[str, float] = dict.fromkeys(names, 0.0)
    for it in linked:
        for t, s in it.tables:
            spoken[t] += 2 * s
        for r, s in it.columns:
            spoken[r.table] += s
        for r, _, s in it.values:
            spoken[r.table] += s
    hinted = [tables for it in items if (tables := _hinted(it, catalog))]
    for tables in hinted:
        for t in tables:
            spoken[t] += 0.3
    likely = sorted((n for n in names if spoken[n]), key=lambda n: -spoken[n])[:MOST]
    if not likely:
        return []
    sets = any(set(it.lows) & {"both", "neither", "either", "but"} for it in items)
    found = []
    for size in range(1, min(WIDE, len(likely)) + 1):
        for chosen in itertools.combinations(likely, size):
            if size > 1 and path(catalog, chosen) is None and not (sets and size == 2):
                continue
            hints = sum(0.9 for tables in hinted if tables & set(chosen))
            found.append((_fit(linked, set(chosen)) + hints - 0.35 * (size - 1), tuple(n for n in names if n in chosen)))
    found.sort(key=lambda f: (-f[0], len(f[1])))
    return [tables for _, tables in found[:MOST]]


def _hinted(it: Item, catalog: Catalog) -> set[str]:
    """Find the tables that have a column of which an adjective ("tallest", "older than", "how old") speaks."""
    if it.cue is not None and it.cue[0] == "unit" and all(s < PART for _, s in it.columns):
        return {d.name for d in catalog.datasets for c in d.schema if c.kind.temporal or c.role is Role.DATE}
    _, words = ADJECTIVES.get(it.low) or COMPARATIVES.get(it.low) or ("", WH_HINTS.get(f"how {it.low}", ""))
    return {d.name for d in catalog.datasets for c in d.schema if set(words.split()) & set(name_words(c.name))}


def _fit(items: list[Item], tables: set[str]) -> float:
    total = 0.0
    for it in items:
        options = [1.1 * s for t, s in it.tables if t in tables] + [s for r, s in it.columns if r.table in tables]
        options += [s for r, _, s in it.values if r.table in tables]
        total += max(options, default=-1.5 if it.cue is None else 0)
    return total
