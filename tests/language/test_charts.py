from __future__ import annotations

import pandas as pd
import pytest

from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.language.language import understand
from nexus_jupyter.plan.steps import Aggregate, Bucket, Filter, Join, Select, Sort, Top
from nexus_jupyter.plan.summaries import Chart


@pytest.fixture(scope="module")
def studio() -> Catalog:
    """Rooms that guests book."""
    n = 24
    bookings = pd.DataFrame(
        {
            "booking_id": range(1, n + 1),
            "room_id": [1 + i % 4 for i in range(n)],
            "hired_on": pd.date_range("2021-01-04", periods=n, freq="9D").astype(str),
            "payment_kind_code": [("cash", "card", "cheque")[i % 3] for i in range(n)],
            "amount_paid": [40.5 + 3 * (i % 7) for i in range(n)],
            "low_estimate": [1.5 * i for i in range(n)],
            "high_estimate": [2.5 * i + 1 for i in range(n)],
            "guest_sex": [("M", "F")[i % 2] for i in range(n)],
        }
    )
    rooms = pd.DataFrame(
        {
            "room_id": [1, 2, 3, 4],
            "name": ["Attic", "Barn", "Cellar", "Den"],
            "decor": ["plain", "modern", "plain", "rustic"],
            "weight": [12.5, 8.5, 3.5, 9.5],
            "capacity": [10, 20, 30, 40],
        }
    )
    return build_catalog({"bookings": bookings, "rooms": rooms})[0]


def drawn(question: str, catalog: Catalog) -> Chart:
    found = understand(question, catalog)
    assert found.status == "answered", (found.unknown, found.reason)
    chart = found.readings[0].plan.outputs[0].step
    assert isinstance(chart, Chart)
    return chart


def steps(chart: Chart) -> list[object]:
    found: list[object] = [chart]
    while hasattr(found[-1], "input"):
        found.append(found[-1].input)
    return found


def one(chart: Chart, kind: type) -> object:
    return next(s for s in steps(chart) if isinstance(s, kind))


AXES = (
    ("bar chart of the number of bookings for each payment kind", "bar", "payment_kind_code", "count", None),
    ("bar chart of total amount paid by payment kind code", "bar", "payment_kind_code", "sum_amount_paid", None),
    ("scatter of the low and high estimates", "scatter", "low_estimate", "high_estimate", None),
    ("scatter of the average and minimum amount paid colored by payment kind code", "scatter", "mean_amount_paid", "min_amount_paid", "payment_kind_code"),
    ("bar chart of the weight of each room", "bar", "name", "weight", None),
    ("average amount paid of male and female guests as a bar chart", "bar", "guest_sex", "mean_amount_paid", None),
    ("pie chart of the number of decors of each room", "pie", "decor", "count", None),
    ("bar chart of the number of bookings with amount paid over 50, sorted by payment kind code", "bar", "payment_kind_code", "count", None),
    ("stacked bar chart of the number of bookings by payment kind code and guest sex", "bar", "payment_kind_code", "count", "guest_sex"),
    ("bin the hired on date into weekday intervals and count them in a bar chart", "bar", "weekday", "count", None),
    ("bin hired on by month and sum the amount paid of each bin, bar chart", "bar", "month", "sum_amount_paid", None),
    ("bar chart of hired on, bin the x axis into year interval", "bar", "year", "count", None),
)  # fmt: skip


@pytest.mark.parametrize(("question", "kind", "x", "y", "series"), AXES, ids=[a[0][:40] for a in AXES])
def test_axes_follow_from_the_words(studio: Catalog, question: str, kind: str, x: str, y: str, series: str | None) -> None:
    chart = drawn(question, studio)
    assert (chart.kind, chart.x.replace("month_name", "month"), chart.y, chart.series) == (kind, x, y, series)


def test_two_values_side_by_side_are_the_groups(studio: Catalog) -> None:
    chart = drawn("average amount paid of male and female guests as a bar chart", studio)
    assert one(chart, Aggregate).keys == ("guest_sex",)
    assert one(chart, Filter)


