"""What `describe_frame` says of frames of every library, and when it says it again without looking."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus_jupyter.context.frames import Describer, content_hash, describe_frame, fingerprint
from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.errors import FrameUnusable


@pytest.fixture
def orders() -> pd.DataFrame:
    """A frame with every role."""
    rows = 40
    return pd.DataFrame(
        {
            "order_id": range(1000, 1000 + rows),
            "customerId": [i % 7 for i in range(rows)],
            "ordered": [f"2024-01-{i % 28 + 1:02d}" for i in range(rows)],
            "shipped": pd.date_range("2024-02-01", periods=rows),
            "model_year": [2000 + i % 5 for i in range(rows)],
            "price_usd": [i * 1.5 + 0.25 for i in range(rows)],
            "Weight (lbs)": [i % 11 for i in range(rows)],
            "revenue ($)": [f"${i},{i:03d}.50" for i in range(1, rows + 1)],
            "share pct": [i / rows for i in range(rows)],
            "zip_code": [10000 + i for i in range(rows)],
            "city": ["Oslo", "Rome"] * (rows // 2),
            "paid": ["yes", "no"] * (rows // 2),
            "gift": [True, False] * (rows // 2),
            "month": [i % 12 + 1 for i in range(rows)],
            "comment": [f"a rather long remark number {i} about how the parcel had arrived" for i in range(rows)],
        },
    )


def test_every_role_is_recognised(orders: pd.DataFrame) -> None:
    roles = {c.name: c.role for c in describe_frame("orders", orders).schema}
    assert roles == {
        "order_id": Role.IDENTIFIER,
        "customerId": Role.IDENTIFIER,
        "ordered": Role.DATE,
        "shipped": Role.DATE,
        "model_year": Role.DATE,
        "price_usd": Role.MEASURE,
        "Weight (lbs)": Role.MEASURE,
        "revenue ($)": Role.MEASURE,
        "share pct": Role.MEASURE,
        "zip_code": Role.GEOGRAPHY,
        "city": Role.GEOGRAPHY,
        "paid": Role.CATEGORY,
        "gift": Role.BOOLEAN,
        "month": Role.CATEGORY,
        "comment": Role.TEXT,
    }


def test_units_and_currencies_come_from_names(orders: pd.DataFrame) -> None:
    schema = describe_frame("orders", orders).schema
    assert [schema.column(n).unit for n in ("price_usd", "Weight (lbs)", "revenue ($)", "share pct", "model_year")] == [
        "USD",
        "lbs",
        "$",
        "%",
        None,
    ]


def test_text_that_is_a_date_or_a_number_says_how_it_is_written(orders: pd.DataFrame) -> None:
    profiles = describe_frame("orders", orders).profiles
    assert profiles["ordered"].date_format == "%Y-%m-%d"
    assert profiles["revenue ($)"].number_format == "$1,234.5"


def _as_polars(frame: pd.DataFrame) -> Any:
    return pl.from_pandas(frame)


def _as_lazy(frame: pd.DataFrame) -> Any:
    return pl.from_pandas(frame).lazy()


def _as_arrow(frame: pd.DataFrame) -> Any:
    return pa.Table.from_pandas(frame)


@pytest.mark.parametrize(("made", "flavor"), [(_as_polars, "polars"), (_as_lazy, "polars-lazy"), (_as_arrow, "pyarrow")])
def test_every_library_gives_the_same_description(orders: pd.DataFrame, made: Any, flavor: str) -> None:
    ours, theirs = describe_frame("orders", orders), describe_frame("orders", made(orders))
    assert theirs.flavor == flavor
    assert theirs.schema == ours.schema
    assert theirs.rows == ours.rows
    assert theirs.profiles == ours.profiles


def test_a_long_frame_is_sampled_but_its_extremes_and_small_sets_are_exact() -> None:
    rows = 250_001
    frame = pd.DataFrame({"value": np.arange(rows) * 0.5, "kind": ["common"] * (rows - 1) + ["rare"], "size": [1] * (rows - 1) + [7]})
    dataset = describe_frame("long", frame)
    assert dataset.profiles["value"].maximum == (rows - 1) * 0.5
    assert set(dataset.profiles["kind"].values) == {"common", "rare"}
    assert set(dataset.profiles["size"].values) == {1, 7}
    assert not dataset.profiles["value"].exact
    assert any("looked at" in note for note in dataset.notes)


def test_an_unchanged_frame_is_known_again_and_every_write_is_seen(orders: pd.DataFrame) -> None:
    known = Describer()
    first = known.describe("orders", orders)
    assert known.describe("orders", orders) is first
    writes = (
        lambda f: f.__setitem__("price_usd", f["price_usd"] + 1),
        lambda f: f.loc.__setitem__((3, "price_usd"), -1.0),
        lambda f: f.iloc.__setitem__((0, 1), 99),
        lambda f: f.at.__setitem__((5, "city"), "Bergen"),
        lambda f: f.__setitem__("new", 1),
        lambda f: f.pop("new"),
        lambda f: f.insert(0, "first", 2),
        lambda f: setattr(f, "columns", [c.upper() for c in f.columns]),
        lambda f: setattr(f, "index", range(100, 100 + len(f))),
        lambda f: setattr(f.index, "name", "row"),
        lambda f: f.__delitem__("CITY"),
        lambda f: f.update(pd.DataFrame({"PRICE_USD": {107: 12345.0}})),
    )
    for place, write in enumerate(writes):
        before = known.describe("orders", orders)
        write(orders)
        after = known.describe("orders", orders)
        assert after is not before, place
        assert after.fingerprint != before.fingerprint


def test_a_polars_write_in_place_is_seen() -> None:
    frame = pl.DataFrame({"a": list(range(100)), "b": ["x", "y"] * 50})
    known = Describer()
    first = known.describe("frame", frame)
    assert known.describe("frame", frame) is first
    frame[3, "a"] = 1000
    assert known.describe("frame", frame).profiles["a"].maximum == 1000


def test_a_frame_that_is_gone_is_forgotten() -> None:
    known = Describer()
    frame = pd.DataFrame({"a": [1]})
    known.describe("frame", frame)
    assert known._known
    del frame
    assert not known._known


@given(
    st.lists(st.integers(-5, 5), min_size=1, max_size=20),
    st.integers(0, 19),
)
@settings(max_examples=40, deadline=None)
def test_the_content_hash_sees_every_cell_and_nothing_else(cells: list[int], place: int) -> None:
    frame = pd.DataFrame({"a": cells, "b": [str(c) for c in cells]})
    same = pd.DataFrame({"a": list(cells), "b": [str(c) for c in cells]})
    assert content_hash(frame) == content_hash(same)
    other = same.copy()
    other.loc[place % len(cells), "b"] += "!"
    assert content_hash(frame) != content_hash(other)
    assert content_hash(frame, ["a"]) == content_hash(other, ["a"])


def test_the_hash_of_a_slice_is_that_of_its_own_rows() -> None:
    frame = pd.DataFrame({"a": range(10), "b": list("abcdefghij")})
    assert content_hash(frame.iloc[2:5]) == content_hash(frame.iloc[2:5].copy()) != content_hash(frame)
    table = pa.Table.from_pandas(frame)
    assert content_hash(table.slice(2, 3)) == content_hash(pa.Table.from_pylist(table.slice(2, 3).to_pylist(), schema=table.schema))


@given(
    st.dictionaries(
        st.text("abcxyz_", min_size=1, max_size=6),
        st.sampled_from(
            [[1, 2, 3], [0.5, None, 1.5], ["a", "b", None], [True, False, True], ["2020-01-01", "2020-01-02", "x"], [None] * 3],
        ),
        min_size=1,
        max_size=5,
    ),
)
@settings(max_examples=40, deadline=None)
def test_describing_is_deterministic(data: dict[str, list[Any]]) -> None:
    one, two = Describer().describe("t", pd.DataFrame(data)), Describer().describe("t", pd.DataFrame(data))
    assert (one, one.profiles, one.notes) == (two, two.profiles, two.notes)
    assert fingerprint(pd.DataFrame(data)) == one.fingerprint


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "more than once: `a`"),
        (pd.DataFrame({0: [1], 1: [2]}), "astype(str)"),
        (pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([("a", "b")])), "2 levels"),
        (pd.Series([1, 2]), "to_frame"),
        ([1, 2], "no frame"),
    ],
)
def test_a_frame_that_no_code_can_name_is_refused_with_the_next_step(frame: object, words: str) -> None:
    with pytest.raises(FrameUnusable) as raised:
        describe_frame("t", frame)
    assert words in str(raised.value)


def test_odd_columns_are_described_and_said() -> None:
    frame = pd.DataFrame(
        {
            "nested": [{"a": 1}, {"a": 2}],
            "mixed": [1, "x"],
            "wild": [float("inf"), 1.0],
            "lists": [[1], [2]],
            "day": [dt.date(2024, 1, 1)] * 2,
        },
    )
    dataset = describe_frame("odd", frame)
    assert [c.kind for c in dataset.schema] == [Kind.NESTED, Kind.OTHER, Kind.FLOAT, Kind.NESTED, Kind.DATE]
    said = " ".join(dataset.notes)
    assert all(word in said for word in ("nested values", "mixes types: int, str", "1 infinite value"))
    assert dataset.profiles["wild"].maximum == 1.0


def test_dates_that_do_not_parse_are_named() -> None:
    dataset = describe_frame("t", pd.DataFrame({"day": [f"{d}/12/2013" for d in range(1, 29)] + ["31/02/2013", ""]}))
    assert dataset.schema.column("day").role is Role.DATE
    assert dataset.profiles["day"].date_format == "%d/%m/%Y"
    assert any("31/02/2013" in note for note in dataset.notes)


@pytest.mark.parametrize(
    "frame",
    [pd.DataFrame(), pd.DataFrame({"a": []}), pl.DataFrame({"a": []}), pa.table({"a": pa.array([], pa.int64())})],
)
def test_an_empty_frame_has_no_rows_and_no_error(frame: object) -> None:
    assert describe_frame("empty", frame).rows == 0


def test_three_hundred_columns_are_described() -> None:
    dataset = describe_frame("wide", pd.DataFrame({f"c{i}": range(50) for i in range(300)}))
    assert len(dataset.schema) == 300


def test_an_index_with_a_name_is_mentioned() -> None:
    frame = pd.DataFrame({"a": [1, 2]}, index=pd.Index(["x", "y"], name="key"))
    assert any("`key`" in note for note in describe_frame("t", frame).notes)


def test_a_large_frame_has_one_fingerprint_until_it_is_written_to() -> None:
    frame = pd.DataFrame(np.zeros((300_000, 4)), columns=list("abcd"))
    known = Describer()
    first = known.fingerprint(frame)
    assert known.describe("t", frame).fingerprint == first == known.fingerprint(frame)
    frame.loc[77, "c"] = 1.0
    assert known.fingerprint(frame) != first
