from __future__ import annotations

import pytest

import nexus_jupyter as nexus
from nexus_jupyter.language.preamble import peel


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Load this data into SQL and show me the top 3 orders", "show me the top 3 orders"),
        ("Using pandas, average price by city", "average price by city"),
        ("Average price by city using polars?", "Average price by city?"),
        ("Hello, how many rows are there, please?", "how many rows are there?"),
        ("use SQL", "use SQL"),
        ("average price in Python county", "average price in Python county"),
    ],
)
def test_what_only_says_how_to_go_about_it_is_peeled_off(text, bare):
    assert peel(text) == bare


@pytest.fixture(scope="module")
def orders():
    import pandas as pd

    n = 20
    return pd.DataFrame(
        {
            "order_id": [f"O{i:02d}" for i in range(n)],
            "day": pd.date_range("2024-01-01", periods=n),
            "product_name": [("Pen", "Ink")[i % 2] for i in range(n)],
            "payment": [("PayPal", "Credit Card")[i % 2] for i in range(n)],
            "total_amount": [10.25 * i for i in range(n)],
        }
    )


def test_value_in_camel_case_is_one_word(orders):
    assert nexus.ask("how many orders were paid via PayPal", data={"shop": orders}).value == 10


def test_entry_of_a_table_of_purchases_is_its_row_and_an_amount_its_value(orders):
    answer = nexus.ask("list orders over $150", data={"shop": orders})
    assert answer.status == "answered", answer.text
    assert len(answer.table) == int((orders.total_amount > 150).sum())
    assert any("total_amount" in a.text for a in answer.assumptions)


def test_row_whose_label_repeats_is_shown_with_its_key(orders):
    answer = nexus.ask("show the top 3 orders by total_amount", data={"shop": orders})
    assert answer.table["order_id"].tolist() == ["O19", "O18", "O17"]
    assert "total_amount" in answer.table.columns


def test_amount_in_a_table_without_amounts_is_not_guessed():
    import pandas as pd

    frame = pd.DataFrame({"order_id": ["a", "b"], "weight": [1.5, 2.5]})
    assert nexus.ask("list orders over $150", data={"shop": frame}).status != "answered"
