"""A dataset: everything the stages may know about one table, without its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nexus_jupyter.context.schema import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a bounded look at one column showed.

    Attributes
    ----------
    nulls
        Missing cells among the rows that were looked at.
    distinct
        Different values seen; a lower bound where `exact` is false.
    values
        Different values, most frequent first, as Python values; at most a few thousand, for text and small sets.
    complete
        True when `values` holds every value of the column.
    minimum, maximum
        Of numbers and dates, else None.
    unique
        True when no value repeats (missing cells aside).
    exact
        False when only a sample was looked at.
    date_format
        The strptime format of text that is a date, or None; "mixed" where several formats occur.
    number_format
        How text that is a number is written, e.g. "1,234.5", "$1,234", "12%", or None.
    zone
        The time zone of times that have one, or ""; `values`, `minimum` and `maximum` are those of its clocks.
    """

    nulls: int = 0
    distinct: int = 0
    values: tuple[Any, ...] = ()
    complete: bool = False
    minimum: Any = None
    maximum: Any = None
    unique: bool = False
    exact: bool = True
    date_format: str | None = None
    number_format: str | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """One table that a question may mean.

    Attributes
    ----------
    name
        The Python name under which generated code finds it: the user's variable, or one made from the file's name.
    schema
        Columns with kinds and roles. A text column that holds dates has kind STRING and role DATE.
    profiles
        By column name.
    rows
        Number of rows, or None where counting would be costly (lazy frames).
    flavor
        "pandas", "polars", "polars-lazy", "pyarrow" or "file".
    fingerprint
        Changes when the data changes; names and types are part of it.
    reader
        For a file: the parts of the line by which it is read: `{"path", "function", "options"}` means
        `getattr(pd, function)(path, **options)`; `context.readers.expression` writes it. JSON only. None for a frame in memory.
    notes
        Sentences about what was found and mended while looking: a skipped encoding error, duplicate names, and so on.
    called
        What the data itself calls the rows: the key under which they lie in a JSON file.
    parent
        The dataset from whose rows this one was taken out, or "".
    """

    name: str
    schema: Schema
    profiles: dict[str, Profile] = field(default_factory=dict, hash=False)
    rows: int | None = None
    flavor: str = "pandas"
    fingerprint: str = ""
    reader: dict[str, Any] | None = field(default=None, hash=False)
    notes: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Columns by which two datasets join, and why that is believed.

    `score` is between 0 and 1; `named` is False where only the values speak for it. `unique_left` and `unique_right` say on
    which side a key does not repeat; `containment` is the share of the many side's values found on the other side. `also` holds the
    further pairs of columns of a key that has several.
    """

    left: str
    right: str
    left_on: str
    right_on: str
    score: float
    named: bool = True
    unique_left: bool = False
    unique_right: bool = False
    containment: float = 1.0
    reason: str = ""
    also: tuple[tuple[str, str], ...] = ()

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair of key columns, left and right."""
        return ((self.left_on, self.right_on), *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """The datasets of one question and how they join. Holds no rows: `frames` live with the session."""

    datasets: tuple[Dataset, ...] = ()
    edges: tuple[Edge, ...] = ()

    def dataset(self, name: str) -> Dataset:
        """Give the dataset of this name, or raise `DatasetNotFound` with the nearest names."""
        from nexus_jupyter.errors import DatasetNotFound

        for dataset in self.datasets:
            if dataset.name == name:
                return dataset
        raise DatasetNotFound.among(name, [d.name for d in self.datasets])

    @property
    def names(self) -> tuple[str, ...]:
        """The datasets' names, in order."""
        return tuple(d.name for d in self.datasets)