def test_a_label_that_each_row_has_once_is_not_counted_row_by_row(studio: Catalog) -> None:
    plan = understand("pie chart of the number of decors of each room", studio).readings[0].plan
    assert any("has one decor" in a.text for a in plan.assumptions)


def test_the_top_n_highest_is_one_limit(studio: Catalog) -> None:
    top = one(drawn("bar chart of the number of bookings of the top 2 highest capacity rooms by name", studio), Top)
    assert (top.n, top.by[0].column) == (2, "max_capacity")


def test_a_count_goes_through_the_join_to_the_label(studio: Catalog) -> None:
    chart = drawn("show the names of different rooms and how many bookings each has in a bar chart", studio)
    assert (chart.x, chart.y) == ("name", "count")


def test_an_order_by_the_binned_date_orders_the_periods(studio: Catalog) -> None:
    chart = drawn("bar chart of the number of bookings, bin hired on by month, order by hired on descending", studio)
    assert one(chart, Sort).by[0].column == one(chart, Bucket).name


def test_over_before_a_number_compares(studio: Catalog) -> None:
    assert one(drawn("bar chart of how many rooms per decor with a capacity of over 15", studio), Filter)


def test_rows_are_drawn_without_a_measure(studio: Catalog) -> None:
    assert one(drawn("bar chart of name and capacity of the rooms", studio), Select)


REFUSED = (
    ("bar chart of the number of bookings by payment kind code sorted by the capacity", "order"),
    ("line chart of the low estimate", "one or two columns"),
    ("bar chart of the average and minimum amount paid by guest sex", "two measures"),
    ("pie chart of bookings by payment kind code for the zorbic quandles", "quandles"),
)


@pytest.mark.parametrize(("question", "why"), REFUSED, ids=[q for q, _ in REFUSED])
def test_what_cannot_be_drawn_is_refused_with_its_reason(studio: Catalog, question: str, why: str) -> None:
    found = understand(question, studio)
    assert found.status != "answered"
    assert why in found.reason


def test_a_slip_of_the_pen_is_read_as_the_one_near_word_and_said(studio: Catalog) -> None:
    found = understand("bar chart of average capcity by decor in descennding order", studio)
    assert found.status == "answered", found.reason
    said = [a.text for a in found.readings[0].plan.assumptions if a.about == "word"]
    assert said == ["“capcity” is read as “capacity”.", "“descennding” is read as “descending”."]


def test_a_known_word_is_not_corrected_into_another(studio: Catalog) -> None:
    county = pd.DataFrame({"county": ["A", "B", "C"], "size": [1.0, 2.0, 4.0]})
    assert understand("bar chart of the average size by country", build_catalog({"areas": county})[0]).status != "answered"


def test_the_class_of_what_a_column_holds_is_part_of_its_name() -> None:
    trips = pd.DataFrame({"origin": ["Ulm", "Jena", "Ulm"], "miles": [3.0, 4.0, 6.0]})
    chart = drawn("pie chart of the number of trips for each origin city", build_catalog({"trips": trips})[0])
    assert (chart.x, chart.y) == ("origin", "count")


def test_a_noun_whose_key_each_row_holds_says_what_rows_are_about() -> None:
    frame = pd.DataFrame({"film_id": [1, 2, 1, 3], "low_estimate": [1.5, 2.5, 3.5, 7.5], "high_estimate": [2.5, 4.5, 6.5, 8.5]})
    catalog = build_catalog({"estimates": frame})[0]
    chart = drawn("scatter chart of the low and high estimates of films", catalog)
    assert (chart.x, chart.y, chart.series) == ("low_estimate", "high_estimate", None)


def test_an_order_of_something_listed_goes_by_what_follows_of(studio: Catalog) -> None:
    chart = drawn(
        "sort the payment kind codes in descending order of their number of bookings, show payment kind codes and counts as bar chart",
        studio,
    )
    assert [(k.column, k.descending) for k in one(chart, Sort).by] == [("count", True)]


