"""The user's side of the wire: replies come in as bytes that are believed in nothing.

A reply is copied once, from a file that this process made, and only the copy is read: its writer can change nothing in it. Types are
taken from a short list, buffers are checked by Arrow in full, text is bounded, and nothing in it is ever executed.
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import decimal
import json
import os
import re
from collections.abc import Mapping
from typing import Any

from nexus_jupyter.errors import SandboxError
from nexus_jupyter.sandbox.figures import clean
from nexus_jupyter.sandbox.outcome import Figure, Scalar, Table, Text

__all__ = ["WireError", "read_all", "read_reply"]

JSON_MB, FIGURE_MB = 8, 16
COLUMNS, ROWS, PARTS, DEPTH = 20_000, 25_000_000, 200, 80
# What a few bytes could become: values of JSON, cells, and cells that are Python objects of their own in pandas.
VALUES, FIGURE_VALUES, CELLS, OBJECTS = 1_000_000, 3_000_000, 25_000_000, 2_000_000
DIGITS, EXPONENT = 3_500, 400  # of a whole number in hexadecimal, of a decimal: more can't be written down in reasonable time
FIRST_DAY, LAST_DAY = -719_162, 2_932_896  # 0001-01-01 and 9999-12-31, from 1970-01-01
TICKS = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
HALF = re.compile(rb"\\ud[89a-f]", re.IGNORECASE)
TIMESTAMP = re.compile(r"timestamp\[(s|ms|us|ns)(?:, tz=([A-Za-z0-9_+\-/:]{1,64}))?\]")
UNIT = re.compile(r"(duration|time32|time64)\[(s|ms|us|ns)\]")
DTYPE = re.compile(r"U?[Ii]nt(8|16|32|64)|[Ff]loat(32|64)|bool(ean)?|str|string|category|datetime64\[(s|ms|us|ns)(, [\w+\-/:]+)?\]")


class WireError(SandboxError):
    """A reply is not what a worker writes."""


def read_all(fd: int, limit: int) -> bytes:
    """Copy at most `limit` bytes of a file in memory."""
    size = min(os.fstat(fd).st_size, limit)
    parts: list[bytes] = []
    at = 0
    while at < size and (part := os.pread(fd, min(size - at, 1 << 24), at)):
        parts.append(part)
        at += len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def read_reply(data: bytes) -> dict[str, Any]:
    """Read a reply: its JSON, with results already built and checked under ``result`` and ``names``."""
    if len(data) < 16 or data[:8] != b"NXRPLY01":  # noqa: PLR2004 - the fixed head
        message = "The worker left no result."
        raise WireError(message)
    length = int.from_bytes(data[8:16], "little")
    if length > min(JSON_MB << 20, len(data) - 16):
        message = "The worker's result is damaged: its description is longer than it is."
        raise WireError(message)
    try:
        head = _json(data[16 : 16 + length])
        reader = _Reader(memoryview(data)[16 + length :])
        if not isinstance(head, dict):
            raise TypeError  # noqa: TRY301 - as any other damage
        if "result" in head:
            head["result"] = reader.result(head["result"])
        head["names"] = {str(k)[:200]: reader.result(v) for k, v in dict(head.get("names") or {}).items()}
    except WireError:
        raise
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError, ArithmeticError) as error:
        message = f"The worker's result is damaged: {type(error).__name__}."
        raise WireError(message) from None
    return head


def _json(text: bytes, most: int = VALUES) -> Any:
    """Read JSON that has no more values than honest replies have, without halves of characters, which no page and no file takes."""
    if sum(map(text.count, (b",", b"[", b"{"))) > most:
        message = f"The worker's result has more than {most:,} values. Give a frame."
        raise WireError(message)
    made = json.loads(text)
    return json.loads(json.dumps(made, ensure_ascii=False).encode("utf-8", "replace")) if HALF.search(text) else made


class _Reader:
    """Reads the parts of one reply; what they may become in memory is bounded for all of them together."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.taken = self.cells = self.objects = 0

    def blob(self, place: Any) -> memoryview:
        at, length = place
        if type(at) is not int or type(length) is not int or at < 0 or length < 0 or at + length > len(self.data):
            message = "The worker's result is damaged: a buffer lies outside of it."
            raise WireError(message)
        self.taken += length
        if self.taken > len(self.data):
            message = "The worker's result is damaged: it uses a buffer more than once."
            raise WireError(message)
        return self.data[at : at + length]

    def result(self, node: Any) -> Any:
        if node["k"] == "mapping":
            return {str(name)[:200]: self.part(part) for name, part in node["v"][:PARTS]}
        return self.part(node)

    def part(self, node: Any) -> Table | Figure | Scalar | Text:
        kind = node["k"]
        if kind == "scalar":
            return Scalar(value=plain(node["v"]))
        if kind == "text":
            return Text(text=str(bytes(self.blob(node["v"])), "utf-8", "replace"))
        if kind == "figure":
            blob = self.blob(node["v"])
            if len(blob) > FIGURE_MB << 20:
                message = f"The figure has {len(blob) >> 20} MB; the limit is {FIGURE_MB} MB. Draw aggregated or sampled data."
                raise WireError(message)
            return Figure(spec=clean(_json(bytes(blob), FIGURE_VALUES)))
        if kind == "table":
            try:
                return Table(frame=self.table(node))
            except (ValueError, TypeError, KeyError, NotImplementedError, OverflowError) as error:
                message = f"The worker's table is damaged: {str(error)[:120]}."
                raise WireError(message) from None
        message = "The worker's result is of no known kind."
        raise WireError(message)

    # ---- tables
    def table(self, node: dict[str, Any]) -> Any:
        import pyarrow as pa

        columns, names, count = node["cols"], node["names"], node["n"]
        if not (isinstance(columns, list) and isinstance(names, list) and len(columns) == len(names) <= COLUMNS and 0 <= count <= ROWS):
            message = "its columns and names don't agree"
            raise ValueError(message)
        arrays = [self.array(c, 0, count) for c in columns]
        if node["lib"] == "polars":
            import polars as pl

            if any(not isinstance(n, str) for n in names) or len(set(names)) != len(names):
                message = "its names aren't texts or not unique"
                raise ValueError(message)
            made = pl.from_arrow(pa.Table.from_arrays(arrays, names=names))
            return made if isinstance(made, pl.DataFrame) else made.to_frame()
        import pandas as pd

        series = [_pandas(a, c.get("d")) for a, c in zip(arrays, columns, strict=True)]
        index = self.index(node["index"], count)
        labels = [_key(plain(n)) for n in names]
        frame = pd.concat(series, axis=1) if series else pd.DataFrame(index=pd.RangeIndex(count))
        axis = [_key(plain(n)) for n in node.get("axis") or [None]]
        if labels and all(isinstance(label, tuple) for label in labels):
            frame.columns = pd.MultiIndex.from_tuples(labels, names=axis if len(axis) == len(labels[0]) else None)
        else:
            frame.columns = pd.Index(labels, name=axis[0], tupleize_cols=False)
        frame.index = index
        return frame

    def index(self, node: dict[str, Any], count: int) -> Any:
        import pandas as pd

        if "range" in node:
            start, stop, step = (int(v) for v in node["range"])
            index = pd.RangeIndex(start, stop, step, name=_key(plain(node.get("name"))))
            return index if len(index) == count else pd.RangeIndex(count)
        levels = [_pandas(self.array(c, 0, count), c.get("d")) for c in node["levels"]]
        names = [_key(plain(n)) for n in node["names"]]
        if len(levels) == 1:
            return pd.Index(levels[0], name=names[0])
        return pd.MultiIndex.from_arrays(levels, names=names)

    def array(self, node: dict[str, Any], depth: int, count: int | None) -> Any:
        """Build an Arrow array from a description and check it in full."""
        import pyarrow as pa

        length = node["n"]
        if depth > DEPTH or type(length) is not int or not 0 <= length <= ROWS or (count is not None and length != count):
            message = "a column has another length"
            raise ValueError(message)
        self._count(str(node["t"]), length, node["b"])
        kind, children = str(node["t"])[:100], [self.array(c, depth + 1, None) for c in node.get("c", [])[:COLUMNS]]
        if kind == "list":
            made: Any = pa.large_list(children[0].type)
        elif kind == "struct":
            made = pa.struct([pa.field(str(f), c.type) for f, c in zip(node["f"], children, strict=True)])
            if any(len(c) != length for c in children):
                message = "a field has another length"
                raise ValueError(message)
        else:
            made = _type(kind)
        buffers = [None if b is None else pa.py_buffer(bytes(self.blob(b))) for b in node["b"]]
        if len(buffers) != made.num_buffers:
            message = "a column has another number of buffers"
            raise ValueError(message)
        if buffers[0] is not None and buffers[0].size * 8 < length:
            message = "a column's mask is too short"
            raise ValueError(message)
        if len(buffers) == 1 and kind not in ("null", "struct"):
            message = "a column has no values"
            raise ValueError(message)
        array = pa.Array.from_buffers(made, length, buffers, children=children or None)
        array.validate(full=True)
        _check_times(array)
        return array

    def _count(self, kind: str, length: int, buffers: Any) -> None:
        """Count the cells, and those of which pandas makes objects."""
        self.cells += length
        if (
            kind in ("null", "list", "struct")
            or kind.startswith(("date", "time32", "time64"))
            or (kind == "bool" and buffers[0] is not None)
        ):
            self.objects += length
        for counted, most, what in ((self.cells, CELLS, "cells"), (self.objects, OBJECTS, "dates, lists, records or missing truths")):
            if counted > most:
                message = f"The table has more than {most:,} {what}. Aggregate or take a sample."
                raise WireError(message)


