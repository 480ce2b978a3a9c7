"""Steps: each one either derives a right schema or says which column does not fit."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.errors import ColumnNotFound, PlanError
from nexus_jupyter.plan.expressions import Arith, Between, Col, Compare, DatePart, If, In, Like, Lit, Span
from nexus_jupyter.plan.step import NEED_NUMBERS, AggFunc, Measure, SortKey
from nexus_jupyter.plan.steps import Aggregate, Bucket, Combine, Derive, FillMissing, Filter, Join, Select, Sort, Source, Top, Window
from nexus_jupyter.plan.summaries import BoxStats, Chart, Correlation, Histogram

names = st.text(min_size=1, max_size=8)
schemas = st.lists(
    st.builds(lambda n, k, r: Column(name=n, kind=k, role=r), names, st.sampled_from(list(Kind)), st.sampled_from(list(Role))),
    min_size=1,
    max_size=6,
    unique_by=lambda c: c.name,
).map(lambda columns: Schema(tuple(columns)))


@given(schema=schemas, func=st.sampled_from(get_args(AggFunc)), column=st.data())
def test_an_aggregation_fits_or_names_its_column(schema: Schema, func: str, column: st.DataObject) -> None:
    name = column.draw(st.one_of(st.sampled_from(schema.names), names))
    source = Source(dataset="t", table=schema)
    try:
        step = Aggregate(input=source, measures=(Measure(name="m", func=func, column=name, q=0.5, where=None),))  # type: ignore[arg-type]
    except ColumnNotFound as error:
        assert name not in schema.names
        assert f"`{name}`" in str(error)
    except PlanError as error:
        assert func == "share" or f"`{name}`" in str(error)
    else:
        assert step.schema.names == ("m",)
        if func in NEED_NUMBERS:
            assert schema.column(name).kind in {Kind.INTEGER, Kind.FLOAT, Kind.BOOLEAN, Kind.DURATION}


@given(schema=schemas, chosen=st.data())
def test_a_selection_keeps_order_and_kinds(schema: Schema, chosen: st.DataObject) -> None:
    columns = chosen.draw(st.permutations(schema.names))
    step = Select(input=Source(dataset="t", table=schema), columns=tuple(columns))
    assert [(c.name, c.kind) for c in step.schema] == [(n, schema.column(n).kind) for n in columns]


def test_a_filter_needs_a_condition(source: Source) -> None:
    with pytest.raises(PlanError, match="condition"):
        Filter(input=source, where=Col("distance"))


def test_text_and_number_cannot_be_compared(source: Source) -> None:
    with pytest.raises(PlanError, match="cannot be compared"):
        Filter(input=source, where=Compare(">", Col("carrier"), Lit(3)))
    with pytest.raises(PlanError, match="cannot be compared"):
        Filter(input=source, where=In(Col("carrier"), (1, 2)))
    with pytest.raises(PlanError, match="cannot be compared"):
        Filter(input=source, where=Between(Col("carrier"), Lit(1), Lit(2)))


def test_a_search_in_text_needs_text(source: Source) -> None:
    with pytest.raises(PlanError, match="needs text"):
        Filter(input=source, where=Like(Col("distance"), "contains", "x"))


def test_a_part_of_a_date_needs_a_date(source: Source) -> None:
    assert Derive(input=source, name="y", value=DatePart(Col("written"), "year")).schema.column("y").kind is Kind.INTEGER
    with pytest.raises(PlanError, match="needs a date"):
        Derive(input=source, name="y", value=DatePart(Col("carrier"), "year"))
    with pytest.raises(PlanError, match="two dates"):
        Derive(input=source, name="y", value=Span(Col("carrier"), Col("time_hour")))


def test_arithmetic_needs_numbers_and_keeps_integers(source: Source) -> None:
    assert Derive(input=source, name="d", value=Arith("+", Col("distance"), Lit(1))).schema.column("d").kind is Kind.INTEGER
    assert Derive(input=source, name="d", value=Arith("/", Col("distance"), Lit(1))).schema.column("d").kind is Kind.FLOAT
    with pytest.raises(PlanError, match="needs a number"):
        Derive(input=source, name="d", value=Arith("+", Col("carrier"), Lit(1)))


def test_a_choice_gives_one_kind(source: Source) -> None:
    with pytest.raises(PlanError, match="one kind"):
        Derive(input=source, name="d", value=If(Compare(">", Col("distance"), Lit(1)), Lit("far"), Lit(0)))


def test_a_time_bucket_needs_a_date(source: Source) -> None:
    assert Bucket(input=source, column="time_hour", unit="year", name="year").schema.column("year").kind is Kind.INTEGER
    assert Bucket(input=source, column="time_hour", unit="month_name", name="m").schema.column("m").kind is Kind.STRING
    with pytest.raises(PlanError, match="needs a date"):
        Bucket(input=source, column="carrier", unit="month", name="month")


def test_nested_values_form_no_groups(source: Source) -> None:
    with pytest.raises(PlanError, match="nested"):
        Aggregate(input=source, keys=("tags",), measures=(Measure(name="n", func="size"),))


def test_a_name_cannot_come_twice(source: Source) -> None:
    with pytest.raises(PlanError, match="twice"):
        Aggregate(input=source, keys=("carrier",), measures=(Measure(name="carrier", func="size"),))
    with pytest.raises(PlanError, match="twice"):
        Select(input=source, columns=("carrier", "carrier"))


def test_a_join_drops_the_right_key_of_the_same_name_and_renames_what_collides(source: Source) -> None:
    airlines = Source(dataset="airlines", table=Schema((source.schema.column("carrier"), source.schema.column("distance"))))
    joined = Join(left=source, right=airlines, left_on=("carrier",), right_on=("carrier",))
    assert joined.schema.names == (*source.schema.names, "distance_right")
    with pytest.raises(PlanError, match="cannot be equal"):
        Join(left=source, right=airlines, left_on=("carrier",), right_on=("distance",))


def test_sets_need_as_many_columns_on_both_sides(source: Source) -> None:
    one, two = Select(input=source, columns=("carrier",)), Select(input=source, columns=("carrier", "distance"))
    assert Combine(left=one, right=one, how="union").schema.names == ("carrier",)
    with pytest.raises(PlanError, match="1 and 2 columns"):
        Combine(left=one, right=two, how="except")


def test_ties_need_an_order_and_a_top_at_least_one_row(source: Source) -> None:
    with pytest.raises(PlanError, match="order"):
        Top(input=source, n=3, ties=True)
    with pytest.raises(PlanError, match="at least 1"):
        Top(input=source, n=0)


def test_a_sort_names_a_column_that_is_there(source: Source) -> None:
    with pytest.raises(ColumnNotFound, match="Did you mean `distance`"):
        Sort(input=source, by=(SortKey(column="distanse"),))


def test_windows_need_numbers_where_they_compute(source: Source) -> None:
    assert Window(input=source, name="r", func="rank", column="carrier").schema.column("r").kind is Kind.INTEGER
    with pytest.raises(PlanError, match="needs numbers"):
        Window(input=source, name="r", func="cumsum", column="carrier")


def test_filling_with_the_mean_needs_numbers(source: Source) -> None:
    with pytest.raises(PlanError, match="needs numbers"):
        FillMissing(input=source, column="carrier", how="mean")
    with pytest.raises(PlanError, match="needs a value"):
        FillMissing(input=source, column="carrier", how="value")


def test_a_correlation_needs_two_numbers(source: Source) -> None:
    assert Correlation(input=source, columns=("dep_delay", "distance")).schema.names == ("correlation",)
    with pytest.raises(PlanError, match="two numeric columns"):
        Correlation(input=source, columns=("dep_delay",))
    with pytest.raises(PlanError, match="needs numbers"):
        Correlation(input=source, columns=("dep_delay", "carrier"))


def test_charts_need_what_they_draw(source: Source) -> None:
    with pytest.raises(PlanError, match="number on y"):
        Chart(input=source, kind="bar", x="carrier", y="carrier")
    with pytest.raises(PlanError, match="box statistics"):
        Chart(input=source, kind="box", x="carrier", y="distance")
    with pytest.raises(PlanError, match="1 to 1000 bins"):
        Histogram(input=source, column="distance", bins=0)
    box = BoxStats(input=source, column="distance", by="carrier")
    assert Chart(input=box, kind="box", x="carrier", y="median").schema.names[0] == "carrier"