def test_two_comparisons_may_be_joined_by_or(studio: Catalog) -> None:
    chart = drawn("pie chart of bookings with amount paid higher than 55 or lower than 45 per payment kind code", studio)
    assert type(one(chart, Filter).where).__name__ == "Or"


def test_a_letter_in_a_column_is_looked_for(studio: Catalog) -> None:
    chart = drawn("bar chart of name and capacity of rooms with the letter a in their names", studio)
    where = one(chart, Filter).where
    assert (type(where).__name__, where.text, where.mode) == ("Like", "a", "contains")


def test_a_column_beside_its_number_is_a_condition_even_after_by(studio: Catalog) -> None:
    chart = drawn("bar chart of the number of bookings taken by room id 3 for each payment kind code", studio)
    assert (chart.x, type(one(chart, Filter).where).__name__) == ("payment_kind_code", "Compare")


def test_one_value_of_the_only_group_is_nothing_to_compare(studio: Catalog) -> None:
    assert "nothing to compare" in understand("bar chart of rooms by decor where decor is plain", studio).reason


LOOKS = (
    ("bar chart of average amount paid by payment kind code on a log scale", {"log_y": True}),
    ("horizontal bar chart of average amount paid by payment kind code", {"horizontal": True, "kind": "bar"}),
    ("line chart of total amount paid by month of hired on, one panel for each guest sex", {"facet": "guest_sex", "kind": "line"}),
    ("small multiples of total amount paid by month of hired on and guest sex", {"facet": "guest_sex", "series": None}),
    ("share of bookings by payment kind code as a chart", {"kind": "pie"}),
    ("chart of the number of bookings by weekday of hired on", {"kind": "bar", "x": "weekday", "series": None}),
    ("chart of low estimate and high estimate", {"kind": "scatter"}),
    ("chart of total amount paid by month of hired on", {"kind": "line"}),
)


@pytest.mark.parametrize(("question", "looks"), LOOKS, ids=[q[:50] for q, _ in LOOKS])
def test_looks_that_are_asked_for_are_drawn(studio: Catalog, question: str, looks: dict[str, object]) -> None:
    chart = drawn(question, studio)
    assert {name: getattr(chart, name) for name in looks} == looks


@pytest.mark.parametrize(
    "question", ["bar chart of amount by kind", "box plot of amount by kind", "heatmap of the correlations", "scatter of amount and size"]
)
def test_a_table_without_rows_is_nothing_to_draw(question: str) -> None:
    frame = pd.DataFrame({"kind": ["a"], "amount": [1.0], "size": [2.0]}).iloc[:0]
    found = understand(question, build_catalog({"fees": frame})[0])
    assert (found.status, found.reason) == ("unanswerable", "`fees` has no rows, so there is nothing to draw.")


def test_one_row_has_no_correlation() -> None:
    catalog = build_catalog({"fees": pd.DataFrame({"amount": [1.0], "size": [2.0]})})[0]
    assert understand("heatmap of the correlations", catalog).reason == "A correlation needs at least two rows, and `fees` has one."


def test_a_unit_that_a_column_is_called_by_goes_with_its_number() -> None:
    frame = pd.DataFrame({"name": ["a", "b"], "price_in_dollars": [3.0, 900.0], "price_in_euros": [2.0, 800.0], "capacity": [4, 6]})
    chart = drawn("pie chart of name and capacity of goods with a price above 700 dollars", build_catalog({"goods": frame})[0])
    assert one(chart, Filter).where.left.name == "price_in_dollars"


def test_each_with_a_general_noun_finds_the_column_that_ends_in_it() -> None:
    frame = pd.DataFrame({"product_category_code": ["a", "b", "a"], "product_price": [1.0, 2.0, 4.0]})
    chart = drawn("pie chart of the average price of the products for each category", build_catalog({"products": frame})[0])
    assert (chart.x, chart.y) == ("product_category_code", "mean_product_price")


