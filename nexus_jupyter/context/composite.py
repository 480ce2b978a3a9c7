"""Keys of several columns: the columns that two tables share by name, together, where no single one is a key.

`flights` and `weather` share `origin` and `time_hour`; neither is a key, both together are. Looked for only where no single
column's name speaks for a join, because one column is the simpler story.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from nexus_jupyter.context.dataset import Dataset, Edge
from nexus_jupyter.context.naming import is_contact, singular, words_of
from nexus_jupyter.context.schema import Kind, Role

__all__ = ["find_composite"]

CONTAINED = 0.9
NEARLY_UNIQUE = 0.999
MOST_SHARED = 8
MOST_COLUMNS = 5
MOST_ROWS = 2_000_000
MOST_TUPLES = 50_000
_GENERIC = frozenset("id no number name code key type title value status index description count amount total price comment note".split())
_NO_KEYS = frozenset([Kind.FLOAT, Kind.BOOLEAN, Kind.NESTED, Kind.OTHER, Kind.DURATION])


def find_composite(left: Dataset, right: Dataset, frames: Sequence[object]) -> Edge | None:
    """Find the fewest columns of equal names that together identify the rows of one of two tables.

    Parameters
    ----------
    left, right
        The described datasets.
    frames
        Their frames, in this order.

    Returns
    -------
    Edge or None
        At most one row in a thousand of the one side repeats the key, and nine in ten of the other side's keys are found there; the first pair of
        columns is the edge's own, the others are in `also`. None where there is no such key, or the tables are too large to look.
    """
    shared = _shared(left, right)
    rows = [d.rows or 0 for d in (left, right)]
    if len(shared) < 2 or min(rows) < 2 or max(rows) > MOST_ROWS:
        return None
    tables = [_table(f, [pair[at] for pair in shared]) for at, f in enumerate(frames)]
    if tables[0] is None or tables[1] is None:
        return None
    ones = sorted((0, 1), key=lambda at: rows[at])
    for size in range(2, min(MOST_COLUMNS, len(shared)) + 1):
        for chosen in sorted(combinations(range(len(shared)), size), key=lambda c: -_width(right if ones[0] else left, shared, c, ones[0])):
            for one in ones:
                dataset = (left, right)[one]
                if _width(dataset, shared, chosen, one) < NEARLY_UNIQUE * rows[one]:
                    continue
                edge = _measured((left, right), tables, [shared[i] for i in chosen], [str(i) for i in chosen], one)
                if edge is not None:
                    return edge
    return None


def _shared(left: Dataset, right: Dataset) -> list[tuple[str, str]]:
    """Pair the columns whose names are the same words and whose values can be equal."""
    by_words = {tuple(singular(w) for w in words_of(c.name)): c for c in right.schema}
    found = []
    for mine in left.schema:
        words = tuple(singular(w) for w in words_of(mine.name))
        other = by_words.get(words)
        if other is None or not words or set(words) <= _GENERIC or is_contact(mine.name):
            continue
        if {mine.kind, other.kind} & _NO_KEYS or mine.kind is not other.kind or Role.TEXT in {mine.role, other.role}:
            continue
        found.append((mine.name, other.name))
    return found[:MOST_SHARED]


def _width(dataset: Dataset, shared: list[tuple[str, str]], chosen: tuple[int, ...], at: int) -> float:
    """Give the greatest number of different keys that these columns could have."""
    product = 1.0
    for i in chosen:
        product *= dataset.profiles[shared[i][at]].distinct or 1
    return product


def _table(frame: object, names: list[str]) -> Any:
    import pyarrow as pa

    from nexus_jupyter.context.frames import column_of

    arrays = [column_of(frame, name) for name in names]
    if any(isinstance(a, list) for a in arrays):
        return None
    plain = [a.cast(a.type.value_type) if pa.types.is_dictionary(a.type) else a for a in arrays]
    return pa.table({str(i): a for i, a in enumerate(plain)})


def _measured(
    datasets: tuple[Dataset, Dataset], tables: list[Any], pairs: list[tuple[str, str]], names: list[str], one: int
) -> Edge | None:
    """Count how often the key repeats on the one side, and how many keys of the other side it has."""
    keys = tables[one].select(names).drop_null().group_by(names).aggregate([([], "count_all")])
    whole = tables[one].num_rows
    if keys.num_rows < NEARLY_UNIQUE * whole:
        return None
    others = tables[1 - one].select(names).drop_null().group_by(names).aggregate([])
    if others.num_rows == 0:
        return None
    others = others.slice(0, MOST_TUPLES)
    mine = keys.select(names)
    if mine.schema != others.schema:
        others = others.cast(mine.schema)
    found: int = others.join(mine, keys=names, join_type="left semi").num_rows
    share = found / others.num_rows
    if share < CONTAINED:
        return None
    repeats = whole - keys.num_rows
    left, right = datasets
    told = " and ".join(f"`{a}`" for a, _ in pairs)
    reason = f"Together, {told} identify the rows of `{datasets[one].name}`"
    reason += f" but for {repeats:,} that repeat a key." if repeats else "."
    return Edge(
        left=left.name,
        right=right.name,
        left_on=pairs[0][0],
        right_on=pairs[0][1],
        also=tuple(pairs[1:]),
        score=round(0.7 * share, 4),
        unique_left=one == 0 and not repeats,
        unique_right=one == 1 and not repeats,
        containment=round(share, 4),
        reason=f"{reason} {share:.0%} of the keys of `{datasets[1 - one].name}` are found there.",
    )
