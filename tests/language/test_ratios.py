from __future__ import annotations

import pytest

import nexus_jupyter as nexus

N = 24


@pytest.fixture(scope="module")
def orders():
    import pandas as pd

    return pd.DataFrame(
        {
            "order_id": [f"O{i}" for i in range(N)],
            "category": [("Books", "Toys", "Games")[i % 3] for i in range(N)],
            "status": [("Completed", "Returned", "Cancelled", "Completed")[i % 4] for i in range(N)],
            "quantity": [1 + i % 5 for i in range(N)],
            "sales": [10.5 + 3 * i for i in range(N)],
            "cost": [6.25 + i for i in range(N)],
            "gift": [i % 5 == 0 for i in range(N)],
        }
    )


def value(question, frame):
    answer = nexus.ask(question, data={"orders": frame})
    assert answer.status == "answered", answer.text
    return answer.value if answer.table is None else dict(answer.table.to_numpy().tolist())


def test_margin_is_made_of_sales_and_cost_where_no_column_has_it(orders):
    sums = orders.groupby("category")[["sales", "cost"]].sum()
    wanted = (100 * (sums.sales - sums.cost) / sums.sales).to_dict()
    assert value("profit margin by category", orders) == pytest.approx(wanted)


def test_margin_uses_the_profit_that_the_data_have(orders):
    frame = orders.assign(profit=orders.sales * 0.25)
    assert value("what is the profit margin", frame) == pytest.approx(25)


def test_column_with_the_margins_name_is_used_as_it_is(orders):
    frame = orders.assign(profit_margin=[0.5 + i for i in range(N)])
    assert value("average profit margin", frame) == pytest.approx(frame.profit_margin.mean())


@pytest.mark.parametrize(("noun", "status"), [("return", "Returned"), ("cancellation", "Cancelled"), ("completion", "Completed")])
def test_rate_is_the_share_of_rows_with_the_value_that_the_noun_names(orders, noun, status):
    wanted = (orders.status == status).groupby(orders.category).mean().mul(100).to_dict()
    assert value(f"What is the {noun} rate by category?", orders) == pytest.approx(wanted)


def test_rate_of_a_flag_counts_the_rows_where_it_is_set(orders):
    assert value("gift rate", orders) == pytest.approx(100 * orders.gift.mean())


def test_rate_of_an_unknown_noun_is_not_answered(orders):
    assert nexus.ask("zorbic rate by category", data={"orders": orders}).status != "answered"


def test_amount_per_unit_is_a_ratio_of_totals(orders):
    sums = orders.groupby("category")[["sales", "quantity"]].sum()
    assert value("average sales per unit sold by category", orders) == pytest.approx((sums.sales / sums.quantity).to_dict())


def test_amount_per_row_is_the_plain_mean(orders):
    assert value("average sales per order", orders) == pytest.approx(orders.sales.mean())


def test_second_function_without_a_column_is_of_the_same_column(orders):
    answer = nexus.ask("What is the total sales and average per order?", data={"orders": orders})
    assert answer.table.iloc[0].tolist() == pytest.approx([orders.sales.sum(), orders.sales.mean()])


def test_highest_rate_names_the_group_and_its_rate(orders):
    answer = nexus.ask("Which category has the highest return rate?", data={"orders": orders})
    rates = (orders.status == "Returned").groupby(orders.category).mean()
    assert set(answer.table["category"]) == set(rates[rates == rates.max()].index)
    assert answer.table.iloc[0, 1] == pytest.approx(100 * rates.max())


def test_ratio_names_both_of_its_columns(orders):
    answer = nexus.ask("ratio of sales to cost", data={"orders": orders})
    assert answer.value == pytest.approx(orders.sales.sum() / orders.cost.sum())
    assert "sales over cost" in answer.assumptions[0].text


def test_composed_number_is_the_same_in_polars(orders):
    import polars as pl

    other = nexus.ask("profit margin by category", data={"orders": pl.from_pandas(orders)})
    assert dict(other.table.rows()) == pytest.approx(value("profit margin by category", orders))


@pytest.fixture(scope="module")
def rides():
    import pandas as pd

    return pd.DataFrame(
        {
            "ride_id": range(N),
            "driver": [("Ann", "Bob", "Cid")[i % 3] for i in range(N)],
            "fare": [4.5 + i * 7 % 19 for i in range(N)],
            "distance_km": [1.5 + i * 5 % 13 for i in range(N)],
        }
    )


@pytest.mark.parametrize("unit", ["km", "kilometer", "distance"])
def test_amount_per_unit_or_measure_is_a_ratio_of_totals(rides, unit):
    answer = nexus.ask(f"fare per {unit} by driver", data={"rides": rides})
    sums = rides.groupby("driver")[["fare", "distance_km"]].sum()
    assert dict(answer.table.to_numpy().tolist()) == pytest.approx((sums.fare / sums.distance_km).to_dict())
    assert any("a ratio of totals" in a.text for a in answer.assumptions)


def test_number_by_another_measure_forms_no_groups(rides):
    assert nexus.ask("fare by distance", data={"rides": rides}).status != "answered"
