"""What a hostile worker may write can not hurt the reader."""

from __future__ import annotations

import json
import random
import tracemalloc
from typing import Any

import pandas as pd
import polars as pl
import pytest

from nexus_jupyter.sandbox.encode import Writer
from nexus_jupyter.sandbox.wire import WireError, read_reply


def reply(result: Any, blobs: bytes = b"") -> bytes:
    text = json.dumps({"status": "ok", "result": result}).encode()
    return b"NXRPLY01" + len(text).to_bytes(8, "little") + text + blobs


def honest(value: Any) -> bytes:
    writer = Writer()
    return b"".join(bytes(p) for p in writer.packed({"status": "ok", "result": writer.result(value)}, 1 << 26))


COLUMN = {"t": "int64", "n": 2, "b": [None, [0, 16]]}


def table(**changes: Any) -> dict[str, Any]:
    return {"k": "table", "lib": "pandas", "names": ["a"], "cols": [COLUMN | changes], "n": 2, "index": {"range": [0, 2, 1], "name": None}}


def test_an_honest_table_is_read() -> None:
    assert read_reply(reply(table(), bytes(16)))["result"].frame["a"].tolist() == [0, 0]


@pytest.mark.parametrize(
    "changes",
    [
        {"b": [None, [0, 8]]},
        {"b": [None, [8, 16]]},
        {"b": [None, [-8, 16]]},
        {"b": [None, [0, -1]]},
        {"b": [None, [0.5, 16]]},
        {"b": [None]},
        {"b": []},
        {"b": [[0, 0], [0, 16]]},
        {"n": 3},
        {"n": -1},
        {"n": True},
        {"n": 10**12},
        {"t": "extension<arrow.py_extension_type>"},
        {"t": "dictionary<values=string, indices=int32>"},
        {"t": "string", "b": [None, [0, 12], [0, 1]]},
        {"t": "string", "b": [None, [0, 4], [0, 16]]},
        {"t": "large_string", "b": [None, [0, 16], [0, 16]]},
        {"t": "list", "b": [None, [0, 16]], "c": []},
        {"t": "struct", "b": [None], "c": [COLUMN | {"n": 1}], "f": ["x"]},
        {"t": "timestamp[ns, tz=../../etc/passwd]"},
        {"t": None},
        {"b": "text"},
    ],
)
def test_damaged_columns_are_refused(changes: dict[str, Any]) -> None:
    offsets = b"\0\0\0\0\xff\xff\xff\x7f\x01\0\0\0\0\0\0\0"
    with pytest.raises(WireError):
        read_reply(reply(table(**changes), offsets))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"NXRPLY01",
        b"NXRPLY01" + b"\xff" * 8,
        b"NXRPLY01" + (2).to_bytes(8, "little") + b"[]",
        b"\x80\x04\x95pickle......",
        reply({"k": "pickle", "v": [0, 1]}),
        reply({"k": "scalar", "v": {"$": "exec", "v": "1"}}),
        reply({"k": "scalar", "v": {"$": "decimal", "v": "x"}}),
        reply({"k": "figure", "v": [0, 10]}),
        reply(None),
        reply([]),
        reply({"k": "table"}),
        b"NXRPLY01" + (300_000).to_bytes(8, "little") + b"[" * 300_000,
        b"NXRPLY01" + (7).to_bytes(8, "little") + b'{"a":1}'[::-1],
    ],
)
def test_forged_replies_are_refused(data: bytes) -> None:
    with pytest.raises(WireError):
        read_reply(data)


def test_bytes_changed_at_random_never_crash_the_reader() -> None:
    chance = random.Random(7)
    frame = pd.DataFrame({"a": [1, 2, 3], "b": ["x", None, "zz"], "c": pd.to_datetime(["2024-01-01"] * 3)})
    nested = pl.DataFrame({"l": [[1], [2, 3]], "s": [{"x": "a"}, {"x": None}]})
    for original in (honest(frame), honest(nested), honest({"t": frame, "v": 3}), honest([1, {"a": (2, 3)}])):
        for _ in range(400):
            data = bytearray(original)
            for _ in range(chance.randint(1, 4)):
                data[chance.randrange(16, len(data))] = chance.randrange(256)
            try:
                result = read_reply(bytes(data))["result"]
            except (WireError, KeyError):
                continue
            repr(result)
            if hasattr(result, "frame"):
                repr(result.frame)


BOMBS = {
    "many values": reply({"k": "scalar", "v": [[[]] * 1000] * 500}),
    "many values in a figure": reply({"k": "figure", "v": [0, 12_000_013]}, b'{"data":[' + b"{}," * 4_000_000 + b"{}]}"),
    "one buffer for all columns": reply({**table(), "names": [str(n) for n in range(5000)], "cols": [COLUMN] * 5000}, bytes(16)),
    "cells without bytes": reply({**table(n=10**7, t="null", b=[None]), "n": 10**7, "index": {"range": [0, 10**7, 1]}}),
    "records without fields": reply({**table(n=10**7, t="struct", b=[None], c=[], f=[]), "n": 10**7, "index": {"range": [0, 10**7, 1]}}),
    "a decimal of a billion digits": reply({"k": "scalar", "v": {"$": "decimal", "v": "1e999999999"}}),
    "a number that can't be written": reply({"k": "scalar", "v": {"$": "int", "v": "f" * 10_000}}),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_would_become_large_in_memory_is_refused_before_it_does(bomb: str) -> None:
    tracemalloc.start()
    with pytest.raises(WireError):
        read_reply(BOMBS[bomb])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * len(BOMBS[bomb]) + (16 << 20)


def test_halves_of_characters_are_replaced_and_whole_ones_stay() -> None:
    assert read_reply(reply({"k": "scalar", "v": ["\ud800", "\U0001f600", "\u00e9"]}))["result"].value == ["?", "\U0001f600", "\u00e9"]


@pytest.mark.parametrize("digits", [1, 4000])
def test_whole_numbers_come_back_exactly_up_to_a_bound_that_is_said(digits: int) -> None:
    assert read_reply(honest(10**digits))["result"].value == 10**digits
    with pytest.raises(ValueError, match="the limit is 13,900"):
        honest(10**5000)


@pytest.mark.parametrize(
    "value",
    [
        pd.DataFrame(),
        pd.DataFrame({"a": []}),
        pd.DataFrame({"a": [1, 2]})[1:],
        pd.DataFrame({("x", 1): [1], ("y", 2): [2]}),
        pd.DataFrame({"p": pd.period_range("2024", periods=2, freq="M"), "i": pd.interval_range(0, 2)}),
        pd.DataFrame({"o": [1, "a"], "l": [[1], None]}),
        pl.DataFrame(),
        pl.DataFrame({"a": ["x", "y"]}).with_columns(pl.col("a").cast(pl.Categorical)).slice(1),
        pl.Series("s", [1, 2]),
    ],
)
def test_uncommon_frames_travel(value: Any) -> None:
    frame = read_reply(honest(value))["result"].frame
    assert len(frame) == len(value)
