from __future__ import annotations

import pytest

import nexus_jupyter as nexus

N = 72


@pytest.fixture(scope="module")
def orders():
    import pandas as pd

    return pd.DataFrame(
        {
            "order_id": [f"O{i}" for i in range(N)],
            "order_date": pd.date_range("2020-01-05", periods=N, freq="10D"),
            "shop": [("Oslo", "Rome", "Bonn")[i * i % 5 % 3] for i in range(N)],
            "quantity": [1 + i * 3 % 7 for i in range(N)],
            "unit_price": [4.5 + (i * 11) % 23 for i in range(N)],
            "unit_cost": [2.25 + (i * 5) % 9 for i in range(N)],
        }
    )


def got(question, frame):
    answer = nexus.ask(question, data={"orders": frame})
    assert answer.status == "answered", answer.text
    return answer.value if answer.table is None else {row[0]: row[-1] for row in answer.table.to_numpy().tolist()}


def revenue(frame):
    return frame.quantity * frame.unit_price


def cost(frame):
    return frame.quantity * frame.unit_cost


@pytest.mark.parametrize("phrase", ["total revenue", "total sales", "revenue"])
def test_revenue_is_quantity_times_price_where_no_column_has_it(orders, phrase):
    answer = nexus.ask(f"{phrase} by shop", data={"orders": orders})
    wanted = revenue(orders).groupby(orders.shop).sum().to_dict()
    assert {row[0]: row[-1] for row in answer.table.to_numpy().tolist()} == pytest.approx(wanted)
    assert "revenue is quantity times unit_price." in [a.text for a in answer.assumptions]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("total cost", lambda f: cost(f).sum()),
        ("total profit", lambda f: (revenue(f) - cost(f)).sum()),
        ("profit margin", lambda f: 100 * (revenue(f) - cost(f)).sum() / revenue(f).sum()),
        ("average revenue per order", lambda f: revenue(f).mean()),
        ("how many orders have a revenue above 60", lambda f: (revenue(f) > 60).sum()),
        ("revenue in 2021", lambda f: revenue(f)[f.order_date.dt.year == 2021].sum()),
        ("change in revenue from 2020 to 2021", lambda f: revenue(f).groupby(f.order_date.dt.year).sum().diff()[2021]),
        ("revenue per unit", lambda f: revenue(f).sum() / f.quantity.sum()),
        ("sum of quantity multiplied by unit price", lambda f: revenue(f).sum()),
        ("total of unit_price * quantity", lambda f: revenue(f).sum()),
        ("average of unit price minus unit cost", lambda f: (f.unit_price - f.unit_cost).mean()),
        ("average unit price", lambda f: f.unit_price.mean()),
    ],
)
def test_made_column_is_used_like_any_other(orders, question, wanted):
    assert got(question, orders) == pytest.approx(wanted(orders))


def test_shop_with_the_most_profit_is_found(orders):
    sums = (revenue(orders) - cost(orders)).groupby(orders.shop).sum()
    assert got("which shop has the highest profit", orders) == {sums.idxmax(): pytest.approx(sums.max())}


def test_column_of_that_name_comes_first(orders):
    frame = orders.assign(revenue=1.5)
    assert got("total revenue", frame) == pytest.approx(1.5 * N)


def test_two_prices_leave_the_revenue_open(orders):
    answer = nexus.ask("total revenue", data={"orders": orders.assign(list_price=orders.unit_price + 1)})
    assert answer.status == "ambiguous"
    assert "list_price" in answer.text


def test_discount_leaves_open_whether_it_is_taken_off(orders):
    frame = orders.assign(discount=[i % 4 / 10 for i in range(N)])
    assert nexus.ask("total revenue", data={"orders": frame}).status == "ambiguous"
    assert got("total revenue after discount", frame) == pytest.approx((revenue(frame) * (1 - frame.discount)).sum())
    assert got("total revenue before discount", frame) == pytest.approx(revenue(frame).sum())


@pytest.mark.parametrize("missing", [["quantity"], ["unit_price"], ["quantity", "unit_price"]])
def test_revenue_without_its_parts_is_not_understood(orders, missing):
    answer = nexus.ask("total revenue by shop", data={"orders": orders.drop(columns=missing)})
    assert answer.status == "unanswerable"
    assert "revenue" in answer.text


def test_quantity_in_stock_is_no_quantity_sold():
    import pandas as pd

    stock = pd.DataFrame({"part": list("abcd"), "quantity": [5, 6, 7, 8], "price": [1.5, 2.5, 3.5, 4.5]})
    assert nexus.ask("total revenue", data={"parts": stock}).status != "answered"


def test_net_margin_is_not_made_of_cost(orders):
    assert nexus.ask("net margin by shop", data={"orders": orders}).status != "answered"


def test_made_column_is_the_same_in_polars(orders):
    import polars as pl

    other = nexus.ask("profit by shop", data={"orders": pl.from_pandas(orders)}).table
    assert {row[0]: row[-1] for row in other.rows()} == pytest.approx(got("profit by shop", orders))


@pytest.mark.parametrize(
    ("question", "func", "column"), [("quantity by shop", "sum", "quantity"), ("unit price by shop", "mean", "unit_price")]
)
def test_number_by_group_is_added_up_or_averaged(orders, question, func, column):
    assert got(question, orders) == pytest.approx(orders.groupby("shop")[column].agg(func).to_dict())
