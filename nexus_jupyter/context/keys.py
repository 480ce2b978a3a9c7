"""Columns as candidates for keys: distinct values, whether they repeat, and how much of one lies within another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nexus_jupyter.context.dataset import Dataset
from nexus_jupyter.context.schema import Kind, Role

__all__ = ["Key", "keys_of"]

MOST_VALUES = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Key:
    """One column's distinct values.

    Attributes
    ----------
    column
        The name.
    family
        "number", "text" or "date": values of different families are never equal.
    distinct
        How many different values.
    unique
        True where none repeats.
    maximum
        The greatest number, or None.
    values
        Arrow array of the distinct values.
    """

    column: str
    family: str
    distinct: int
    unique: bool
    maximum: float | None
    values: Any

    def within(self, other: Key) -> float:
        """Give the share of this key's values that `other` has; of 200,000 spread evenly where there are more."""
        import pyarrow as pa
        import pyarrow.compute as pc

        if not self.distinct or not other.distinct:
            return 0.0
        if self.distinct == 1 and self.family == "number" and other.distinct < 2:
            return 0.0
        mine = self.values
        if len(mine) > MOST_VALUES:
            mine = mine.take(pa.array(range(0, len(mine), -(-len(mine) // MOST_VALUES))))
        return float(pc.mean(pc.is_in(mine, value_set=other.values)).as_py())


def keys_of(dataset: Dataset, frame: object) -> list[Key]:
    """Give the columns of a dataset that could be keys: whole numbers, short text and dates."""
    found = []
    for column in dataset.schema:
        profile = dataset.profiles[column.name]
        if column.role in {Role.TEXT, Role.BOOLEAN} or column.kind in {
            Kind.BOOLEAN,
            Kind.NESTED,
            Kind.OTHER,
            Kind.DURATION,
            Kind.TIME,
            Kind.DATETIME,
        }:
            continue
        if column.role is Role.MEASURE and not (column.kind is Kind.INTEGER or _whole(profile.minimum, profile.maximum)):
            continue
        key = _key(column.name, frame)
        if key is not None:
            found.append(key)
    return found


def _whole(low: Any, high: Any) -> bool:
    return low is None or (isinstance(low, float) and low.is_integer() and high.is_integer())


def _key(name: str, frame: object) -> Key | None:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.types as t

    from nexus_jupyter.context.frames import column_of

    array = column_of(frame, name)
    if isinstance(array, list):
        return None
    if t.is_dictionary(array.type):
        array = array.cast(array.type.value_type)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    array = array.drop_null()
    kind = array.type
    if t.is_string(kind) or t.is_large_string(kind) or t.is_string_view(kind) or t.is_null(kind):
        array, family = array.cast(pa.large_string()), "text"
    elif t.is_integer(kind) or t.is_floating(kind):
        if t.is_floating(kind):
            array = array.filter(pc.is_finite(array))
            if not pc.all(pc.equal(array, pc.floor(array))).as_py() and len(array):
                return None
        array, family = array.cast(pa.float64(), safe=False), "number"
    elif t.is_date(kind):
        array, family = array.cast(pa.date32()), "date"
    else:
        return None
    values = pc.unique(array)
    top = pc.max(values).as_py() if family == "number" and len(values) else None
    return Key(
        column=name,
        family=family,
        distinct=len(values),
        unique=len(values) == len(array) and len(array) > 0,
        maximum=top,
        values=values,
    )
