from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import polars as pl
import pytest

from nexus_jupyter.review.agreement import compare, compare_figures, same

A = pd.DataFrame({"k": ["x", "y", None], "v": [1.0, float("nan"), 3.0]})
B = pl.DataFrame({"k": ["x", "y", None], "v": [1.0, None, 3.0]})


def test_the_same_table_of_two_libraries_agrees():
    assert compare(A, B, ordered=True) == ()


def test_order_counts_only_when_rows_are_sorted():
    assert compare(A, B.reverse()) == ()
    assert [f.rule for f in compare(A, B.reverse(), ordered=True)] == ["agreement"]


@pytest.mark.parametrize(
    "other",
    [B.with_columns(v=pl.col("v") + 1e-3), B.head(2), B.rename({"v": "w"}), 3.0],
)
def test_another_result_is_found(other):
    assert compare(A, other)


def test_values_agree_within_a_small_tolerance():
    assert compare(0.1 + 0.2, 0.3) == ()
    assert compare(0.3, 0.3001)


@pytest.mark.parametrize(
    ("x", "y", "equal"),
    [
        (1, 1.0, True),
        (None, float("nan"), True),
        (pd.NaT, None, True),
        (dt.date(2013, 1, 1), pd.Timestamp("2013-01-01"), True),
        ("a", "b", False),
        (None, 0, False),
    ],
)
def test_cells_are_the_same_whatever_holds_them(x, y, equal):
    assert same(x, y) is equal


def bars(**more):
    return go.Figure([go.Bar(**({"x": ["a", "b"], "y": [1.0, 2.0], "name": "n"} | more))])


@pytest.mark.parametrize(
    "other",
    [bars(y=[1.0, 2.5]), bars(x=["b", "a"]), bars(y=[1.0]), bars(name="m"), go.Figure([go.Scatter(x=["a", "b"], y=[1.0, 2.0], name="n")])],
    ids=["a point", "the order", "fewer points", "the name", "the kind"],
)
def test_another_drawing_is_found(other):
    assert [f.rule for f in compare_figures(bars(), other)] == ["agreement"]


def test_the_same_drawing_agrees_however_dates_and_arrays_are_written():
    one = go.Figure([go.Scatter(x=["2024-01-01", "2024-02-01"], y=np.array([1.0, 2.0]))])
    two = go.Figure([go.Scatter(x=["2024-01-01T00:00:00", "2024-02-01T00:00:00.000000"], y=[1, 2.0 + 1e-13])])
    assert compare_figures(one, two) == ()
