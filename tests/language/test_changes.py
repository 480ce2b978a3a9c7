from __future__ import annotations

import pytest

import nexus_jupyter as nexus

N = 240


@pytest.fixture(scope="module")
def trips():
    import pandas as pd

    return pd.DataFrame(
        {
            "trip_id": range(N),
            "day": pd.date_range("2015-01-03", periods=N, freq="4D"),
            "city": [("Oslo", "Turin", "Graz")[i % 3] for i in range(N)],
            "mode": [("tram", "bus")[i * i % 7 % 2] for i in range(N)],
            "takings": [20.5 + (i * 37) % 101 + i / 8 for i in range(N)],
            "delay": [1.5 + (i * 13) % 17 for i in range(N)],
        }
    )


def got(question, frame):
    answer = nexus.ask(question, data={"trips": frame})
    assert answer.status == "answered", answer.text
    return answer.value if answer.table is None else {row[0]: row[-1] for row in answer.table.to_numpy().tolist()}


def in_year(frame, *years):
    return [frame[frame.day.dt.year == year] for year in years]


@pytest.mark.parametrize(
    ("question", "sign", "column", "func", "percent"),
    [
        ("change in total takings from 2015 to 2016", 1, "takings", "sum", False),
        ("change in takings between 2015 and 2016", 1, "takings", "sum", False),
        ("how much did average delay grow from 2015 to 2016", 1, "delay", "mean", False),
        ("how much did the takings drop from 2015 to 2016?", -1, "takings", "sum", False),
        ("percentage change in takings from 2015 to 2016", 1, "takings", "sum", True),
        ("by what percentage did average takings increase from 2015 to 2016", 1, "takings", "mean", True),
        ("growth of takings from 2015 to 2016", 1, "takings", "sum", True),
        ("how much more takings were there in 2016 than in 2015", 1, "takings", "sum", False),
        ("difference between total takings in 2016 and total takings in 2015", 1, "takings", "sum", False),
        ("total takings of 2016 minus total takings of 2015", 1, "takings", "sum", False),
        ("from 2015 to 2016, how much did the takings grow?", 1, "takings", "sum", False),
        ("what percentage more takings were there in 2016 than in 2015", 1, "takings", "sum", True),
        ("difference in mean delay between 2015 and 2016", 1, "delay", "mean", False),
    ],
)
def test_change_is_the_later_period_less_the_earlier(trips, question, sign, column, func, percent):
    old, new = (rows[column].agg(func) for rows in in_year(trips, 2015, 2016))
    wanted = sign * (new - old)
    assert got(question, trips) == pytest.approx(100 * wanted / old if percent else wanted)


def test_change_is_worked_out_in_each_group(trips):
    old, new = (rows.groupby("city").takings.sum() for rows in in_year(trips, 2015, 2016))
    assert got("change in takings from 2015 to 2016 by city", trips) == pytest.approx((new - old).to_dict())
    best = (new / old).idxmax()
    assert got("which city had the largest growth in takings from 2015 to 2016", trips) == {
        best: pytest.approx(100 * (new / old)[best] - 100)
    }


def test_group_whose_measure_grew_most_is_found(trips):
    old, new = (rows.groupby("city").delay.mean() for rows in in_year(trips, 2015, 2016))
    best = (new - old).idxmax()
    assert got("which city's average delay grew the most from 2015 to 2016", trips) == {best: pytest.approx((new - old)[best])}


@pytest.mark.parametrize(("first", "second"), [("Q1 2016", "Q2 2016"), ("January 2016", "March 2016"), ("January", "March 2016")])
def test_sides_may_be_quarters_and_months(trips, first, second):
    months = {"Q1 2016": (1, 2, 3), "Q2 2016": (4, 5, 6), "January 2016": (1,), "January": (1,), "March 2016": (3,)}
    rows = trips[trips.day.dt.year == 2016]
    old, new = (rows[rows.day.dt.month.isin(months[side])].delay.mean() for side in (first, second))
    assert got(f"how did average delay change from {first} to {second}", trips) == pytest.approx(new - old)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("difference in average delay between Oslo and Graz", lambda a, b: a.delay.mean() - b.delay.mean()),
        ("difference between the average delay of Oslo and Graz", lambda a, b: a.delay.mean() - b.delay.mean()),
        ("absolute difference in mean takings between Oslo and Graz", lambda a, b: abs(a.takings.mean() - b.takings.mean())),
        ("by how much do the average delay of Oslo and Graz differ", lambda a, b: abs(a.delay.mean() - b.delay.mean())),
        ("how much higher is the average delay of Oslo than of Graz", lambda a, b: a.delay.mean() - b.delay.mean()),
        ("how much lower is the total takings of Oslo than of Graz", lambda a, b: b.takings.sum() - a.takings.sum()),
        ("how many more trips did Oslo have than Graz", lambda a, b: len(a) - len(b)),
        ("ratio of total takings of Oslo to Graz", lambda a, b: a.takings.sum() / b.takings.sum()),
    ],
)
def test_groups_are_set_against_each_other_as_they_are_said(trips, question, wanted):
    assert got(question, trips) == pytest.approx(wanted(trips[trips.city == "Oslo"], trips[trips.city == "Graz"]))


@pytest.mark.parametrize("question", ["compare total takings in Q1 2016 with Q2 2016", "takings in Q1 2016 vs Q2 2016"])
def test_periods_that_are_compared_are_shown_side_by_side(trips, question):
    table = nexus.ask(question, data={"trips": trips}).table
    rows = trips[trips.day.dt.year == 2016]
    assert table.iloc[:, -1].tolist() == pytest.approx([rows[rows.day.dt.quarter == q].takings.sum() for q in (1, 2)])


@pytest.mark.parametrize(
    "question",
    [
        "change in takings from 2015 to 2019",
        "change in takings between Oslo and Graz",
        "change in happiness from 2015 to 2016",
        "change in takings from 2015 to 2016 for premium members",
        "how much did it grow from 2015 to 2016",
        "difference in the share of tram trips between 2015 and 2016",
        "total takings in Q1 2016 and in Q2 2016 of the year 2015",
    ],
)
def test_change_of_what_is_not_there_is_refused(trips, question):
    assert nexus.ask(question, data={"trips": trips}).status != "answered"


def test_each_side_is_said_as_an_assumption(trips):
    answer = nexus.ask("percentage change in takings from 2015 to 2016", data={"trips": trips})
    assert any("2016 less 2015, in percent of 2015" in a.text for a in answer.assumptions)


def test_change_is_the_same_in_polars(trips):
    import polars as pl

    question = "percentage change in average delay from 2015 to 2016 by city"
    other = nexus.ask(question, data={"trips": pl.from_pandas(trips)}).table
    assert {row[0]: row[-1] for row in other.rows()} == pytest.approx(got(question, trips))


def test_growth_from_year_to_year_names_its_period(trips):
    sums = trips.groupby(trips.day.dt.year).takings.sum()
    found = got("year over year growth of takings", trips)
    assert found[2016] == pytest.approx(sums[2016] / sums[2015] - 1)


@pytest.mark.parametrize(
    "question",
    ["difference in takings between 3 January 2015 and 7 January 2015", "how much more takings on 2015-01-07 than on 2015-01-03"],
)
def test_two_days_are_two_periods_or_a_calm_sentence(question, trips):
    answer = nexus.ask(question, data={"trips": trips})
    assert answer.status != "failed", answer.text
    if answer.status == "answered":
        first, second = (trips[trips.day == day]["takings"].sum() for day in ("2015-01-03", "2015-01-07"))
        assert abs(answer.value) == pytest.approx(abs(second - first))
