"""Frames on their way in: written once to a sealed file as Arrow, read by a worker without a copy.

Plain NumPy columns travel as they lie in memory, missing values included, and become arrays over a private mapping of the
file: a worker may write to its frame and changes only its own pages. Everything else goes by Arrow's own conversion.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from nexus_jupyter.errors import FrameUnusable

__all__ = ["Sent", "frame_of", "memfd", "seal", "send_frame"]

SEALS = 0x1 | 0x2 | 0x4  # no more seals, no shrinking, no growing
WRITE, FUTURE_WRITE = 0x8, 0x10  # the second does not wait for pages that another processor still holds on to
ADD_SEALS = 1033
KINDS = "iufbmM"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A frame in a sealed file.

    Attributes
    ----------
    fd, size
        The file in memory, and its bytes.
    lib
        The library that the worker gives it back in: "pandas", "polars" or "pyarrow".
    columns
        The names that are in it, in their order; None where only the frame itself tells.
    raw
        Names and NumPy types of the columns at its end that lie there as NumPy has them.
    """

    fd: int
    size: int
    lib: str
    columns: tuple[str, ...] | None
    raw: tuple[tuple[str, str], ...] = ()


def memfd(name: str) -> int:
    """Make a file in memory that can be sealed."""
    return os.memfd_create(name, os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)


def seal(fd: int) -> None:
    """Forbid for ever that a file in memory changes."""
    import fcntl

    try:
        fcntl.fcntl(fd, ADD_SEALS, SEALS | FUTURE_WRITE)
    except OSError:  # before Linux 5.1
        fcntl.fcntl(fd, ADD_SEALS, SEALS | WRITE)


# ------------------------------------------------------------------------------------------------------------ the user's side
def send_frame(name: str, frame: Any, columns: Collection[str] | None = None) -> Sent:
    """Write a frame, or only these columns of it, to a sealed file."""
    import pyarrow as pa

    lib = type(frame).__module__.partition(".")[0]
    if lib not in ("pandas", "polars", "pyarrow") or not hasattr(frame, "shape" if lib != "polars" else "schema"):
        message = f"The frame `{name}` is a {type(frame).__name__}. Give a pandas or polars DataFrame or an Arrow table."
        raise FrameUnusable(message)
    if columns is not None:
        listed = frame.columns if lib != "pyarrow" else frame.column_names
        keep = [c for c in listed if c in set(columns)]
        frame = frame[keep] if lib == "pandas" else frame.select(keep)
    raw: tuple[tuple[str, str], ...] = ()
    if lib == "pandas":
        table, raw = _from_pandas(name, frame)
    else:
        frame = frame.collect() if type(frame).__name__ == "LazyFrame" else frame
        table = frame.to_arrow() if lib == "polars" else frame
    fd = memfd("nexus-frame")
    try:
        with open(fd, "wb", closefd=False) as file, pa.ipc.new_stream(file, table.schema) as stream:
            stream.write_table(table)
        seal(fd)
    except pa.ArrowException as error:
        os.close(fd)
        message = f"The frame `{name}` can't be sent to the sandbox: {error}."
        raise FrameUnusable(message) from error
    names = list(frame.columns) if lib != "pyarrow" else frame.column_names
    known = tuple(names) if all(isinstance(n, str) for n in names) and len(set(names)) == len(names) else None
    return Sent(fd=fd, size=os.fstat(fd).st_size, lib=lib, columns=known, raw=raw)


def _from_pandas(name: str, frame: Any) -> tuple[Any, tuple[tuple[str, str], ...]]:
    """Give the frame as an Arrow table that ends with the raw columns, and these columns' names and types."""
    import pyarrow as pa

    for label, kind in frame.dtypes.items():
        if isinstance(label, str) and str(kind).startswith("Sparse"):
            frame = frame.assign(**{label: frame[label].sparse.to_dense()})
    plain = _raw(frame)
    if plain and len(plain) == frame.shape[1] and _counted(frame.index):
        arrays = [_array(values) for values in plain.values()]
        table = pa.Table.from_arrays(arrays, names=[f"raw {n}" for n in range(len(arrays))])
        return table, tuple((label, values.dtype.str) for label, values in plain.items())
    rest = frame[[c for c in frame.columns if c not in plain]] if plain else frame
    try:
        table = pa.Table.from_pandas(rest, nthreads=1)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        raise FrameUnusable(_unsendable(name, rest, error)) from error
    if not plain:
        return table, ()
    table = table.combine_chunks() if any(column.num_chunks > 1 for column in table.columns) else table
    arrays = [*table.columns, *(_array(values) for values in plain.values())]
    fields = [*table.schema, *(pa.field(f"raw {n}", array.type) for n, array in enumerate(arrays[table.num_columns :]))]
    made = pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=table.schema.metadata))
    return made, tuple((label, values.dtype.str) for label, values in plain.items())


