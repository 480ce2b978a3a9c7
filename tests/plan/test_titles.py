from __future__ import annotations

import pytest

from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.plan.expressions import Col, Compare, Lit
from nexus_jupyter.plan.step import Measure, SortKey
from nexus_jupyter.plan.steps import Aggregate, Bucket, Filter, Source, Top
from nexus_jupyter.plan.summaries import BoxStats, Chart, Correlation, Grid, Histogram
from nexus_jupyter.plan.titles import titles, words

TABLE = Schema(
    (
        Column(name="DEPT_CODE", kind=Kind.STRING, role=Role.CATEGORY),
        Column(name="hired_on", kind=Kind.DATETIME, role=Role.DATE),
        Column(name="price_usd", kind=Kind.FLOAT, role=Role.MEASURE, unit="USD"),
        Column(name="LifeExpectancy", kind=Kind.FLOAT, role=Role.MEASURE),
    )
)
ROWS = Source(dataset="offers", table=TABLE, casts=())
PRICE = Measure(name="mean_price", func="mean", column="price_usd")


def by(*keys: str, step: object = ROWS, measure: Measure = PRICE) -> Aggregate:
    return Aggregate(input=step, keys=keys, measures=(measure,))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("DEPT_CODE", "dept code"),
        ("LifeExpectancy", "life expectancy"),
        ("stu_GPA", "stu GPA"),
        ("GNP", "GNP"),
        ("unit_price", "unit price"),
    ],
)
def test_a_name_is_written_as_people_write(name: str, said: str) -> None:
    assert words(name) == said


def test_a_measure_is_named_by_what_it_computes_with_its_unit() -> None:
    said = titles(Chart(input=by("DEPT_CODE"), kind="bar", x="DEPT_CODE", y="mean_price"))
    assert (said.title, said.x, said.y) == ("Average price (USD) by dept code", "Dept code", "Average price (USD)")


def test_counted_rows_are_called_by_their_table() -> None:
    counted = by("DEPT_CODE", measure=Measure(name="count", func="size"))
    assert titles(Chart(input=counted, kind="pie", x="DEPT_CODE", y="count")).title == "Number of offers by dept code"


def test_a_period_is_called_by_its_date() -> None:
    step = Bucket(input=ROWS, column="hired_on", unit="weekday_name", name="weekday")
    said = titles(Chart(input=by("weekday", step=step), kind="bar", x="weekday", y="mean_price"))
    assert (said.x, said.title) == ("Hired on (weekday)", "Average price (USD) by hired on (weekday)")


def test_a_series_and_small_multiples_are_in_the_title() -> None:
    step = Aggregate(input=ROWS, keys=("DEPT_CODE", "hired_on", "LifeExpectancy"), measures=(PRICE,))
    chart = Chart(input=step, kind="line", x="hired_on", y="mean_price", series="DEPT_CODE", facet="LifeExpectancy")
    assert titles(chart).title == "Average price (USD) by hired on, dept code and life expectancy"


def test_a_limit_and_conditions_are_said() -> None:
    kept = Filter(input=ROWS, where=Compare(">", Col("price_usd"), Lit(5)))
    top = Top(input=by("DEPT_CODE", step=kept), n=3, by=(SortKey(column="mean_price", descending=True),))
    said = titles(Chart(input=top, kind="bar", x="DEPT_CODE", y="mean_price")).title
    assert said == "Average price (USD) by dept code: the 3 highest, where price_usd is above 5"


def test_charts_of_their_own_step_have_their_own_titles() -> None:
    box = BoxStats(input=ROWS, column="price_usd", by="DEPT_CODE")
    assert titles(Chart(input=box, kind="box", x="DEPT_CODE", y="price_usd")).title == "Price (USD) by dept code"
    bins = Histogram(input=ROWS, column="price_usd")
    assert titles(Chart(input=bins, kind="histogram", x="bin_start", y="count")).title == "Distribution of price (USD)"
    grid = Grid(input=ROWS, x="price_usd", y="LifeExpectancy")
    said = titles(Chart(input=grid, kind="heatmap", x="price_usd", y="LifeExpectancy", color="count")).title
    assert said == "Life expectancy against price usd: number of rows"
    pairs = Correlation(input=ROWS, columns=("price_usd", "LifeExpectancy"), shape="pairs")
    assert titles(Chart(input=pairs, kind="heatmap", x="first", y="second", color="correlation")).title == (
        "Correlation of price usd and life expectancy"
    )


def test_what_the_chart_says_itself_comes_first() -> None:
    chart = Chart(input=by("DEPT_CODE"), kind="bar", x="DEPT_CODE", y="mean_price", title="Prices", x_title="Team", y_title="Dollars")
    said = titles(chart)
    assert (said.title, said.x, said.y) == ("Prices", "Team", "Dollars")
