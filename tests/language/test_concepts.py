from __future__ import annotations

import pytest

from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.language.language import understand
from nexus_jupyter.plan.steps import Aggregate, Top


def catalog_of(**columns: list[object]) -> Catalog:
    import pandas as pd

    return build_catalog({"shop_sales": pd.DataFrame(columns)})[0]


@pytest.fixture(scope="module")
def shop() -> Catalog:
    n = 24
    return catalog_of(
        day=[f"2024-01-{1 + i % 28:02d}" for i in range(n)],
        store=[("North", "South", "East")[i % 3] for i in range(n)],
        total_amount=[10.5 + i for i in range(n)],
        gross_profit=[2.25 + i for i in range(n)],
        net_income=[1.5 + i for i in range(n)],
    )


@pytest.mark.parametrize(
    ("question", "func", "column"),
    [
        ("total revenue", "sum", "total_amount"),
        ("What is the total revenue amount?", "sum", "total_amount"),
        ("average order value", "mean", "total_amount"),
        ("average sales", "mean", "total_amount"),
        ("What is the total profit?", "sum", "net_income"),
    ],
)
def test_business_word_means_the_first_column_that_the_data_have(shop: Catalog, question: str, func: str, column: str) -> None:
    found = understand(question, shop)
    assert found.status == "answered", found.reason
    (step,) = [s for s in found.readings[0].plan.steps if isinstance(s, Aggregate)]
    assert (step.measures[0].func, step.measures[0].column) == (func, column)


def test_concept_is_said_as_an_assumption_that_offers_the_others(shop: Catalog) -> None:
    (note, *_) = understand("total profit", shop).readings[0].plan.assumptions
    assert "“profit” is read as net_income" in note.text
    assert note.others == ("“profit” may be gross_profit.",)


def test_column_of_the_very_name_wins_over_the_concept() -> None:
    catalog = catalog_of(sales=[1, 2, 3, 4], revenue=[1.5, 2.5, 3.5, 4.75], store=["a", "b", "a", "b"])
    plan = understand("total sales", catalog).readings[0].plan
    assert [m.column for s in plan.steps if isinstance(s, Aggregate) for m in s.measures] == ["sales"]
    assert plan.assumptions == ()


def test_which_group_has_the_highest_compares_groups_that_repeat_and_shows_the_number(shop: Catalog) -> None:
    plan = understand("Which store has the highest sales?", shop).readings[0].plan
    assert [type(s) for s in plan.steps if isinstance(s, (Aggregate, Top))] == [Aggregate, Top]
    assert plan.outputs[0].step.schema.names == ("store", "sum_total_amount")


def test_extreme_row_is_shown_with_its_value() -> None:
    catalog = catalog_of(plant=["P1", "P2", "P3"], defect_rate=[0.25, 0.125, 0.5])
    plan = understand("Which plant has the highest defect rate?", catalog).readings[0].plan
    assert plan.outputs[0].step.schema.names == ("plant", "defect_rate")


def test_mean_per_something_that_each_row_is_one_of_is_the_plain_mean() -> None:
    catalog = catalog_of(product=["Pen", "Ink", "Pad"], amount=[1.5, 2.5, 4.25])
    plan = understand("average amount per product", catalog).readings[0].plan
    assert plan.outputs[0].form == "value"
    assert any("one row" in a.text for a in plan.assumptions)


def test_highest_of_two_groups_that_repeat_compares_their_pairs() -> None:
    n = 24
    catalog = catalog_of(
        month=[f"2024-0{1 + i % 3}" for i in range(n)], region=[("N", "S")[i % 2] for i in range(n)], revenue=[1.5 * i for i in range(n)]
    )
    plan = understand("highest revenue month in which region?", catalog).readings[0].plan
    (step,) = [s for s in plan.steps if isinstance(s, Aggregate)]
    assert step.keys == ("month", "region")


def test_numbers_among_words_are_read_and_the_words_left_out() -> None:
    catalog = catalog_of(mixed=["3", "two", "5", "4.5"], store=["a", "b", "a", "b"])
    plan = understand("mean of mixed", catalog).readings[0].plan
    assert any("no numbers" in a.text for a in plan.assumptions)
    assert understand("mean of store", catalog).status != "answered"


def test_unknown_noun_is_not_taken_for_the_rows_of_a_table_whose_labels_repeat() -> None:
    n = 30
    catalog = catalog_of(product=[("Pen", "Ink", "Pad")[i % 3] for i in range(n)], sales=[1.5 * i for i in range(n)])
    assert understand("Which quandles has the highest sales?", catalog).status != "answered"
    assert understand("Which product has the highest sales?", catalog).status == "answered"