def test_rows_are_counted_over_the_key_that_lets_them_be_many() -> None:
    letters = list("ABCDEF")
    departments = pd.DataFrame({"dept_code": letters, "emp_num": range(101, 107), "site": ["North", "South"] * 3})
    professors = pd.DataFrame({"emp_num": range(101, 121), "dept_code": (letters * 4)[:20], "office": [f"R{i}" for i in range(20)]})
    catalog = build_catalog({"departments": departments, "professors": professors})[0]
    join = one(drawn("bar chart of the number of professors for each site", catalog), Join)
    assert join.left_on == ("dept_code",)


def test_a_value_that_is_fixed_is_no_series(studio: Catalog) -> None:
    chart = drawn("how many bookings whose decor is plain are hired in each weekday? bar chart", studio)
    assert (chart.x, chart.series) == ("weekday", None)


def test_a_name_that_only_another_table_has_is_not_drawn_by_key() -> None:
    runners = pd.DataFrame({"runner_id": [1, 2, 3], "person_id": [7, 8, 9], "pace": [4.5, 5.0, 6.0]})
    people = pd.DataFrame({"person_id": [7, 8, 9], "name": ["Ann", "Bo", "Cy"]})
    found = understand("bar chart of the name of each runner and the pace", build_catalog({"runners": runners, "people": people})[0])
    drawn_by = [o.step.x for r in found.readings[:1] for o in r.plan.outputs if isinstance(o.step, Chart)]
    assert found.status == "unanswerable" or drawn_by == ["name"]


def test_a_total_number_of_what_a_column_counts_is_added_up() -> None:
    frame = pd.DataFrame({"location": ["Hall", "Hall", "Pier"], "number_of_hosts": [5, 23, 4]})
    chart = drawn("what is the total number of hosts for each location? bar chart", build_catalog({"parties": frame})[0])
    assert (chart.x, chart.y) == ("location", "sum_number_of_hosts")


def test_the_first_of_all_is_not_drawn_over_groups() -> None:
    frame = pd.DataFrame({"name": list("abcd"), "country": ["FR", "FR", "NL", "NL"], "age": [25, 41, 52, 30]})
    catalog = build_catalog({"singers": frame})[0]
    asked = "bar chart with the country on the x axis and the age of the youngest singer on the y axis"
    assert understand(asked, catalog).status == "unanswerable"


def test_an_amount_paid_is_the_payment_of_another_table() -> None:
    customers = pd.DataFrame({"customer_id": [1, 2, 3], "status_code": ["good", "bad", "good"], "amount_outstanding": [2.0, 3.0, 4.0]})
    payments = pd.DataFrame({"payment_id": range(4), "customer_id": [1, 1, 2, 3], "amount_payment": [9.0, 8.0, 7.0, 6.0]})
    chart = drawn(
        "bar chart of the total amount paid by customers of each status code",
        build_catalog({"customers": customers, "payments": payments})[0],
    )
    assert chart.y == "sum_amount_payment"


def test_without_what_a_column_says_yes_or_no_to_is_no() -> None:
    frame = pd.DataFrame({"model": list("abcd"), "year": [2002, 2002, 2003, 2003], "bluetooth": ["No", "1.1", "Yes", "No"]})
    chart = drawn("bar chart of the number of phones without bluetooth for each year", build_catalog({"phones": frame})[0])
    assert one(chart, Filter).where.right.value == "No"


@pytest.mark.parametrize(
    ("clause", "by", "descending"),
    [
        (", x axis in descending order", "x", True),
        (" with the x-axis from low to high", "x", False),
        (". X from Z to A", "x", True),
        (", y axis in descending order", "y", True),
    ],
)
def test_an_axis_in_a_clause_of_its_own_is_what_is_sorted(studio: Catalog, clause: str, by: str, *, descending: bool) -> None:
    sort = one(drawn(f"bar chart of the number of rooms for each decor{clause}", studio), Sort)
    assert (sort.by[0].column == "decor", sort.by[0].descending) == (by == "x", descending)
