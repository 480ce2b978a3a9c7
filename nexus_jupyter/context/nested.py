"""Lists of records within the records of a JSON file: each becomes a table of its own, with the columns of the record around it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from nexus_jupyter.context.dataset import Catalog, Dataset
from nexus_jupyter.context.frames import describe_frame
from nexus_jupyter.context.naming import identifier_from, singular, words_of
from nexus_jupyter.context.readers import load
from nexus_jupyter.context.schema import Kind
from nexus_jupyter.errors import DataError

__all__ = ["children_of", "rows_called", "spoken"]

MOST_CHILDREN = 6
MOST_KEPT = 8
_KNOWN: dict[tuple[str, str], list[tuple[Dataset, Any]]] = {}
_KEPT = 32


def rows_called(reader: dict[str, Any] | None, columns: Collection[str]) -> tuple[str, ...]:
    """Give what a JSON file calls its rows: the key that they lie under, and plurals that several columns were spread from."""
    if not reader or reader["function"] != "read_json":
        return ()
    prefixes = [c.partition(".")[0] for c in columns if "." in c]
    plural = [p for p in dict.fromkeys(prefixes) if prefixes.count(p) > 1 and singular(p) != p and len(words_of(p)) == 1]
    return tuple(dict.fromkeys([*reader.get("within", [])[-1:], *plural]))


def children_of(dataset: Dataset, frame: Any, taken: Collection[str]) -> list[tuple[Dataset, Any]]:
    """Make a table of each column whose every cell is a list of records.

    Parameters
    ----------
    dataset
        A dataset of a JSON file; others have no children.
    frame
        Its pandas frame.
    taken
        Names that datasets have already.
    """
    reader = dataset.reader
    if not reader or reader["function"] != "read_json" or "records" in reader:
        return []
    key = (dataset.name, dataset.fingerprint)
    if key not in _KNOWN:
        while len(_KNOWN) >= _KEPT:
            _KNOWN.pop(next(iter(_KNOWN)))
        _KNOWN[key] = [found for c in dataset.schema if c.kind is Kind.NESTED and (found := _child(dataset, frame, c.name, taken))][
            :MOST_CHILDREN
        ]
    return _KNOWN[key]


def _child(dataset: Dataset, frame: Any, column: str, taken: Collection[str]) -> tuple[Dataset, Any] | None:
    cells = list(frame[column])
    if "." in column or not any(cells) or not all(isinstance(c, list) and all(isinstance(x, dict) for x in c) for c in cells):
        return None
    assert dataset.reader is not None
    around = [c.name for c in dataset.schema if "." not in c.name and c.kind not in {Kind.NESTED, Kind.OTHER}][:MOST_KEPT]
    thing = "_".join(singular(w) for w in words_of((dataset.called or (dataset.name,))[0]))
    reader = {**dataset.reader, "records": column, "around": around, "prefix": f"{thing}_"}
    try:
        table = load(reader)
    except (DataError, KeyError, TypeError, ValueError, OSError):
        return None
    name = identifier_from(f"{dataset.name}_{column}", taken)
    child = describe_frame(name, table)
    return replace(child, flavor="file", reader=reader, called=(column,), parent=dataset.name), table


def spoken(catalog: Catalog, text: str) -> Catalog:
    """Leave out the tables within tables of which a question has no word of their own."""
    if not any(d.parent for d in catalog.datasets):
        return catalog
    stems = {singular(w.casefold()) for w in re.findall(r"[^\W_]+", text)}
    kept = []
    for d in catalog.datasets:
        if d.parent:
            outer = {singular(w) for c in catalog.dataset(d.parent).schema if c.kind is not Kind.NESTED for w in words_of(c.name)}
            prefix = str((d.reader or {}).get("prefix", " "))
            own = {singular(w) for c in d.schema if not c.name.startswith(prefix) for w in words_of(c.name)} | {
                singular(w) for w in words_of(d.called[0])
            }
            if not (own - outer) & stems:
                continue
        kept.append(d)
    names = {d.name for d in kept}
    return Catalog(datasets=tuple(kept), edges=tuple(e for e in catalog.edges if e.left in names and e.right in names))
