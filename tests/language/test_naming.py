from __future__ import annotations

import pytest

from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.language.language import understand
from nexus_jupyter.plan.expressions import Col, Compare, Lit
from nexus_jupyter.plan.steps import Aggregate, Filter, Join, Source


@pytest.fixture(scope="module")
def duels() -> Catalog:
    import pandas as pd

    n = 12
    frame = pd.DataFrame(
        {
            "arena": [("North", "South", "East")[i % 3] for i in range(n)],
            "victor_name": [("Ann", "Bo", "Cy")[i % 3] for i in range(n)],
            "victor_age": [20 + i % 5 for i in range(n)],
            "victor_hand": [("L", "R")[i % 2] for i in range(n)],
            "victim_name": [("Di", "Ed", "Flo", "Gus")[i % 4] for i in range(n)],
            "victim_age": [40 + i % 7 for i in range(n)],
            "victim_hand": [("R", "L", "U")[i % 3] for i in range(n)],
        }
    )
    return build_catalog({"duels": frame})[0]


@pytest.fixture(scope="module")
def school() -> Catalog:
    import pandas as pd

    people = pd.DataFrame({"ID": range(100, 110), "name": list("ABCDEFGHIJ"), "country": ["France", "Spain"] * 5, "grade": [9, 10] * 5})
    loans = pd.DataFrame({"pupil_id": [100, 100, 101, 104, 107], "book": ["x", "y", "x", "z", "w"]})
    return build_catalog({"boarders": people, "loans": loans})[0]


def columns(found: object) -> tuple[str, ...]:
    assert found.status == "answered", (found.unknown, found.reason)  # type: ignore[attr-defined]
    return found.readings[0].plan.outputs[0].step.schema.names  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("names of the victims", ("victim_name",)),
        ("What are the names of the victor and the victim?", ("victor_name", "victim_name")),
        ("average age of victors and victims", ("mean_victor_age", "mean_victim_age")),
        ("name and age of the 2 youngest victors", ("victor_name", "victor_age")),
        ("How many different victors are there?", ("different_victor_name",)),
    ],
)
def test_noun_under_which_columns_stand_is_the_owner_of_them(duels: Catalog, question: str, shown: tuple[str, ...]) -> None:
    assert columns(understand(question, duels)) == shown


def test_code_of_a_word_is_found_in_the_column_of_the_role(duels: Catalog) -> None:
    plan = understand("number of left handed victors in the South arena", duels).readings[0].plan
    where = next(s.where for s in plan.steps if isinstance(s, Filter))
    assert Compare("==", Col("victor_hand"), Lit("L")) in where.parts  # type: ignore[attr-defined]


def test_key_names_the_rows_of_the_table_that_it_points_at(school: Catalog) -> None:
    plan = understand("average grade of pupils", school).readings[0].plan
    assert [s.dataset for s in plan.steps if isinstance(s, Source)] == ["boarders"]
    assert any(isinstance(s, Aggregate) for s in plan.steps)


def test_adjective_of_a_country_is_the_country(school: Catalog) -> None:
    plan = understand("how many French boarders are there", school).readings[0].plan
    assert any(isinstance(s, Filter) and s.where == Compare("==", Col("country"), Lit("France")) for s in plan.steps)


def test_adjective_reaches_the_table_that_has_its_column() -> None:
    import pandas as pd

    people = pd.DataFrame({"person_id": range(8), "name": list("abcdefgh"), "height": [1.5 + i / 10 for i in range(8)]})
    divers = pd.DataFrame({"diver_id": range(5), "person_id": [1, 3, 4, 6, 7], "medals": [2, 0, 5, 1, 9]})
    plan = understand("medals of the tallest diver", build_catalog({"people": people, "divers": divers})[0]).readings[0].plan
    assert any(isinstance(s, Join) for s in plan.steps)
