"""What could be asked of some data: questions made from the roles of its columns."""

from __future__ import annotations

from nexus_jupyter.context.dataset import Catalog, Dataset, Profile
from nexus_jupyter.context.schema import Column, Kind, Role
from nexus_jupyter.language.lexicon import UNSUMMABLE
from nexus_jupyter.language.tokens import name_words

MOST = 6
FEW = 50
"""A column with more values than this makes too many groups for an example."""


def suggestions(catalog: Catalog, tables: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Write some questions that the data can answer, different ones first.

    Parameters
    ----------
    catalog
        The data.
    tables
        The datasets to ask of; all when empty.
    """
    found: list[str] = []
    for dataset in catalog.datasets:
        if not tables or dataset.name in tables:
            found += _of(dataset)
    return tuple(dict.fromkeys(found))[:MOST]


def _of(dataset: Dataset) -> list[str]:
    measures = [c for c in dataset.schema if c.kind.numeric and c.role is Role.MEASURE]
    groups = [c for c in dataset.schema if c.role in {Role.CATEGORY, Role.GEOGRAPHY, Role.BOOLEAN} and _few(dataset, c)]
    dates = [c for c in dataset.schema if c.role is Role.DATE and (c.kind.temporal or _profile(dataset, c).date_format)]
    found = [f"How many {dataset.name.replace('_', ' ')} are there?"]
    for m in measures[:2]:
        how = "average" if m.unit or set(name_words(m.name)) & UNSUMMABLE else "total"
        found += [f"{how} {_said(m)} by {_said(g)}" for g in groups[:1]]
        found += [f"{how} {_said(m)} per month" for _ in dates[:1]]
    found += [f"Which {_said(groups[0])} has the highest {_said(measures[0])}?"] if groups and measures else []
    found += [f"correlation between {_said(measures[0])} and {_said(measures[1])}"] if len(measures) > 1 else []
    return [*found, f"missing values in {dataset.name}"]


def _said(c: Column) -> str:
    return c.name


def _profile(dataset: Dataset, c: Column) -> Profile:
    return dataset.profiles.get(c.name, Profile())


def _few(dataset: Dataset, c: Column) -> bool:
    return c.kind in {Kind.STRING, Kind.BOOLEAN, Kind.INTEGER} and 1 < _profile(dataset, c).distinct <= FEW