def _counted(index: Any) -> bool:
    """Tell whether an index only counts the rows, from zero and without a name."""
    return type(index).__name__ == "RangeIndex" and (index.start, index.step, index.name) == (0, 1, None)


def _raw(frame: Any) -> dict[str, Any]:
    """Give the columns that NumPy holds as plain numbers, truths or times; none where labels are not simple."""
    labels = frame.columns
    if labels.nlevels > 1 or labels.name is not None or not labels.is_unique or any(type(label) is not str for label in labels):
        return {}
    found = {}
    for label, kind in frame.dtypes.items():
        if getattr(kind, "kind", "O") in KINDS and type(kind).__module__.partition(".")[0] == "numpy" and kind.itemsize <= 8:  # noqa: PLR2004 - no long double
            found[label] = frame[label].to_numpy(kind.newbyteorder("="))
    return found


def _array(values: Any) -> Any:
    import numpy as np
    import pyarrow as pa

    values = np.ascontiguousarray(values)
    values = values.view({"m": "i8", "M": "i8", "b": "u1"}.get(values.dtype.kind, values.dtype))
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [None, pa.py_buffer(values)])


def _unsendable(name: str, frame: Any, error: Exception) -> str:
    import pyarrow as pa

    for at, column in enumerate(frame.columns):
        values = frame.iloc[:, at]
        try:
            pa.array(values, from_pandas=True)
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            kinds = sorted({type(v).__name__ for v in values.head(1000) if v is not None and v == v})[:4]  # noqa: PLR0124 - not a number
            what = f"mixes {' and '.join(kinds)}" if len(kinds) > 1 else f"holds objects ({', '.join(kinds)})"
            return (
                f"The column `{column}` of `{name}` {what}, which can't be sent to the sandbox. "
                f"Convert it, for example with {name}[{column!r}] = {name}[{column!r}].astype(str), or leave it out."
            )
    return f"The frame `{name}` can't be sent to the sandbox: {error}. Give every column a name of its own."


# -------------------------------------------------------------------------------------------------------------- the worker's side
def frame_of(spec: Mapping[str, Any], data: mmap.mmap) -> Any:
    """Give the frame in a file as its library has it."""
    import pyarrow as pa

    whole = pa.py_buffer(data)
    table = pa.ipc.open_stream(whole).read_all()
    if spec["lib"] == "pandas":
        return _pandas(spec, table, data, whole.address)
    table = table if spec["only"] is None else table.select(spec["only"])
    if spec["lib"] == "polars":
        import polars as pl

        frame = pl.DataFrame(table)
        return frame.lazy() if spec["lazy"] else frame
    return table


def _pandas(spec: Mapping[str, Any], table: Any, data: mmap.mmap, start: int) -> Any:
    import pandas as pd

    raw, only = spec["raw"], spec["only"]
    wanted = spec["columns"] if only is None else only
    if len(raw) == table.num_columns and not table.schema.metadata:  # no other column, and rows that are only counted
        made = {label: _over(kind, table.column(at), data, start) for at, (label, kind) in enumerate(raw) if label in wanted}
        return pd.DataFrame(made, index=pd.RangeIndex(table.num_rows), columns=wanted, copy=False)
    rest = table.select(range(table.num_columns - len(raw))).to_pandas(use_threads=False)
    if not all(getattr(getattr(block.values, "flags", None), "writeable", True) for block in rest._mgr.blocks):  # noqa: SLF001
        rest = rest.copy()
    if not raw:
        return rest if only is None else rest[only]
    arrays = {label: (kind, table.column(table.num_columns - len(raw) + at)) for at, (label, kind) in enumerate(raw)}
    made = {label: _over(*arrays[label], data, start) if label in arrays else rest[label] for label in wanted}
    return pd.DataFrame(made, index=rest.index, columns=wanted, copy=False)


def _over(kind: str, column: Any, data: mmap.mmap, start: int) -> Any:
    """Give an array over the place of a column in the file; it may be written to, as the mapping is private."""
    import numpy as np

    dtype = np.dtype(kind)
    parts = []
    for chunk in column.chunks:
        values = chunk.buffers()[1]
        if len(chunk):
            parts.append(np.frombuffer(data, dtype, len(chunk), values.address - start + chunk.offset * dtype.itemsize))
    return parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else np.empty(0, dtype)
