"""What a request for a chart says about order, colours, axes and conditions."""

from __future__ import annotations

import pandas as pd
import pytest

from nexus_jupyter import ask
from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.language.language import understand
from nexus_jupyter.plan.expressions import Or
from nexus_jupyter.plan.steps import Aggregate, Filter, Sort
from nexus_jupyter.plan.summaries import Chart

SHOPS = pd.DataFrame(
    {
        "shop_id": range(1, 13),
        "name": ["Zoo", "apex", "Bell", "core", "Dune", "echo", "Fern", "gate", "Hall", "iris", "Jade", "kite"],
        "town": ["York", "Leeds", "Ely"] * 4,
        "opening_date": pd.date_range("2019-01-01", periods=12, freq="61D").astype(str),
        "floors": [1, 2, 3, 1] * 3,
        "seat_count": [10, 20, 35, 40, 55, 60, 75, 80, 95, 100, 115, 120],
        "lamp_count": [3, 4, 5, 9, 8, 7, 1, 2, 3, 6, 5, 4],
        "sales": [5.5, 7.5, 9.5, 2.5, 1.5, 8.5, 3.5, 4.5, 6.5, 9.0, 2.0, 1.0],
    }
)


@pytest.fixture(scope="module")
def shops() -> Catalog:
    return build_catalog({"shops": SHOPS})[0]


def drawn(question: str, catalog: Catalog) -> Chart:
    found = understand(question, catalog)
    assert found.status == "answered", (found.unknown, found.reason)
    chart = found.readings[0].plan.outputs[0].step
    assert isinstance(chart, Chart)
    return chart


def first(chart: Chart, kind: type) -> object:
    step = chart.input
    while not isinstance(step, kind):
        step = step.input
    return step


def test_bars_that_are_put_in_order_are_ordered_by_what_follows(shops: Catalog) -> None:
    chart = drawn("average sales by town, bar chart, and order the bars by average sales descending", shops)
    assert [(k.column, k.descending) for k in first(chart, Sort).by] == [("mean_sales", True)]


def test_names_are_sorted_whatever_their_case() -> None:
    figure = ask("bar chart of the name and sales of each shop, names in ascending order", data={"shops": SHOPS}, engine="rules").figure
    assert list(figure.data[0].x) == sorted(SHOPS.name, key=str.casefold)


def test_names_in_one_case_are_sorted_plainly(shops: Catalog) -> None:
    chart = drawn("bar chart of the number of shops by town, towns in ascending order", shops)
    assert not first(chart, Sort).fold


def test_a_stacked_chart_without_parts_is_not_drawn(shops: Catalog) -> None:
    assert understand("stacked bar chart of the number of shops by town", shops).status == "unanswerable"


def test_a_number_that_parts_the_bars_has_a_colour_for_each_value() -> None:
    figure = ask("stacked bar chart of the number of shops for each town split by floors", data={"shops": SHOPS}, engine="rules").figure
    assert [trace.name for trace in figure.data] == ["1", "2", "3"]


def test_different_things_are_counted_once(shops: Catalog) -> None:
    chart = drawn("bar chart of the number of different towns by floors", shops)
    assert [(m.func, m.column) for m in first(chart, Aggregate).measures] == [("count_distinct", "town")]


def test_numbers_that_columns_hold_are_drawn_of_each_row(shops: Catalog) -> None:
    chart = drawn("scatter plot of the number of seats and the number of lamps of the shops", shops)
    assert (chart.x, chart.y) == ("seat_count", "lamp_count")


def test_axes_are_as_they_are_named(shops: Catalog) -> None:
    chart = drawn("scatter plot to show sales on the y axis and lamp count on the x axis", shops)
    assert (chart.x, chart.y) == ("lamp_count", "sales")
    chart = drawn("scatter plot with x axis sales and y axis lamp count", shops)
    assert (chart.x, chart.y) == ("sales", "lamp_count")


def test_and_holds_closer_together_than_or(shops: Catalog) -> None:
    chart = drawn("bar chart of the number of shops per town with sales above 3 and floors equal to 2 or lamp count below 3", shops)
    where = first(chart, Filter).where
    assert isinstance(where, Or)
    assert len(where.parts) == 2


