"""The catalog of one question: which frames and files there are, which of them are meant, how they join."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from nexus_jupyter.context.dataset import Catalog, Dataset
from nexus_jupyter.context.files import describe_file, is_table_file, stem_of
from nexus_jupyter.context.frames import describe_frame
from nexus_jupyter.context.guard import flavor_of
from nexus_jupyter.context.joins import find_edges
from nexus_jupyter.context.naming import identifier_from, singular, words_of
from nexus_jupyter.context.nested import children_of, spoken
from nexus_jupyter.context.schema import Role, Schema

__all__ = ["build_catalog", "files_in", "namespace_frames", "select", "spoken"]

_QUOTED = re.compile(r"[\"'`“”‘’«»]([^\"'`“”‘’«»\n]{3,300})[\"'`“”‘’«»]")  # noqa: RUF001
_WORD = re.compile(r"[A-Za-z]+|\d+")
_SMALL_WORDS = frozenset(
    (
        "the a an of in on for to and or by with from per is are was were how many much what which show list give each all top no not data "
        "table"
    ).split()
)


_FUNCTIONS = frozenset("sum mean median min max std var count different first last mode quantile range skew kurtosis share".split())


def build_catalog(named: Mapping[str, object]) -> tuple[Catalog, dict[str, Any]]:
    """Describe frames and files, and find how they join.

    Parameters
    ----------
    named
        Frames, or paths of files, by name. A name that is no Python name is made one.

    Returns
    -------
    tuple
        The catalog, and the frames by dataset name (pandas frames for files).
    """
    datasets: list[Dataset] = []
    frames: dict[str, Any] = {}
    for name, value in named.items():
        known = identifier_from(stem_of(name) if is_table_file(name) else name, frames)
        if isinstance(value, (str, os.PathLike)):
            dataset, frame = describe_file(value, known)
        else:
            dataset, frame = describe_frame(known, value), value
        datasets.append(dataset)
        frames[known] = frame
        for child, inner in children_of(dataset, frame, frames):
            datasets.append(child)
            frames[child.name] = inner
    edges = find_edges(datasets, frames) if len(datasets) > 1 else ()
    keys = {(e.left, e.left_on) for e in edges if e.named} | {(e.right, e.right_on) for e in edges if e.named}
    return Catalog(datasets=tuple(_keyed(d, keys) for d in datasets), edges=edges), frames


def _keyed(dataset: Dataset, keys: set[tuple[str, str]]) -> Dataset:
    """Make numbers that point to another table identifiers: `maker` in `models` is no quantity."""
    if not any((dataset.name, c.name) in keys and c.role is Role.MEASURE for c in dataset.schema):
        return dataset
    columns = tuple(
        replace(c, role=Role.IDENTIFIER, unit=None) if (dataset.name, c.name) in keys and c.role is Role.MEASURE else c
        for c in dataset.schema
    )
    return replace(dataset, schema=Schema(columns))


def select(catalog: Catalog, question_text: str, named: Sequence[str] = ()) -> Catalog:
    """Give the part of a catalog that a question means.

    Datasets that the question names are meant, those in `named` always; else those whose columns or values its words name best;
    else all.
    """
    catalog = _without_answers(spoken(catalog, question_text), question_text, named)
    if len(catalog.datasets) < 2:
        return catalog
    words = [w.casefold() for w in _WORD.findall(question_text)]
    stems = {singular(w) for w in words}
    meant = {n for n in named if n in catalog.names}
    meant |= {d.name for d in catalog.datasets if _is_named(d.name, question_text, stems, _column_words(catalog, d.name))}
    wanted = stems - _SMALL_WORDS - {singular(w) for n in meant for w in words_of(n)}
    fits = {d.name: _fit(d, wanted, question_text) for d in catalog.datasets}
    if meant:
        covered: set[str] = set().union(*(fits[n] for n in meant))
        joined = {e.right if e.left in meant else e.left for e in catalog.edges if e.named and (e.left in meant) != (e.right in meant)}
        meant |= {n for n in joined if fits[n] - covered}
    else:
        most = max(len(f) for f in fits.values())
        meant = {n for n, f in fits.items() if len(f) == most and most > 0} or set(catalog.names)
        covered = set().union(*(fits[n] for n in meant))
        meant |= {n for n, f in fits.items() if f - covered}
    datasets = tuple(d for d in catalog.datasets if d.name in meant)
    return Catalog(datasets=datasets, edges=tuple(e for e in catalog.edges if e.left in meant and e.right in meant))


def _without_answers(catalog: Catalog, text: str, named: Sequence[str]) -> Catalog:
    """Leave out tables that were computed from others, such as `by_carrier`, unless the text names one or a column that only it has."""
    low = text.casefold()
    kept = []
    for d in catalog.datasets:
        others = [o for o in catalog.datasets if o is not d]
        own = {c.name for c in d.schema} - {c.name for o in others for c in o.schema}
        asked = d.name in named or any(re.search(rf"(?<!\w){re.escape(n.casefold())}(?!\w)", low) for n in (d.name, *own))
        if asked or not any(_computed(d, o) for o in others):
            kept.append(d)
    names = {d.name for d in kept}
    return Catalog(datasets=tuple(kept), edges=tuple(e for e in catalog.edges if e.left in names and e.right in names))


def _computed(dataset: Dataset, other: Dataset) -> bool:
    """Say whether a dataset has the columns that an aggregation of the other one gives: its keys, `mean_X` of its X, `count`."""
    names = {c.name for c in other.schema}
    made = [c.name for c in dataset.schema if c.name not in names]
    functions = [n for n in made if n in {"count", "share"} or (n.partition("_")[0] in _FUNCTIONS and n.partition("_")[2] in names)]
    return bool(made) and len(made) == len(functions) and len(made) < len(dataset.schema)


def _column_words(catalog: Catalog, name: str) -> set[str]:
    """Give the words of the columns of all datasets but this one."""
    return {singular(w) for d in catalog.datasets if d.name != name for c in d.schema for w in words_of(c.name)}


def _is_named(name: str, text: str, stems: set[str], columns: set[str]) -> bool:
    """Say whether a text names a dataset; the words of `by_carrier` do not, where another dataset has a column `carrier`."""
    if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, flags=re.IGNORECASE):
        return True
    words = {singular(w) for w in words_of(name)} - {"df", "data", "table", "frame"}
    several = len(words) > 1 and words - _SMALL_WORDS <= columns
    return bool(words) and words <= stems and not several


def _fit(dataset: Dataset, wanted: set[str], text: str) -> set[str]:
    """Give the words of the question that columns or values of the dataset explain."""
    found: set[str] = set()
    low = text.casefold()
    for column in dataset.schema:
        found |= {singular(w) for w in words_of(column.name)} & wanted
        for value in dataset.profiles[column.name].values[:2000]:
            if (
                isinstance(value, str)
                and 2 < len(value) < 60
                and value.casefold() in low
                and re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE)
            ):
                found |= {singular(w) for w in map(str.casefold, _WORD.findall(value))} & wanted
    return found


def namespace_frames(namespace: Mapping[str, object]) -> dict[str, Any]:
    """Find the frames in a user's namespace, in its order; names that begin with `_` are left out. Imports nothing."""
    return {name: value for name, value in list(namespace.items()) if not name.startswith("_") and flavor_of(value) is not None}


def files_in(text: str, folder: str | os.PathLike[str] = ".") -> tuple[str, ...]:
    """Find the files that a text names, quoted or bare, in the order of the text.

    Parameters
    ----------
    text
        The question. A path counts when it ends like a table file; whether the file exists is not asked, so that a missing one can be said.
    folder
        Where bare stems are looked up: `flights` finds nothing, `flights.csv` does.
    """
    spans = [(m.start(1), m.group(1)) for m in _QUOTED.finditer(text)]
    spans += [(m.start(), m.group().rstrip(".,;:!?)")) for m in re.finditer(r"[^\s\"'`“”‘’«»(]+\.[A-Za-z]\S*", text)]  # noqa: RUF001
    found: list[str] = []
    for _, span in sorted(spans):
        path = span.strip()
        if not is_table_file(path) or path in found:
            continue
        if any(path != other and path in other for other in found) and not (Path(folder) / path).is_file():
            continue
        found.append(path)
    return tuple(found)
