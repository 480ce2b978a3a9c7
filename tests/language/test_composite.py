"""A question over two tables whose key has two columns."""

from __future__ import annotations

import pandas as pd

import nexus_jupyter


def test_two_tables_join_by_both_columns_of_their_key():
    hours = pd.date_range("2024-01-01", periods=30, freq="h")
    weather = pd.DataFrame({"origin": ["JFK"] * 30 + ["LGA"] * 30, "time_hour": [*hours, *hours], "wind": [10.0, 20.0] * 30})
    flights = weather[["origin", "time_hour"]].iloc[[0, 1, 2, 31, 33]].assign(delay=[1.0, 5.0, 3.0, 7.0, 9.0])
    answer = nexus_jupyter.ask("average delay by wind", data={"flights": flights, "weather": weather})
    expected = flights.merge(weather, on=["origin", "time_hour"]).groupby("wind", as_index=False)["delay"].mean()
    assert answer.status == "answered", answer.text
    assert answer.table is not None
    assert answer.table.to_numpy().tolist() == expected.to_numpy().tolist()
    assert 'on=["origin", "time_hour"]' in answer.code


def test_a_join_that_repeats_the_rows_it_adds_up_says_so():
    orders = pd.DataFrame({"order_id": [1, 2], "amount": [10.0, 20.0]})
    items = pd.DataFrame({"item_id": [5, 6, 7], "order_id": [1, 1, 2], "colour": ["red", "blue", "red"]})
    answer = nexus_jupyter.ask("total amount by colour", data={"orders": orders, "items": items})
    assert answer.status == "answered", answer.text
    assert "repeats rows of orders: 2 became 3" in answer.rows
