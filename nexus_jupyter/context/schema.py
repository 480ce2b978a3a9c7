"""Columns and schemas: names, kinds of value, and the role a column plays in a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from nexus_jupyter.errors import ColumnNotFound


class Kind(StrEnum):
    """What a cell of the column holds, whatever library holds the column."""

    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    STRING = "string"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    DURATION = "duration"
    NESTED = "nested"
    OTHER = "other"

    @property
    def numeric(self) -> bool:
        """True where sums and means make sense to a computer."""
        return self in {Kind.INTEGER, Kind.FLOAT}

    @property
    def temporal(self) -> bool:
        """True where a cell is a point in time."""
        return self in {Kind.DATE, Kind.DATETIME}


class Role(StrEnum):
    """What the column is for, as a person would say it."""

    MEASURE = "measure"
    CATEGORY = "category"
    DATE = "date"
    IDENTIFIER = "identifier"
    BOOLEAN = "boolean"
    GEOGRAPHY = "geography"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its exact name in the data, its kind and role, and its unit where the name says one."""

    name: str
    kind: Kind
    role: Role
    unit: str | None = None
    nullable: bool = True

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "name": self.name,
            "kind": str(self.kind),
            "role": str(self.role),
            "unit": self.unit,
            "nullable": self.nullable,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Column:
        """Read the JSON form."""
        return cls(
            name=data["name"],
            kind=Kind(data["kind"]),
            role=Role(data["role"]),
            unit=data.get("unit"),
            nullable=bool(data.get("nullable", True)),
        )


@dataclass(frozen=True, slots=True)
class Schema:
    """An ordered set of columns with unique names."""

    columns: tuple[Column, ...]
    _index: dict[str, Column] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        """Index the columns by name."""
        object.__setattr__(self, "_index", {c.name: c for c in self.columns})

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(c.name for c in self.columns)

    def __contains__(self, name: object) -> bool:
        """Say whether a column has this exact name."""
        return name in self._index

    def __iter__(self) -> Iterator[Column]:
        """Walk the columns in order."""
        return iter(self.columns)

    def __len__(self) -> int:
        """Count the columns."""
        return len(self.columns)

    def column(self, name: str, *, where: str = "") -> Column:
        """Give the column of this name, or raise `ColumnNotFound` with the nearest names."""
        try:
            return self._index[name]
        except KeyError:
            raise ColumnNotFound.among(name, self.names, where=where) from None

    def only(self, names: Iterable[str]) -> Schema:
        """Give the schema of these columns, in the order given."""
        return Schema(tuple(self.column(n) for n in names))

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {"columns": [c.to_dict() for c in self.columns]}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Schema:
        """Read the JSON form."""
        return cls(tuple(Column.from_dict(c) for c in data["columns"]))
