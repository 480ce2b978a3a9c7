"""Frames in the dialect of the code: conversions of only the columns that a program uses, kept while the data is unchanged."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from nexus_jupyter.context.guard import flavor_of
from nexus_jupyter.errors import FrameUnusable

KEPT = 16
_kept: OrderedDict[tuple[str, str, str, tuple[str, ...]], Any] = OrderedDict()


def dialect_of(flavors: list[str]) -> str:
    """Give the dialect for frames of these flavors: polars where all are polars, else pandas."""
    return "polars" if flavors and all(f.startswith("polars") for f in flavors) else "pandas"


def in_dialect(name: str, frame: Any, columns: tuple[str, ...] | None, dialect: str, fingerprint: str) -> Any:
    """Give the frame's columns as a frame of `dialect` ("pandas" or "polars"), without changing the original.

    Raises
    ------
    FrameUnusable
        When a column holds what the other library cannot take.
    """
    flavor = flavor_of(frame) or "pandas"
    if flavor == dialect:
        return frame
    key = (name, fingerprint, dialect, columns or ())
    if key in _kept and fingerprint:
        _kept.move_to_end(key)
        return _kept[key]
    try:
        converted = _converted(frame, flavor, columns, dialect)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise FrameUnusable(f"`{name}` cannot be read as a {dialect} frame: {str(error)[:200]}. Use `--frames {_own(flavor)}`.") from error
    if fingerprint:
        _kept[key] = converted
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return converted


def _own(flavor: str) -> str:
    return "polars" if flavor.startswith("polars") else "pandas"


def _converted(frame: Any, flavor: str, columns: tuple[str, ...] | None, dialect: str) -> Any:
    if flavor == "polars-lazy":
        frame = (frame.select(columns) if columns else frame).collect()
    elif columns and flavor in {"pandas", "polars"}:
        frame = frame[list(columns)]
    elif columns:
        frame = frame.select(list(columns))
    if flavor == "pandas":
        sparse = [c for c, kind in frame.dtypes.items() if str(kind).startswith("Sparse")]
        frame = frame.assign(**{c: frame[c].sparse.to_dense() for c in sparse}) if sparse else frame
    if dialect == "polars":
        import polars as pl

        if flavor == "pandas":
            return pl.from_pandas(frame)
        return pl.from_arrow(frame) if flavor == "pyarrow" else frame
    return frame.to_pandas()
