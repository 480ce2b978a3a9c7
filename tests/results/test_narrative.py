"""Prose: every number in it was computed, and data cannot become markup."""

from __future__ import annotations

import re

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_jupyter.results.narrative import Subject, account, escape, number, say
from nexus_jupyter.results.result import Part

SUBJECT = Subject(
    label="average delay by carrier", keys=("carrier",), measures=("delay",), order="delay", descending=True, units={"delay": "min"}
)


@pytest.mark.parametrize("library", [pd, pl])
def test_a_table_is_said_by_its_extremes(library: object) -> None:
    frame = library.DataFrame({"carrier": ["F9", "UA", "US"], "delay": [20.2155, 12.0, 3.78]})  # type: ignore[attr-defined]
    text = say(Part(name="by_carrier", form="table", table=frame), SUBJECT).text
    assert text == "Average delay by carrier: highest for **F9** (20.22 min), lowest for **US** (3.78 min), of 3 groups."


@given(values=st.lists(st.floats(allow_nan=True, allow_infinity=True) | st.integers(), min_size=1, max_size=5))
def test_every_number_in_prose_is_bound_to_a_cell(values: list[float]) -> None:
    frame = pd.DataFrame({"carrier": [f"c{'abcde'[i]}" for i in range(len(values))], "delay": pd.Series(values, dtype="float64")})
    prose = say(Part(name="t", form="table", table=frame), SUBJECT)
    words = "".join(p for p in prose.pieces if isinstance(p, str))
    assert not re.search(r"\d", words)
    assert {b.source.split(".")[0].split("(")[0] for b in prose.bindings} <= {"t", "len"}


def test_a_value_carries_its_unit() -> None:
    part = Part(name="v", form="value", value=1234.5)
    assert say(part, Subject(label="average price", measures=("p",), units={"p": "USD"})).text == "The average price is **\\$1,234.50**."


def test_no_value_is_said_and_not_shown_as_nan() -> None:
    assert "no value" in say(Part(name="v", form="value", value=None), Subject(label="average price")).text


def test_an_empty_table_is_said() -> None:
    frame = pd.DataFrame({"carrier": [], "delay": []})
    assert say(Part(name="t", form="table", table=frame), SUBJECT).text.endswith("no row fits.")


@given(st.text(max_size=60))
def test_data_cannot_become_markup(text: str) -> None:
    shown = escape(text)
    assert not re.search(r"(?<!\\)[<\[`*]|(?<![^\W_])(?<!\\)_|(?<!\\)_(?![^\W_])", shown)
    assert "\n" not in shown


def test_rows_that_were_left_out_are_accounted_for() -> None:
    assert account(1204, 1310, missing=106, of="price", dataset="rows of sales").text == "1,204 of 1,310 rows of sales; 106 without price."


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (1234567, "1,234,567"),
        (2.0, "2"),
        (0.000123456, "0.0001235"),
        (float("inf"), "infinite"),
        (True, "yes"),
        (None, "missing"),
    ],
)
def test_numbers_are_written_for_readers(value: object, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("order", [None, "m0", "m1", "m2"])
@pytest.mark.parametrize("shown", [("m0",), ("m1", "m0"), ("m2", "m0", "m1"), ("m1", "m2")])
@pytest.mark.parametrize("label", ["", "key", "total m0 by key", "total m0, total m1 by key"])
def test_every_number_comes_from_the_column_that_the_sentence_names(label, shown, order):
    import pandas as pd

    said = {m: f"total {m}" for m in ("m0", "m1", "m2")}
    table = pd.DataFrame({"key": list("abc"), "m0": [1.5, 2.5, 3.5], "m1": [30.5, 20.5, 10.5], "m2": [500.5, 700.5, 600.5]})[
        ["key", *shown]
    ]
    prose = say(Part(name="t", form="table", table=table), Subject(label=label, keys=("key",), measures=shown, said=said, order=order))
    numbers = [b for b in prose.bindings if b.source.startswith("t.m")]
    assert len(numbers) == 2
    for bound in numbers:
        column, row = bound.source.removeprefix("t.").rstrip("]").split("[")
        assert bound.value == table[column][int(row)]
        named = prose.text.split(":")[0].lower()
        assert not label or (said[column] in named if len(shown) == 1 else named.endswith(f" – {said[column]}"))
