"""Results: what a run gave becomes what was asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from nexus_jupyter.errors import DataError
from nexus_jupyter.results.figures import figure_of
from nexus_jupyter.results.result import jsonable, plain, read
from nexus_jupyter.results.tables import records


@dataclass
class Table:
    frame: Any


@dataclass
class Scalar:
    value: Any


@dataclass
class Figure:
    spec: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        return self.spec


@pytest.mark.parametrize("library", [pd, pl])
def test_a_table_of_one_cell_is_a_value(library: Any) -> None:
    part = read(Table(library.DataFrame({"mean": [2.5]})), name="v", form="value")
    assert (part.form, part.value, part.table) == ("value", 2.5, None)


def test_a_table_of_one_column_is_a_list_that_keeps_its_table() -> None:
    part = read(Table(pl.DataFrame({"name": ["a", "b"]})), name="names", form="list")
    assert part.value == ["a", "b"]
    assert part.table is not None


def test_rounding_is_done_where_it_was_asked_for() -> None:
    assert read(Scalar(2.345678), name="v", form="value", decimals=2).value == 2.35
    assert read(Scalar(2.345678), name="v", form="value").value == 2.345678


def test_cells_become_plain_values() -> None:
    assert plain(np.int64(3)) == 3
    assert plain(pd.NaT) is None
    assert plain(float("nan")) is None
    assert plain(pd.Timestamp("2013-01-01")) == dt.datetime(2013, 1, 1)  # noqa: DTZ001 - the data has no zone


def test_json_holds_dates_as_text_and_nothing_that_is_no_json() -> None:
    assert jsonable({"a": [pd.Timestamp("2013-01-01"), float("inf"), float("nan"), {1}]}) == {
        "a": ["2013-01-01T00:00:00", "inf", None, [1]]
    }


def test_records_are_the_same_for_both_libraries() -> None:
    data = {"a": [1, None], "b": ["x", "y"]}
    assert records(pd.DataFrame(data)) == records(pl.DataFrame(data)) == [{"a": 1, "b": "x"}, {"a": None, "b": "y"}]


def test_a_figure_that_holds_rows_is_refused() -> None:
    small = figure_of(Figure({"data": [{"type": "bar", "x": ["a"], "y": [1]}], "layout": {}}))
    assert list(small.data[0].x) == ["a"]
    with pytest.raises(DataError, match="100 kB"):
        figure_of(Figure({"data": [{"type": "scatter", "x": list(range(30000)), "y": list(range(30000))}], "layout": {}}))
