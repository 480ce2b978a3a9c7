from __future__ import annotations

import pytest

from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.language.language import understand
from nexus_jupyter.plan.expressions import And, Col, Compare, Lit
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.steps import Aggregate, Combine, Distinct, Filter, Select, Top

NAMES = "Alder Birch Cedar Dogwood Elm Fir Gum Hazel Ivy Juniper Kapok Larch Maple Nutmeg Oak Pine Quince Rowan"


@pytest.fixture(scope="module")
def lakes() -> Catalog:
    import pandas as pd

    n = len(NAMES.split())
    frame = pd.DataFrame(
        {
            "name": [f"Lake {word}" for word in NAMES.split()],
            "region": [("North", "South", "East")[i % 3] for i in range(n)],
            "water_kind": [("fresh", "salt")[i % 2] for i in range(n)],
            "max_depth_m": [12.5 + 3 * i for i in range(n)],
            "area": [100 + 17 * i for i in range(n)],
            "population": [1000 * i for i in range(n)],
            "dammed": [("T", "F")[i % 4 == 0] for i in range(n)],
        }
    )
    rangers = pd.DataFrame(
        {
            "ranger_id": range(5),
            "surname": list("VWXYZ"),
            "lake_name": ["Lake Alder", "Lake Alder", "Lake Birch", "Lake Cedar", "Lake Cedar"],
        }
    )
    return build_catalog({"lakes": frame, "rangers": rangers})[0]


def plan(question: str, catalog: Catalog) -> Plan:
    found = understand(question, catalog)
    assert found.status == "answered", (found.unknown, found.reason)
    return found.readings[0].plan


def test_two_kinds_of_rows_that_exclude_each_other_are_two_sets(lakes: Catalog) -> None:
    made = plan("which regions have a lake with area above 300 and a lake with area below 200", lakes)
    assert [s.how for s in made.steps if isinstance(s, Combine)] == ["intersect"]


def test_conditions_that_no_row_fits_are_refused(lakes: Catalog) -> None:
    found = understand("average population of lakes with area above 300 and area below 200", lakes)
    assert found.status == "unanswerable"
    assert "at once" in found.reason


def test_different_without_a_measure_asks_for_a_list(lakes: Catalog) -> None:
    assert isinstance(plan("what are the different regions of lakes with area above 200", lakes).outputs[0].step, Distinct)


def test_row_with_the_most_is_found_in_each_group(lakes: Catalog) -> None:
    made = plan("for each region, show the lake with the largest area", lakes)
    assert next(s.within for s in made.steps if isinstance(s, Top)) == ("region",)


@pytest.mark.parametrize(
    ("question", "column"),
    [("name of the lake with the shortest max depth", "max_depth_m"), ("lakes with the fewest people", "population")],
)
def test_adjective_before_a_column_gives_the_direction(lakes: Catalog, question: str, column: str) -> None:
    top = next(s for s in plan(question, lakes).steps if isinstance(s, Top))
    assert [(k.column, k.descending) for k in top.by] == [(column, False)]


def test_flag_before_its_noun_is_a_condition(lakes: Catalog) -> None:
    made = plan("names of dammed lakes", lakes)
    assert next(s.where for s in made.steps if isinstance(s, Filter)) == Compare("==", Col("dammed"), Lit("T"))


def test_number_or_more_rows_is_a_condition_on_the_group(lakes: Catalog) -> None:
    made = plan("which regions have 4 or more lakes", lakes)
    assert [type(s) for s in made.steps][1:3] == [Aggregate, Filter]


def test_or_between_a_row_and_a_group_is_not_guessed(lakes: Catalog) -> None:
    assert understand("regions with more than 3 lakes or with area above 300", lakes).status != "answered"


def test_noun_that_may_be_a_verb_is_a_column_after_an_article() -> None:
    import pandas as pd

    frame = pd.DataFrame({"repair_id": range(6), "cost_of_repair": [5.5, 7, 9, 2, 3, 4], "shop": list("aabbcc")})
    made = plan("list the cost of each repair and the shop", build_catalog({"repairs": frame})[0])
    assert made.outputs[0].step.schema.names == ("cost_of_repair", "shop")


def test_column_that_is_given_is_not_asked_for(lakes: Catalog) -> None:
    assert understand("names of Lake Alder", lakes).status != "answered"


def test_aggregates_may_be_said_by_adjectives(lakes: Catalog) -> None:
    made = plan("average, smallest and largest area of the lakes", lakes)
    assert [m.func for m in next(s for s in made.steps if isinstance(s, Aggregate)).measures] == ["mean", "min", "max"]


def test_row_of_that_name_gives_the_number_to_compare_with(lakes: Catalog) -> None:
    made = plan("names of lakes whose area is larger than that of Lake Cedar", lakes)
    assert isinstance(made.outputs[0].step, Select)
    assert not any(isinstance(s.where, And) for s in made.steps if isinstance(s, Filter))


def test_description_of_one_row_is_what_its_column_says() -> None:
    import pandas as pd

    frame = pd.DataFrame(
        {"room_id": range(4), "room_name": ["attic", "cellar", "porch", "den"], "room_description": ["high", "deep", "open", "warm"]}
    )
    made = plan("describe the room cellar", build_catalog({"rooms": frame})[0])
    assert made.outputs[0].step.schema.names == ("room_description",)
