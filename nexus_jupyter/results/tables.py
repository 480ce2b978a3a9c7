"""Tables: reading frames of either dialect without caring which one it is."""

from __future__ import annotations

from typing import Any

from nexus_jupyter.results.result import jsonable


def is_polars(frame: Any) -> bool:
    """Say whether the frame is one of polars."""
    return type(frame).__module__.split(".", 1)[0] == "polars"


def names(frame: Any) -> list[str]:
    """Give the columns' names."""
    return [str(c) for c in frame.columns]


def column_values(frame: Any, name: str, limit: int | None = None) -> list[Any]:
    """Give the cells of a column, at most `limit`."""
    column = frame[name] if limit is None else frame[name].head(limit)
    return list(column.to_list())


def records(frame: Any, limit: int | None = None) -> list[dict[str, Any]]:
    """Give the rows as JSON objects, at most `limit` of them; the index of pandas is left out."""
    shown = frame if limit is None else frame.head(limit)
    columns = {n: [jsonable(v) for v in column_values(shown, c)] for n, c in zip(names(shown), shown.columns, strict=True)}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def rows(frame: Any, limit: int) -> list[list[Any]]:
    """Give the first rows as lists of JSON values."""
    return [list(r.values()) for r in records(frame, limit)]
