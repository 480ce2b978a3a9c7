from __future__ import annotations

import pytest

import nexus_jupyter as nexus

N = 120


@pytest.fixture(scope="module")
def sales():
    import pandas as pd

    return pd.DataFrame(
        {
            "sale_id": range(N),
            "day": pd.date_range("2018-02-03", periods=N, freq="5D"),
            "region": [("North", "South", "East", "West")[i * i % 7 % 4] for i in range(N)],
            "takings": [5.5 + (i * 29) % 97 + i / 16 for i in range(N)],
            "units": [1 + (i * 5) % 8 for i in range(N)],
            "rating": [1 + (i * 11) % 41 / 10 for i in range(N)],
        }
    )


def got(question, frame):
    answer = nexus.ask(question, data={"sales": frame})
    assert answer.status == "answered", answer.text
    return answer.value if answer.table is None else {row[0]: row[-1] for row in answer.table.to_numpy().tolist()}


def column(question, frame):
    answer = nexus.ask(question, data={"sales": frame})
    assert answer.status == "answered", answer.text
    return sorted(answer.value) if answer.table is None else sorted(answer.table.iloc[:, 0])


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("how many sales have takings at least twice the average", lambda f: (f.takings >= 2 * f.takings.mean()).sum()),
        ("how many sales have takings less than half the median takings", lambda f: (f.takings < f.takings.median() / 2).sum()),
        ("how many sales have takings above 1.5 times the average", lambda f: (f.takings > 1.5 * f.takings.mean()).sum()),
        ("how many sales have takings above the median", lambda f: (f.takings > f.takings.median()).sum()),
        ("average takings of sales with a rating above the median", lambda f: f.takings[f.rating > f.rating.median()].mean()),
        ("what share of total takings comes from the North", lambda f: f.takings[f.region == "North"].sum() / f.takings.sum()),
        ("what percentage of sales are in the North", lambda f: 100 * (f.region == "North").mean()),
        ("difference between the highest and the lowest takings", lambda f: f.takings.max() - f.takings.min()),
        ("difference between mean takings and median takings", lambda f: f.takings.mean() - f.takings.median()),
        ("ratio of the maximum to the minimum takings", lambda f: f.takings.max() / f.takings.min()),
    ],
)
def test_number_is_compared_with_a_summary(sales, question, wanted):
    assert got(question, sales) == pytest.approx(wanted(sales))


def test_groups_are_compared_with_all_rows_and_with_one_of_them(sales):
    means = sales.groupby("region").takings.mean()
    assert column("which regions have an average takings above the overall average", sales) == sorted(
        means[means > sales.takings.mean()].index
    )
    assert column("which regions have a higher average takings than South", sales) == sorted(means[means > means["South"]].index)


def test_totals_are_not_compared_with_the_mean_of_rows(sales):
    assert nexus.ask("regions whose total takings is above the average takings", data={"sales": sales}).status != "answered"


def test_share_is_worked_out_in_each_group(sales):
    wanted = (sales.units >= 5).groupby(sales.region).mean()
    assert got("share of sales with at least 5 units by region", sales) == pytest.approx(wanted.to_dict())
    assert got("percentage of sales with at least 5 units by region", sales) == pytest.approx((100 * wanted).to_dict())


@pytest.mark.parametrize(("ordinal", "place"), [("second", 1), ("third", 2), ("3rd", 2)])
def test_ordinal_before_a_superlative_is_its_place(sales, ordinal, place):
    totals = sales.groupby("region").takings.sum().sort_values(ascending=False)
    assert got(f"which region has the {ordinal} highest total takings", sales) == {totals.index[place]: pytest.approx(totals.iloc[place])}
    assert column(f"the {ordinal} highest takings", sales) == [pytest.approx(sales.takings.nlargest(place + 1).iloc[-1])]


def test_running_total_adds_up_the_periods(sales):
    sums = sales[sales.day.dt.year == 2019].groupby(sales.day.dt.month).takings.sum().cumsum()
    assert list(got("cumulative takings by month in 2019", sales).values()) == pytest.approx(sums.tolist())


def test_period_with_the_most_is_a_group(sales):
    totals = sales.groupby(sales.day.dt.year).takings.sum()
    assert got("which year had the highest takings", sales) == {totals.idxmax(): pytest.approx(totals.max())}
    means = sales.groupby(sales.day.dt.year).rating.mean()
    assert len(got("in which year was the average rating highest", sales)) == 1
    assert next(iter(got("in which year was the average rating highest", sales).values())) == pytest.approx(means.max())


@pytest.mark.parametrize(
    "question",
    [
        "median takings of sales above the average",
        "how many sales have takings at least twice the average of their region",
        "compare the average rating of sales with takings above and below the median",
        "what percentage of total takings comes from the Moon",
    ],
)
def test_summary_of_what_is_not_said_is_refused(sales, question):
    assert nexus.ask(question, data={"sales": sales}).status != "answered"
