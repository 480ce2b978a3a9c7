"""One of several asks that is not understood: the others are answered, and it is named; never a silent half."""

from __future__ import annotations

import pandas as pd
import pytest

import nexus_jupyter as nexus


@pytest.fixture(scope="module")
def session():
    own = nexus.Session()
    yield own
    own.close()


@pytest.fixture(scope="module")
def sales():
    return pd.DataFrame(
        {
            "region": ["north", "south"] * 4,
            "product": ["tea", "milk"] * 4,
            "price": [1.0, 2.0, 3.0, 4.0] * 2,
            "quantity": range(8),
            "sold_on": pd.date_range("2023-01-01", periods=8, freq="11D"),
        }
    )


@pytest.mark.parametrize(
    ("text", "value", "missed"),
    [
        ("What is the average price? What is the average wage?", 2.5, "“What is the average wage”. Not understood: “wage”"),
        ("What is the average wage? What is the total quantity?", 28, "“What is the average wage”"),
        ("average price and average zorbic", 2.5, "“average zorbic”. Not understood: “zorbic”"),
        ("average price, also the average wage", 2.5, "“the average wage”"),
        ("How many sales are there? How many sales were there in 2019?", 8, "There is no 2019"),
        ("What is the average price of the zorbic quandles? What is the total quantity?", 28, "“zorbic”, “quandles”"),
    ],
)
def test_the_ask_that_is_understood_is_answered_and_the_other_one_is_named(text, value, missed, session, sales):
    answer = session.ask(text, data={"sales": sales})
    assert answer.status == "answered", answer.text
    assert len(answer.parts) == 1
    assert answer.value == value
    assert "Not answered: " in answer.text
    assert missed in answer.text
    assert not any("Not answered" in a.text for a in answer.assumptions)


@pytest.mark.parametrize(
    "text",
    [
        "average price and average wage in the north",  # the region may be meant for both
        "average price by region and by zorbic",
        "average price by region. Use only the zorbic data.",
        "average price. Only zorbic rows.",
        "how many products and how many unicorns are there in the north?",
        "Which planet sells the most? What is the average price there?",
        "Which region has the highest average price? List the zorbic and the price.",
        "give the mean price and total zorbic of products which are tea",
        "average price for the zorbic quandles and total quantity",
        "Which zorbic came first? List the region and the product.",
        "How many products for each region? Plot them as a bar chart for the zorbic quandles.",
        "How many products for each region? Draw a bar chart of the zorbic share.",
        "Which products have a price above the average? Give me theor zorbic names.",
    ],
)
def test_a_condition_that_is_not_understood_holds_for_all_and_nothing_is_answered(text, session, sales):
    answer = session.ask(text, data={"sales": sales})
    assert answer.status == "unanswerable", answer.text
    assert answer.unknown


def test_a_part_that_is_left_out_stays_named_in_the_plan_and_in_the_unknown_words(session, sales):
    answer = session.ask("What is the average price? What is the average wage?", data={"sales": sales})
    assert answer.unknown == ("wage",)
    assert [a.about for a in answer.plan.assumptions] == ["left out"]


def test_two_asks_that_are_understood_are_both_answered(session, sales):
    answer = session.ask("What is the average price? What is the total quantity?", data={"sales": sales})
    assert answer.status == "answered"
    assert answer.unknown == ()
    assert "Not answered" not in answer.text


def test_what_is_named_cannot_become_markup(session, sales):
    answer = session.ask("What is the average price? What is the average <img src=x> wage?", data={"sales": sales})
    assert answer.status == "answered"
    assert "Not answered" in answer.text
    assert "<img" not in answer.text
