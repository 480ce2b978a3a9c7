from __future__ import annotations

import pytest

from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.language.language import understand
from nexus_jupyter.plan.surveys import Keys, Quality, Tables


@pytest.fixture(scope="module")
def shop() -> Catalog:
    """Orders with two people each, and a table that nothing points to."""
    import pandas as pd

    n = 30
    people = pd.DataFrame({"person_id": range(1, 11), "name": [f"P{i}" for i in range(10)], "age": [20 + i for i in range(10)]})
    orders = pd.DataFrame(
        {
            "order_id": [f"O{i}" for i in range(n)],
            "buyer_person_id": [1 + i % 10 for i in range(n)],
            "seller_person_id": [1 + i % 7 for i in range(n)],
            "amount": [10.5 + i for i in range(n)],
            "city": [("Oslo", "Bergen ", "oslo")[i % 3] for i in range(n)],
        }
    )
    weather = pd.DataFrame({"station": ["x", "y"], "rain": [0.25, 1.75]})
    return build_catalog({"people": people, "orders": orders, "weather": weather})[0]


@pytest.mark.parametrize(
    "question",
    [
        "Which columns join orders with people?",
        "how are people and orders related",
        "What connects orders to people?",
        "On which columns can I join the tables orders and people?",
        "what are the join keys between `orders` and `people`",
        "which columns do orders and people have in common",
    ],
)
def test_key_question_names_every_role(shop: Catalog, question: str) -> None:
    found = understand(question, shop)
    assert found.status == "answered", found.reason
    (step,) = [s for s in found.readings[0].plan.steps if isinstance(s, Keys)]
    sides = {step.left_on, step.right_on}
    assert sides == {("buyer_person_id", "seller_person_id"), ("person_id", "person_id")}
    assert any("role" in a.text for a in found.readings[0].plan.assumptions)


def test_tables_that_nothing_joins_are_said_to_be_so(shop: Catalog) -> None:
    found = understand("Which columns join orders with weather?", shop)
    assert found.status == "unanswerable"
    assert "nothing joins them" in found.reason


def test_key_question_with_an_unknown_word_is_not_answered(shop: Catalog) -> None:
    assert understand("Which columns join orders with people for the zorbic quandles?", shop).status != "answered"


def test_question_that_joins_and_computes_is_no_key_question(shop: Catalog) -> None:
    found = understand("join orders with people and give the average amount per city", shop)
    assert not found.readings or not any(isinstance(s, Keys) for r in found.readings for s in r.plan.steps)


@pytest.mark.parametrize(
    "question", ["show me all tables", "What tables are there?", "which datasets are available", "how many tables do I have"]
)
def test_tables_are_told_with_their_rows(shop: Catalog, question: str) -> None:
    found = understand(question, shop)
    assert found.status == "answered", found.reason
    assert isinstance(found.readings[0].plan.outputs[0].step, Tables)


@pytest.mark.parametrize(
    "question", ["Are there any data quality issues in orders?", "check orders for problems", "how clean is the orders table"]
)
def test_quality_question_looks_at_the_table(shop: Catalog, question: str) -> None:
    found = understand(question, shop)
    assert found.status == "answered", found.reason
    step = found.readings[0].plan.outputs[0].step
    assert isinstance(step, Quality)
    assert "city" in step.texts
    assert "amount" in step.numbers


def test_quality_of_several_tables_asks_which(shop: Catalog) -> None:
    found = understand("are there any data quality issues", shop)
    assert found.status == "unanswerable"
    assert "people" in found.reason


def test_what_could_be_asked_gives_questions_that_are_understood(shop: Catalog) -> None:
    found = understand("what could I ask?", shop)
    assert found.status == "ambiguous"
    assert len(found.readings) >= 2
    assert all(understand(r.title, shop).status == "answered" for r in found.readings)


def test_table_called_like_a_topic_does_not_hide_it() -> None:
    import pandas as pd

    catalog = build_catalog({"quality_issues": pd.DataFrame({"id": [1, 2], "note": ["a", "b"]})})[0]
    found = understand("Are there any data quality issues?", catalog)
    assert found.status == "answered"
    assert isinstance(found.readings[0].plan.outputs[0].step, Quality)
