"""Noticing that a frame was written to, at a cost that does not depend on its size.

A shallow copy of a pandas frame is kept. Under copy-on-write every write by pandas to the frame then has to move the
column it writes to, so that comparing the addresses of the columns shows it. Not seen are writes to a NumPy array that
was forced to be writeable, and objects that are changed inside a cell.
"""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["Guard", "flavor_of"]


def flavor_of(frame: object) -> str | None:
    """Name the library of a frame without importing any, or give None for what is no frame."""
    if (pd := sys.modules.get("pandas")) is not None and isinstance(frame, getattr(pd, "DataFrame", ())):
        return "pandas"
    if (pl := sys.modules.get("polars")) is not None:
        if isinstance(frame, getattr(pl, "DataFrame", ())):
            return "polars"
        if isinstance(frame, getattr(pl, "LazyFrame", ())):
            return "polars-lazy"
    if (pa := sys.modules.get("pyarrow")) is not None and isinstance(frame, getattr(pa, "Table", ())):
        return "pyarrow"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What is kept of a frame to see later that it is still the same.

    Attributes
    ----------
    owner
        A weak reference to the frame, so that it is not kept alive.
    copy
        The shallow copy, so that a write has to move a column; of pandas the labels as well, so that no other object gets their id.
    addresses
        Of the columns' memory, with names and lengths.
    """

    owner: Any
    copy: Any
    addresses: tuple[Any, ...]

    @classmethod
    def of(cls, frame: Any, *, gone: Callable[[int], None] | None = None) -> Guard:
        """Keep what is needed of `frame`; `gone` is called with its id when it goes away."""
        key = id(frame)
        try:
            owner: Any = weakref.ref(frame, (lambda _: gone(key)) if gone else None)
        except TypeError:
            owner = _Strong(frame)
        flavor = flavor_of(frame)
        copy: Any = None
        if flavor == "pandas":
            copy = (frame.copy(deep=False), frame.index, frame.columns)
        elif flavor == "polars":
            copy = frame.clone()
        return cls(owner=owner, copy=copy, addresses=_addresses(frame, flavor))

    def holds(self, frame: Any) -> bool:
        """Say whether this is the frame of before, with its columns where they were."""
        return self.owner() is frame and self.addresses == _addresses(frame, flavor_of(frame))


class _Strong:
    """A reference to a frame that cannot be referred to weakly."""

    def __init__(self, frame: Any) -> None:
        self._frame = frame

    def __call__(self) -> Any:
        return self._frame


def _addresses(frame: Any, flavor: str | None) -> tuple[Any, ...]:
    if flavor == "pandas":
        labels = (len(frame), id(frame.index), tuple(frame.index.names), id(frame.columns))
        blocks = getattr(getattr(frame, "_mgr", None), "blocks", None)
        if blocks is None:
            return (*labels, *((name, _pandas_address(series.array)) for name, series in frame.items()))
        return (*labels, *((_places(block.mgr_locs), _pandas_address(block.values)) for block in blocks))
    if flavor == "polars":
        import polars as pl

        table = frame.to_arrow(compat_level=pl.CompatLevel.newest())
        return (frame.shape, *((name, _arrow_addresses(column)) for name, column in zip(table.column_names, table.columns, strict=True)))
    return (id(frame),)


def _places(places: Any) -> Any:
    """Give which columns a block of a pandas frame holds."""
    held = places.indexer
    return (held.start, held.stop, held.step) if isinstance(held, slice) else held.tobytes()


def _pandas_address(array: Any) -> Any:
    if hasattr(array, "__array_interface__"):
        return (array.__array_interface__["data"][0], array.shape, array.strides, str(array.dtype))
    arrow = getattr(array, "_pa_array", None)
    if arrow is not None:
        return _arrow_addresses(arrow)
    for part in ("_ndarray", "_data", "_codes"):
        inner = getattr(array, part, None)
        if inner is not None and hasattr(inner, "__array_interface__"):
            mask = getattr(array, "_mask", None)
            return (
                inner.__array_interface__["data"][0],
                inner.shape,
                str(array.dtype),
                None if mask is None else mask.__array_interface__["data"][0],
            )
    return id(array)


def _arrow_addresses(array: Any) -> tuple[Any, ...]:
    chunks = getattr(array, "chunks", [array])
    return (str(array.type), *((c.offset, len(c), *(b.address if b is not None else None for b in c.buffers())) for c in chunks))
