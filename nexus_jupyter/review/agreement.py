"""Agreement: whether two engines gave the same result."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any

from nexus_jupyter.review.finding import Finding

TOLERANCE = 1e-9
CLOSE_TO_ZERO = 1e-9
AXES = ("x", "y", "z", "labels", "values", "lowerfence", "q1", "median", "q3", "upperfence")
"""What of a trace is data."""
ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d|$)")


def compare(first: Any, second: Any, *, ordered: bool = False, ignore: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Compare two results, tables or single values; the order of rows counts only when `ordered`.

    Parameters
    ----------
    first, second
        Frames of pandas, polars or pyarrow, or single values.
    ordered
        Whether rows have to come in the same order.
    ignore
        Columns that are left out.
    """
    a, b = _columns(first), _columns(second)
    if (a is None) != (b is None):
        return _differ("One engine gave a table and the other a single value.")
    if a is None or b is None:
        return () if same(first, second) else _differ(f"One engine gave {_plain(first)} and the other {_plain(second)}.")
    names = [n for n in a if n not in ignore]
    if names != [n for n in b if n not in ignore]:
        return _differ(f"The columns differ: {', '.join(a)} and {', '.join(b)}.")
    rows, others = _rows(a, names), _rows(b, names)
    if len(rows) != len(others):
        return _differ(f"One engine gave {len(rows):,} rows and the other {len(others):,}.")
    if not ordered:
        rows, others = sorted(rows, key=_key), sorted(others, key=_key)
    for number, (row, other) in enumerate(zip(rows, others, strict=True)):
        for name, x, y in zip(names, row, other, strict=True):
            if not same(x, y):
                return _differ(f"`{name}` differs in row {number + 1}: {_plain(x)} and {_plain(y)}.")
    return ()


def compare_figures(first: Any, second: Any) -> tuple[Finding, ...]:
    """Compare what two Plotly figures draw: kinds, names and points of their traces, in the order in which they are drawn."""
    drawn, other = _traces(first), _traces(second)
    heads, others = ([(t["type"], t["name"]) for t in traces] for traces in (drawn, other))
    if heads != others:
        return _differ(f"The charts draw {_named(heads)} and {_named(others)}.")
    for one, two in zip(drawn, other, strict=True):
        for axis in AXES:
            if not _alike(one[axis], two[axis]):
                where = f" of “{one['name']}”" if one["name"] else ""
                return _differ(f"The charts differ in `{axis}`{where}: {_first_difference(one[axis], two[axis])}.")
    return ()


def _traces(figure: Any) -> list[dict[str, Any]]:
    return [{"type": t.type, "name": t.name or "", **{a: _points(t[a]) if a in t else None for a in AXES}} for t in figure.data]


def _points(values: Any) -> list[Any] | None:
    if values is None:
        return None
    return [_points(v) if isinstance(v, (list, tuple)) else _moment(v) for v in (values.tolist() if hasattr(values, "tolist") else values)]


def _moment(value: Any) -> Any:
    """Read a date as a chart holds it, in ISO form, so that midnight may be written or not."""
    if isinstance(value, str) and ISO.match(value):
        try:
            return dt.datetime.fromisoformat(value).replace(tzinfo=None)
        except ValueError:
            return value
    return value


def _alike(one: Any, two: Any) -> bool:
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(_alike(x, y) for x, y in zip(one, two, strict=True))
    return same(one, two)


def _first_difference(one: Any, two: Any) -> str:
    if not isinstance(one, list) or not isinstance(two, list):
        return f"{one} and {two}"
    if len(one) != len(two):
        return f"{len(one)} points and {len(two)}"
    at = next(i for i, (x, y) in enumerate(zip(one, two, strict=True)) if not _alike(x, y))
    return f"{one[at]} and {two[at]} at point {at + 1}"


def _named(heads: list[tuple[str, str]]) -> str:
    return ", ".join(f"{kind} {name}".strip() for kind, name in heads[:5]) or "nothing"


def _differ(message: str) -> tuple[Finding, ...]:
    return (Finding(rule="agreement", severity="error", line=1, message=message, hint="Look at the code before you rely on the answer."),)


def _columns(value: Any) -> dict[str, list[Any]] | None:
    if hasattr(value, "collect"):
        value = value.collect()
    if hasattr(value, "to_pydict"):
        return {str(k): v for k, v in value.to_pydict().items()}
    if hasattr(value, "iter_rows"):
        return {c: value[c].to_list() for c in value.columns}
    if hasattr(value, "itertuples"):
        return {str(c): value.iloc[:, i].tolist() for i, c in enumerate(value.columns)}
    return None


def _rows(columns: dict[str, list[Any]], names: list[str]) -> list[tuple[Any, ...]]:
    return list(zip(*(map(_plain, columns[n]) for n in names), strict=True)) if names else []


def _plain(value: Any) -> Any:
    """Give a cell as a plain Python value; every kind of missing is None, dates are times at midnight."""
    if value is None or str(value) in {"NaT", "<NA>"}:
        return None
    if hasattr(value, "item") and not isinstance(value, (list, dict)):
        value = value.item()
    if isinstance(value, float) and math.isnan(value):
        return None
    if hasattr(value, "to_pydatetime"):
        value = value.to_pydatetime(warn=False)
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    return dt.datetime(value.year, value.month, value.day) if isinstance(value, dt.date) else value  # noqa: DTZ001 - zones do not count


def same(x: Any, y: Any) -> bool:
    """Say whether two cells are the same value, numbers within a tolerance."""
    x, y = _plain(x), _plain(y)
    if x is None or y is None:
        return x is None and y is None
    if isinstance(x, (int, float)) and isinstance(y, (int, float)):
        return math.isclose(x, y, rel_tol=TOLERANCE, abs_tol=CLOSE_TO_ZERO)
    return bool(x == y)


def _key(row: tuple[Any, ...]) -> tuple[tuple[int, str, float], ...]:
    return tuple(_rank(v) for v in row)


def _rank(value: Any) -> tuple[int, str, float]:
    if value is None:
        return 2, "", 0.0
    if isinstance(value, (int, float)):
        return 0, "", float(f"{value:.9g}")
    return 1, str(value), 0.0