def _check_times(array: Any) -> None:
    """Refuse dates outside of the years 1 to 9999 and times outside of a day: libraries panic when they show them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = array.type
    if not (pa.types.is_date(kind) or pa.types.is_timestamp(kind) or pa.types.is_time(kind)):
        return
    per_day = 1 if pa.types.is_date32(kind) else 86_400 * TICKS["ms" if pa.types.is_date64(kind) else kind.unit]
    first, last = (0, per_day - 1) if pa.types.is_time(kind) else (FIRST_DAY * per_day, (LAST_DAY + 1) * per_day - 1)
    found = pc.min_max(array.view(pa.int32() if kind.bit_width == 32 else pa.int64())).as_py()  # noqa: PLR2004 - bits
    if found["min"] is not None and not (first <= found["min"] and found["max"] <= last):
        message = "a date or time is out of range"
        raise ValueError(message)


def _type(name: str) -> Any:
    import pyarrow as pa

    simple = {
        **{n: getattr(pa, n) for n in ("null", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "string")},
        "large_string": pa.large_string,
        "bool": pa.bool_,
        "float": pa.float32,
        "double": pa.float64,
        "date32[day]": pa.date32,
        "date64[ms]": pa.date64,
    }
    if name in simple:
        return simple[name]()
    if found := TIMESTAMP.fullmatch(name):
        return pa.timestamp(found[1], found[2])
    if found := UNIT.fullmatch(name):
        return getattr(pa, found[1])(found[2])
    message = f"the type {name!r:.40} is not on the list"
    raise ValueError(message)


def _pandas(array: Any, dtype: Any) -> Any:
    series = array.to_pandas()
    if isinstance(dtype, str) and DTYPE.fullmatch(dtype) and str(series.dtype) != dtype:
        with contextlib.suppress(ValueError, TypeError, ArithmeticError):
            return series.astype(dtype)
    return series


_MAKE: Mapping[str, Any] = {
    "int": lambda v: _whole(str(v)),
    "float": lambda v: float(str(v)),
    "datetime": lambda v: dt.datetime.fromisoformat(str(v)),
    "date": lambda v: dt.date.fromisoformat(str(v)),
    "time": lambda v: dt.time.fromisoformat(str(v)),
    "span": lambda v: dt.timedelta(seconds=float(v)),
    "decimal": lambda v: _decimal(str(v)),
    "complex": lambda v: complex(float(v[0]), float(v[1])),
    "bytes": lambda v: base64.b64decode(str(v)),
}


def _whole(text: str) -> int:
    if len(text) > DIGITS:
        message = "a whole number has too many digits"
        raise ValueError(message)
    return int(text, 16)


def _decimal(text: str) -> decimal.Decimal:
    made = decimal.Decimal(text[:DIGITS])
    if made.is_finite() and abs(made.adjusted()) > EXPONENT:
        message = "a decimal is too large or too small"
        raise ValueError(message)
    return made


def plain(node: Any, depth: int = 0) -> Any:
    """Build a plain value from its description."""
    if depth > DEPTH:
        message = "nested too deeply"
        raise ValueError(message)
    if node is None or isinstance(node, (bool, int, float, str)):
        return node
    if isinstance(node, list):
        return [plain(v, depth + 1) for v in node]
    tag, value = node["$"], node["v"]
    if tag == "dict":
        return {_key(plain(k, depth + 1)): plain(v, depth + 1) for k, v in value}
    if tag == "tuple":
        return tuple(plain(v, depth + 1) for v in value)
    if tag == "set":
        return {_key(plain(v, depth + 1)) for v in value}
    return _MAKE[tag](value)


def _key(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_key(v) for v in value)
    return str(value) if isinstance(value, (dict, set)) else value
