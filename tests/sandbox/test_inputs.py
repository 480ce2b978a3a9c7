"""A frame arrives as it is, without a copy where NumPy holds it, and nothing that a program does to it reaches another run."""

from __future__ import annotations

import mmap
import os
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from nexus_jupyter.errors import FrameUnusable
from nexus_jupyter.sandbox import Sandbox
from nexus_jupyter.sandbox.inputs import frame_of, send_frame

DATES = pd.to_datetime(["2024-01-01", None, "1905-02-03"])


def through(frame: Any, columns: list[str] | None = None, only: list[str] | None = None) -> Any:
    sent = send_frame("df", frame, columns)
    data = mmap.mmap(sent.fd, 0, access=mmap.ACCESS_COPY)
    os.close(sent.fd)
    return frame_of({"lib": sent.lib, "columns": sent.columns, "raw": sent.raw, "only": only, "lazy": False}, data)


FRAMES = {
    "numbers": pd.DataFrame({"i": [1, 2, 3], "f": [1.5, float("nan"), float("-inf")], "z": [0.0, -0.0, 1.0]}),
    "narrow": pd.DataFrame({t: np.array([1, 2, 3], t) for t in ("i1", "u2", "f2", "f4", "u8")}),
    "times": pd.DataFrame({"d": DATES, "s": DATES.astype("datetime64[s]"), "t": pd.to_timedelta(["1D", None, "3h"])}),
    "truths": pd.DataFrame({"b": [True, False, True]}),
    "mixed": pd.DataFrame(
        {"k": ["a", None, "c"], "v": [1, 2, 3], "c": pd.Categorical(["x", None, "x"]), "n": pd.array([1, None, 3], "Int64")}
    ),
    "zones": pd.DataFrame({"z": DATES.tz_localize("Europe/Paris"), "v": [1, 2, 3]}),
    "index": pd.DataFrame({"v": [1.0, 2.0]}, index=pd.Index(["x", "y"], name="key")),
    "filtered": pd.DataFrame({"v": range(10), "k": list("abcdefghij")})[::3],
    "strided": pd.DataFrame(np.arange(12.0).reshape(4, 3), columns=["a", "b", "c"])[::2],
    "one block": pd.DataFrame(np.arange(12).reshape(4, 3), columns=["a", "b", "c"]),
    "levels": pd.DataFrame({("a", 1): [1], ("b", 2): [2]}),
    "numbered": pd.DataFrame([[1, 2.5]], columns=[0, 1]),
    "named axis": pd.DataFrame({"a": [1]}).rename_axis(columns="what"),
    "other order": pd.DataFrame({"v": np.array([1, 2], ">i4")}),
    "empty": pd.DataFrame({"a": np.array([], "f8"), "s": pd.Series([], dtype="str")}),
    "no columns": pd.DataFrame(index=range(3)),
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_arrives_as_it_is(name: str) -> None:
    frame = FRAMES[name]
    expected = frame.astype({"v": "i4"}) if name == "other order" else frame
    pd.testing.assert_frame_equal(through(frame), expected, check_freq=False)


def test_plain_columns_are_not_copied_and_can_be_written() -> None:
    frame = through(pd.DataFrame({"a": np.arange(1000.0), "k": ["x"] * 1000}))
    assert not frame["a"].to_numpy().flags.owndata
    frame.loc[0, "a"] = 99.0
    frame["a"] += 1
    assert frame["a"].iloc[0] == 100


def test_a_missing_number_keeps_its_bits() -> None:
    payload = np.array([0x7FF8000000000123, 0x3FF0000000000000], "u8").view("f8")
    assert through(pd.DataFrame({"a": payload}))["a"].to_numpy().view("u8").tolist() == payload.view("u8").tolist()


@pytest.mark.parametrize("frame", [FRAMES["mixed"], pl.DataFrame({"k": ["a"], "v": [1]}), pa.table({"k": ["a"], "v": [1]})])
def test_a_program_sees_only_the_columns_that_were_asked_for(frame: Any) -> None:
    for back in (through(frame, ["v"]), through(frame, None, ["v"]), through(frame, ["v", "k"], ["v"])):
        assert list(back.columns if not isinstance(back, pa.Table) else back.column_names) == ["v"]


def test_a_column_that_can_not_be_sent_is_named_with_what_it_holds_and_what_to_do() -> None:
    for cells, what in (
        ([object(), None], "holds objects (object)"),
        ([1, "a"], "mixes int and str"),
        ([b"a", 2.5], "mixes bytes and float"),
    ):
        with pytest.raises(FrameUnusable, match="The column `bad` of `df`") as caught:
            send_frame("df", pd.DataFrame({"good": [1, 2], "bad": pd.Series(cells, dtype=object)}))
        assert what in str(caught.value)
        assert "df['bad'].astype(str)" in str(caught.value)
    with pytest.raises(FrameUnusable, match="Give every column a name of its own"):
        send_frame("df", pd.DataFrame([[1, 2]], columns=["a", "a"]))


def test_what_a_program_does_to_a_kept_frame_stays_in_its_run(bare: Sandbox) -> None:
    frame = pd.DataFrame({"v": np.arange(10), "k": list("aabbccddee")})
    spoil = (
        "import numpy as np\nv = df['v'].to_numpy()\n"
        "view = np.frombuffer(v.base if isinstance(v.base, bytes) else v, 'i8')\n"
        "view.flags.writeable = True\nview[:] = 7\ndf['k'] = 'z'\nresult = int(df['v'].sum())"
    )
    bare.run(spoil, {"df": frame}, keys={"df": "spoilt"})
    again = bare.run("result = [int(df['v'].sum()), ''.join(df['k'])]", {"df": frame}, keys={"df": "spoilt"})
    assert again.result.value == [45, "aabbccddee"]
    assert int(frame["v"].sum()) == 45


def test_a_kept_frame_serves_runs_that_use_fewer_columns(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    from nexus_jupyter.sandbox import inputs

    sent = []
    real = inputs.send_frame
    monkeypatch.setattr(inputs, "send_frame", lambda *a: sent.append(a[2]) or real(*a))
    frame = pd.DataFrame({"a": [1], "b": [2], "c": [3]})
    for columns in (["a", "b"], ["b"], ["a"], ["b", "c"]):
        assert sandbox.run("result = list(df.columns)", {"df": frame}, keys={"df": "kept"}, columns={"df": columns}).result.value == columns
    assert sent == [("a", "b"), ("b", "c")]
