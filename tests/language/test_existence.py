from __future__ import annotations

import pytest

from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.language.existence import repeats
from nexus_jupyter.language.language import understand
from nexus_jupyter.plan.expressions import InStep
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.steps import Aggregate, Filter, Join


@pytest.fixture(scope="module")
def clinic() -> Catalog:
    import pandas as pd

    nurses = pd.DataFrame({"nurse_id": range(1, 9), "surname": list("ABCDEFGH"), "town": ["Ulm", "Bonn"] * 4, "age": range(30, 38)})
    visits = pd.DataFrame(
        {"visit_id": range(50, 62), "nurse_id": [1, 1, 2, 3, 3, 3, 5, 5, 6, 1, 2, 3], "horse_id": [7, 8, 9] * 4, "cost": range(10, 130, 10)}
    )
    horses = pd.DataFrame({"horse_id": [7, 8, 9, 11], "nickname": ["Zip", "Zap", "Zop", "Zup"]})
    return build_catalog({"nurses": nurses, "visits": visits, "horses": horses})[0]


def plan(question: str, catalog: Catalog) -> Plan:
    found = understand(question, catalog)
    assert found.status == "answered", (found.unknown, found.reason)
    return found.readings[0].plan


@pytest.mark.parametrize(
    ("question", "negated"),
    [
        ("average age of the nurses who have some visits", False),
        ("how many nurses have any visits", False),
        ("how many nurses have performed any visits to horses", False),
        ("surnames of nurses with visits whose cost is above 90", False),
        ("surnames of nurses without visits", True),
        ("which nurses did not make any visit to horses", True),
    ],
)
def test_what_only_has_to_exist_is_looked_up_and_not_joined(clinic: Catalog, question: str, negated: bool) -> None:
    conditions = [s.where for s in plan(question, clinic).steps if isinstance(s, Filter)]
    found = [w for w in conditions if isinstance(w, InStep)]
    assert [w.negated for w in found] == [negated]


def test_table_after_a_denied_one_belongs_to_what_is_denied(clinic: Catalog) -> None:
    made = plan("which nurses did not make any visit to horses", clinic)
    denied = next(s.where for s in made.steps if isinstance(s, Filter))
    assert isinstance(denied, InStep)
    assert isinstance(denied.step, Join)


def test_things_that_a_join_repeats_are_counted_once(clinic: Catalog) -> None:
    made = plan("how many different horses do nurses visit", clinic)
    measure = next(s for s in made.steps if isinstance(s, Aggregate)).measures[0]
    assert measure.func == "count_distinct"


def test_join_repeats_the_rows_of_the_side_whose_key_does_not_repeat(clinic: Catalog) -> None:
    assert repeats(clinic, "nurses", "visits")
    assert repeats(clinic, "nurses", "horses")
    assert not repeats(clinic, "visits", "nurses")


def test_scope_with_further_tables_gives_the_same_plan(clinic: Catalog) -> None:
    import dataclasses

    small = dataclasses.replace(clinic, datasets=tuple(d for d in clinic.datasets if d.name != "horses"))
    question = "number of visits for each town"
    assert plan(question, clinic).hash == plan(question, small).hash


def test_values_that_two_tables_share_are_a_set() -> None:
    import pandas as pd

    from nexus_jupyter.plan.steps import Combine

    sellers = pd.DataFrame({"seller_id": [1, 2, 3], "city": ["Ulm", "Bonn", "Kiel"]})
    buyers = pd.DataFrame({"buyer_id": [7, 8, 9], "city": ["Bonn", "Kiel", "Rom"]})
    made = plan("which cities have both sellers and buyers", build_catalog({"sellers": sellers, "buyers": buyers})[0])
    assert [s.how for s in made.steps if isinstance(s, Combine)] == ["intersect"]
