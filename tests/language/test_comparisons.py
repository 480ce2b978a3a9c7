from __future__ import annotations

import pytest

from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.language.language import understand
from nexus_jupyter.plan.expressions import Cell, Compare
from nexus_jupyter.plan.steps import Aggregate, Filter, Top


@pytest.fixture(scope="module")
def boats() -> Catalog:
    import pandas as pd

    n = 12
    frame = pd.DataFrame(
        {
            "name": [f"Boat {chr(65 + i)}" for i in range(n)],
            "harbour": [("Kiel", "Oslo", "Riga")[i % 3] for i in range(n)],
            "length": [8.5 + i for i in range(n)],
            "speed": [30 - i for i in range(n)],
            "crew": [2 + i % 4 for i in range(n)],
            "least_crew": [1 + i % 5 for i in range(n)],
        }
    )
    return build_catalog({"boats": frame})[0]


def where(question: str, catalog: Catalog) -> Compare:
    found = understand(question, catalog)
    assert found.status == "answered", (found.unknown, found.reason)
    condition = next(s.where for s in found.readings[0].plan.steps if isinstance(s, Filter))
    assert isinstance(condition, Compare)
    return condition


@pytest.mark.parametrize(
    "question",
    [
        "names of boats above the average speed",
        "names of boats with speed above average",
        "which boats have a speed greater than the average",
        "names of the boats that are faster than average",
    ],
)
def test_average_is_taken_over_all_rows(boats: Catalog, question: str) -> None:
    condition = where(question, boats)
    assert condition.op == ">"
    assert isinstance(condition.right, Cell)
    assert isinstance(condition.right.step, Aggregate)


@pytest.mark.parametrize(
    "question",
    [
        "how many boats have a larger crew than the boat with the highest speed",
        "how many boats have a larger crew than the one with the most speed",
    ],
)
def test_certain_row_gives_the_number_to_compare_with(boats: Catalog, question: str) -> None:
    condition = where(question, boats)
    assert isinstance(condition.right, Cell)
    assert isinstance(condition.right.step, Top)
    assert condition.right.column == "crew"


def test_column_is_compared_with_column(boats: Catalog) -> None:
    condition = where("names of boats whose crew is greater than least crew", boats)
    assert (str(condition.left), str(condition.right)) == ("Col(name='crew')", "Col(name='least_crew')")


def test_comparison_with_any_row_is_not_guessed(boats: Catalog) -> None:
    assert understand("names of boats with a greater speed than any boat in Kiel", boats).status != "answered"


def test_number_of_rows_per_group_is_compared(boats: Catalog) -> None:
    plan = understand("which harbours have more than 3 boats", boats).readings[0].plan
    assert [type(s) for s in plan.steps][1:3] == [Aggregate, Filter]


def test_measure_of_a_group_is_compared(boats: Catalog) -> None:
    plan = understand("total crew for each harbour whose average length is longer than 12", boats).readings[0].plan
    assert [type(s) for s in plan.steps][1:3] == [Aggregate, Filter]
