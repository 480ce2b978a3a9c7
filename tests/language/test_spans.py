from __future__ import annotations

import datetime as dt

import pytest

import nexus_jupyter as nexus
from nexus_jupyter.language.spans import begin, moved


@pytest.fixture(scope="module")
def sales():
    import pandas as pd

    days = pd.date_range("2023-02-01", "2024-05-20", freq="D")
    return pd.DataFrame(
        {"day": days, "store": [("North", "South")[i % 2] for i in range(len(days))], "revenue": [1.5 + i for i in range(len(days))]}
    )


def ask(question, frame):
    answer = nexus.ask(question, data={"sales": frame})
    assert answer.status == "answered", answer.text
    return answer


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("in the last quarter", "2024-04-01", "2024-06-30"),
        ("last month", "2024-05-01", "2024-05-31"),
        ("in the previous month", "2024-04-01", "2024-04-30"),
        ("this year", "2024-01-01", "2024-12-31"),
        ("in the last 30 days", "2024-04-21", "2024-05-20"),
        ("over the past 3 months", "2024-02-21", "2024-05-20"),
        ("since March", "2024-03-01", "2024-05-20"),
        ("since June", "2023-06-01", "2024-05-20"),
        ("since March 2023", "2023-03-01", "2024-05-20"),
        ("in Q3 2023", "2023-07-01", "2023-09-30"),
        ("in Q3", "2023-07-01", "2023-09-30"),
        ("in the third quarter of 2023", "2023-07-01", "2023-09-30"),
        ("in the first half of 2024", "2024-01-01", "2024-06-30"),
        ("between March and May", "2024-03-01", "2024-05-31"),
        ("from March to May 2023", "2023-03-01", "2023-05-31"),
        ("year to date", "2024-01-01", "2024-05-20"),
        ("before March 2023", "2023-02-01", "2023-02-28"),
    ],
)
def test_period_keeps_its_days(sales, words, start, end):
    kept = sales[sales.day.between(start, end)]
    assert ask(f"total revenue {words}", sales).value == pytest.approx(kept.revenue.sum())


def test_relative_period_is_said_with_the_end_of_the_data(sales):
    assert any("2024-05-20" in a.text for a in ask("total revenue last month", sales).assumptions)


def test_weekdays_are_monday_to_friday(sales):
    assert ask("number of rows on weekdays", sales).value == int((sales.day.dt.day_of_week < 5).sum())
    assert ask("number of rows on Mondays", sales).value == int((sales.day.dt.day_of_week == 0).sum())


def test_dates_written_as_text_have_an_end_too(sales):
    frame = sales.head(200).assign(day=sales.day.dt.strftime("%d/%m/%Y"))
    last = sales.day.head(200).max()
    kept = sales.head(200)[sales.day.head(200).dt.to_period("M") == last.to_period("M")]
    assert ask("total revenue last month", frame).value == pytest.approx(kept.revenue.sum())


def test_quantity_of_a_period_is_summed_and_that_is_said(sales):
    answer = ask("revenue since March 2024", sales)
    assert answer.value == pytest.approx(sales[sales.day >= "2024-03-01"].revenue.sum())
    assert any("summed" in a.text for a in answer.assumptions)


@pytest.mark.parametrize("question", ["total revenue next month", "total revenue for the last zorbics", "total revenue since Zorbuary"])
def test_period_that_the_data_cannot_have_is_not_answered(sales, question):
    assert nexus.ask(question, data={"sales": sales}).status != "answered"


def test_period_without_a_date_column_is_not_answered(sales):
    assert nexus.ask("total revenue last month", data={"sales": sales[["store", "revenue"]]}).status != "answered"


def test_month_moves_to_its_last_day_where_it_is_shorter():
    assert moved(dt.date(2024, 3, 31), "month", -1) == dt.date(2024, 2, 29)
    assert moved(dt.date(2024, 1, 15), "quarter", -1) == dt.date(2023, 10, 15)
    assert begin(dt.date(2024, 5, 19), "week") == dt.date(2024, 5, 13)
