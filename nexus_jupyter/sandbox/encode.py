"""A worker's side of the wire: values become typed JSON and raw Arrow buffers; nothing is ever pickled."""

from __future__ import annotations

import base64
import datetime as dt
import decimal
import json
import math
import sys
from collections.abc import Mapping
from typing import Any

__all__ = ["Writer"]

ITEMS, DEPTH, ROWS_AS_LIST, BITS = 200_000, 60, 100_000, 13_900
PLAIN_TYPES = (
    "null",
    "bool",
    "int",
    "uint",
    "float",
    "double",
    "string",
    "large_string",
    "date32",
    "date64",
    "timestamp",
    "time",
    "duration",
)
FRAMES = ("DataFrame", "Series", "LazyFrame", "Table", "RecordBatch", "Styler")


class Writer:
    """Collects the buffers of one reply."""

    def __init__(self) -> None:
        self.blobs: list[Any] = []
        self.size = 0
        self.items = 0

    def blob(self, data: Any) -> list[int]:
        """Append a buffer, aligned, and give its place and length."""
        view = memoryview(data)
        at, length = self.size, view.nbytes
        self.blobs.append(view)
        if pad := -length % 64:
            self.blobs.append(b"\0" * pad)
        self.size += length + pad
        return [at, length]

    # ---- results
    def result(self, value: Any) -> dict[str, Any]:
        """Encode what a program bound; a mapping or list that holds frames or figures keeps its parts apart."""
        if isinstance(value, (dict, list, tuple)):
            parts = value.items() if isinstance(value, dict) else enumerate(value)
            if any(_is_part(part) for _, part in list(parts)[:1000]):
                named = value.items() if isinstance(value, dict) else enumerate(value)
                return {"k": "mapping", "v": [[str(name)[:200], self.part(part)] for name, part in list(named)[:200]]}
        return self.part(value)

    def part(self, value: Any) -> dict[str, Any]:
        """Encode one value."""
        root, name = type(value).__module__.partition(".")[0], type(value).__name__
        if isinstance(value, str) and root == "builtins":
            return {"k": "text", "v": self.blob(value.encode("utf-8", "replace"))}
        if root in ("pandas", "polars", "pyarrow") and name in FRAMES:
            return self.frame(value)
        if hasattr(value, "to_plotly_json") and root == "plotly":
            return {"k": "figure", "v": self.blob(_figure(value))}
        if root == "numpy" and name == "ndarray" and value.size > ROWS_AS_LIST and value.ndim <= 2:  # noqa: PLR2004 - a matrix
            import pandas as pd

            return self.frame(pd.DataFrame(value if value.ndim > 1 else {"value": value}))
        try:
            return {"k": "scalar", "v": self.plain(value)}
        except TypeError:
            return {"k": "text", "v": self.blob(repr(value)[:100_000].encode("utf-8", "replace"))}

    # ---- frames
    def frame(self, value: Any) -> dict[str, Any]:
        """Encode a frame or a series of any of the three libraries."""
        root, name = type(value).__module__.partition(".")[0], type(value).__name__
        if name == "Styler":
            value = value.data
        if root == "pyarrow":
            import pyarrow as pa

            value = (pa.Table.from_batches([value]) if name == "RecordBatch" else value).to_pandas()
            root = "pandas"
        if root == "polars":
            import polars as pl

            value = value.collect() if name == "LazyFrame" else value.to_frame() if name == "Series" else value
            table = value.to_arrow(compat_level=pl.CompatLevel.oldest())
            columns = [self.column(c) for c in table.columns]
            return {"k": "table", "lib": "polars", "names": list(value.columns), "cols": columns, "n": value.height}
        if name == "Series":
            value = value.to_frame("value" if value.name is None else value.name)
        names = [self.plain(_label(c)) for c in value.columns.tolist()]
        columns = [self.series(value.iloc[:, i]) for i in range(value.shape[1])]
        index = value.index
        if type(index).__name__ == "RangeIndex":
            described: dict[str, Any] = {"range": [index.start, index.stop, index.step], "name": self.plain(_label(index.name))}
        else:
            levels = [self.series(index.get_level_values(i).to_series()) for i in range(index.nlevels)]
            described = {"levels": levels, "names": [self.plain(_label(n)) for n in index.names]}
        kind = {"k": "table", "lib": "pandas", "names": names, "cols": columns, "n": len(value), "index": described}
        return {**kind, "axis": [self.plain(_label(n)) for n in value.columns.names]}

    def series(self, series: Any) -> dict[str, Any]:
        """Encode a pandas series; what Arrow cannot take becomes text, cell by cell."""
        import pyarrow as pa

        try:
            array = pa.array(series, from_pandas=True)
            encoded = self.column(array)
        except (pa.ArrowException, TypeError, ValueError, NotImplementedError, OverflowError):
            encoded = self.column(pa.array([None if _missing(v) else str(v) for v in series.tolist()], pa.large_string()))
        return {**encoded, "d": str(series.dtype)[:60]}

    def column(self, array: Any) -> dict[str, Any]:
        """Encode an Arrow array by its type, length, buffers and children."""
        import pyarrow as pa
        import pyarrow.compute as pc

        if isinstance(array, pa.ChunkedArray):
            array = array.combine_chunks()
            if isinstance(array, pa.ChunkedArray):
                array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], array.type)
        if isinstance(array, pa.ExtensionArray):
            array = array.storage if str(array.type.storage_type).startswith("int") is False else array.cast(pa.string())
        kind = array.type
        if pa.types.is_dictionary(kind):
            array = array.dictionary_decode()
            return self.column(array)
        if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
            import numpy as np

            lengths = pc.fill_null(pc.list_value_length(array), 0).to_numpy(zero_copy_only=False)
            offsets = np.concatenate([[0], np.cumsum(lengths)]).astype("int64")
            child = self.column(array.flatten())
            return {"t": "list", "n": len(array), "b": [self.valid(array), self.blob(offsets)], "c": [child]}
        if pa.types.is_struct(kind):
            children = [self.column(c) for c in array.flatten()]
            fields = [kind.field(i).name for i in range(kind.num_fields)]
            return {"t": "struct", "n": len(array), "b": [self.valid(array)], "c": children, "f": fields}
        if not str(kind).startswith(PLAIN_TYPES) or str(kind) == "float16":
            array = self.other(array)
        if array.offset:
            array = pa.concat_arrays([array, array.slice(0, 0)])
        buffers = [None if b is None else self.blob(b) for b in array.buffers()]
        return {"t": str(array.type), "n": len(array), "b": buffers}

    def valid(self, array: Any) -> list[int] | None:
        """Encode which cells are there, from the array's first bit on."""
        if not array.null_count:
            return None
        import numpy as np

        return self.blob(np.packbits(array.is_valid().to_numpy(zero_copy_only=False), bitorder="little"))

    def other(self, array: Any) -> Any:
        """Turn an uncommon type into a plain one."""
        import pyarrow as pa

        if pa.types.is_decimal(array.type):
            return array.cast(pa.float64())
        if str(array.type) in ("halffloat", "float16"):
            return array.cast(pa.float32())
        try:
            return array.cast(pa.large_string())
        except pa.ArrowException:
            return pa.array([None if v is None else str(v) for v in array.to_pylist()], pa.large_string())

    # ---- plain values
    def plain(self, value: Any, depth: int = 0) -> Any:  # noqa: C901, PLR0911, PLR0912 - one case a type
        """Encode a plain value, or raise TypeError."""
        self.items += 1
        if self.items > ITEMS or depth > DEPTH:
            message = f"The result has more than {ITEMS:,} values or is nested deeper than {DEPTH} levels; give a frame."
            raise ValueError(message)
        if value is None or value is True or value is False or type(value) is str:
            return value
        if isinstance(value, int):
            if value.bit_length() > BITS:
                message = (
                    f"The result holds a whole number of {value.bit_length():,} bits; the limit is {BITS:,}. Give it as a float or as text."
                )
                raise ValueError(message)
            return int(value) if value.bit_length() <= 64 else {"$": "int", "v": hex(value)}  # noqa: PLR2004
        if isinstance(value, float):
            return float(value) if math.isfinite(value) else {"$": "float", "v": str(float(value))}
        if isinstance(value, str):
            return str.__str__(value)
        if _missing(value):
            return None
        for kind, tag in ((dt.datetime, "datetime"), (dt.date, "date"), (dt.time, "time")):
            if isinstance(value, kind):
                return {"$": tag, "v": value.isoformat()}
        if isinstance(value, dt.timedelta):
            return {"$": "span", "v": value.total_seconds()}
        if isinstance(value, decimal.Decimal):
            return {"$": "decimal", "v": str(value)}
        if isinstance(value, complex):
            return {"$": "complex", "v": [value.real, value.imag]}
        if isinstance(value, (bytes, bytearray)):
            return {"$": "bytes", "v": base64.b64encode(value[:1_000_000]).decode()}
        if isinstance(value, Mapping):
            return {"$": "dict", "v": [[self.plain(k, depth + 1), self.plain(v, depth + 1)] for k, v in value.items()]}
        if isinstance(value, list):
            return [self.plain(v, depth + 1) for v in value]
        if isinstance(value, (tuple, range)):
            return {"$": "tuple", "v": [self.plain(v, depth + 1) for v in value]}
        if isinstance(value, (set, frozenset)):
            return {"$": "set", "v": [self.plain(v, depth + 1) for v in value]}
        root, name = type(value).__module__.partition(".")[0], type(value).__name__
        if root == "numpy" and name in ("datetime64", "timedelta64"):
            import pandas as pd

            return self.plain((pd.Timestamp if name == "datetime64" else pd.Timedelta)(value), depth + 1)
        if root in ("numpy", "pandas", "polars", "pyarrow"):
            if root == "polars" and hasattr(value, "to_list"):
                return self.plain(value.to_list(), depth + 1)
            if name in ("Period", "Interval"):
                return str(value)
            for method in ("tolist", "as_py", "item"):
                if hasattr(value, method):
                    return self.plain(getattr(value, method)(), depth + 1)
            if root == "pandas" and hasattr(value, "__iter__") and hasattr(value, "to_list"):
                return self.plain(value.to_list(), depth + 1)
        if type(value).__name__ in ("dict_keys", "dict_values", "dict_items", "Counter", "deque", "map", "filter", "zip"):
            return self.plain(list(value), depth + 1)
        raise TypeError(type(value).__name__)

    def packed(self, head: dict[str, Any], limit: int) -> list[Any]:
        """Give the pieces of a reply: length, typed JSON, buffers."""
        text = json.dumps(head, allow_nan=False).encode("utf-8", "replace")
        if len(text) + self.size > limit:
            message = f"The result has {(len(text) + self.size) >> 20} MB; the limit is {limit >> 20} MB. Aggregate or take a sample."
            raise ValueError(message)
        text += b" " * (-(len(text) + 16) % 64)
        return [b"NXRPLY01", len(text).to_bytes(8, "little"), text, *self.blobs]


def _is_part(value: Any) -> bool:
    root, name = type(value).__module__.partition(".")[0], type(value).__name__
    return (root in ("pandas", "polars", "pyarrow") and name in FRAMES) or (root == "plotly" and hasattr(value, "to_plotly_json"))


def _label(label: Any) -> Any:
    if isinstance(label, tuple):
        return tuple(_label(one) for one in label)
    if label is None or isinstance(label, (str, int, float, dt.date)):
        return label
    return str(label)


def _missing(value: Any) -> bool:
    return type(value).__name__ in ("NaTType", "NAType") or value is None or (isinstance(value, float) and value != value)  # noqa: PLR0124


def _figure(figure: Any) -> bytes:
    io = sys.modules["plotly.io"]
    return str(io.to_json(figure, validate=False, engine="json")).encode("utf-8", "replace")