def test_or_joins_conditions_on_one_column(shops: Catalog) -> None:
    got = ask("bar chart of the number of shops by floors with sales above 3 and town York or Ely", data={"shops": SHOPS}, engine="rules")
    wanted = SHOPS[(SHOPS.sales > 3) & SHOPS.town.isin(["York", "Ely"])].groupby("floors").size()
    assert dict(zip(got.figure.data[0].x, got.figure.data[0].y, strict=True)) == wanted.to_dict()


def test_a_capital_letter_after_starts_with_is_the_text() -> None:
    got = ask("bar chart of the name and sales of shops whose name starts with A using a bar chart", data={"shops": SHOPS}, engine="rules")
    assert list(got.figure.data[0].x) == ["apex"]


def test_letters_may_be_several() -> None:
    got = ask("bar chart of name and sales of shops that have the letters z or x in their name", data={"shops": SHOPS}, engine="rules")
    assert got.status == "unanswerable" or set(got.figure.data[0].x) == {"Zoo", "apex"}
    got = ask("bar chart of name and sales of shops that have the letters Z or X in their name", data={"shops": SHOPS}, engine="rules")
    assert set(got.figure.data[0].x) == {"Zoo", "apex"}


def test_a_verb_tells_which_date_is_meant(shops: Catalog) -> None:
    frame = pd.DataFrame({"machine": list("abcd"), "repair_date": ["2020-01-05"] * 4, "installation_date": ["2020-02-05"] * 4})
    chart = drawn("how many machines were installed in each year? bar chart", build_catalog({"machines": frame})[0])
    assert chart.x == "year"
    assert drawn("bar chart of how many shops were opened in each year", shops).x == "year"


def test_a_category_that_repeats_is_summed_before_it_is_drawn(shops: Catalog) -> None:
    chart = drawn("pie chart of the sales of the towns", shops)
    assert [(m.func, m.column) for m in first(chart, Aggregate).measures] == [("sum", "sales")]


def test_colours_may_be_named_after_the_column(shops: Catalog) -> None:
    chart = drawn("stacked bar chart of the number of shops by town with the floors as the colour", shops)
    assert (chart.x, chart.series) == ("town", "floors")


def test_parts_that_are_stacked_ask_for_a_chart(shops: Catalog) -> None:
    chart = drawn("compare the number of shops for each town, stacked by floors", shops)
    assert (chart.x, chart.series) == ("town", "floors")


@pytest.mark.parametrize("question", ["top 2 towns by sales as a bar chart", "bar chart of the top 2 towns by sales"])
def test_the_top_of_a_group_is_measured_by_what_is_named(shops: Catalog, question: str) -> None:
    chart = drawn(question, shops)
    assert [(m.func, m.column) for m in first(chart, Aggregate).measures] == [("sum", "sales")]


def test_two_numbers_against_each_other_are_points(shops: Catalog) -> None:
    chart = drawn("plot sales against seat count", shops)
    assert (chart.kind, chart.x, chart.y) == ("scatter", "seat_count", "sales")


def test_a_histogram_of_groups_counts_each_by_itself() -> None:
    figure = ask("histogram of sales coloured by town with 4 bins", data={"shops": SHOPS}, engine="rules").figure
    assert [trace.name for trace in figure.data] == ["Ely", "Leeds", "York"]
    assert sum(sum(trace.y) for trace in figure.data) == len(SHOPS)


def test_a_trend_line_goes_with_points_and_nothing_else(shops: Catalog) -> None:
    assert drawn("scatter of sales and seat count with a trend line", shops).trend
    assert understand("pie chart of sales by town with a trend line", shops).status == "unanswerable"


def test_shares_in_bars_are_percents() -> None:
    figure = ask("bar chart of the percentage of sales by town", data={"shops": SHOPS}, engine="rules").figure
    assert sum(figure.data[0].y) == pytest.approx(100)


def test_a_cumulative_line_ends_at_the_total() -> None:
    figure = ask("cumulative sales over time as a line chart", data={"shops": SHOPS}, engine="rules").figure
    assert figure.data[0].y[-1] == pytest.approx(SHOPS.sales.sum())


def test_parts_of_a_hundred_percent_need_parts(shops: Catalog) -> None:
    assert drawn("100% stacked bar chart of sales by town and floors", shops).percent
    assert understand("100% stacked bar chart of sales by town", shops).status == "unanswerable"


def test_growth_is_not_drawn_as_something_else(shops: Catalog) -> None:
    assert understand("bar chart of the year over year growth of sales", shops).status == "unanswerable"
