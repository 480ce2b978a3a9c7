"""Plans as JSON: what is refused, and how that is said."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from nexus_jupyter.context.schema import Schema
from nexus_jupyter.errors import ColumnNotFound, DatasetNotFound, PlanError
from nexus_jupyter.plan.plan import Plan


def changed(plan: Plan, path: tuple[Any, ...], value: object) -> dict[str, Any]:
    data = copy.deepcopy(plan.to_dict())
    at: Any = data
    for p in path[:-1]:
        at = at[p]
    at[path[-1]] = value
    return data


def test_a_column_that_is_not_there_is_named_with_the_nearest(plan: Plan, flights: Schema) -> None:
    data = changed(plan, ("nodes", 1, "measures", 0, "column"), "dep_dely")
    with pytest.raises(ColumnNotFound, match="Did you mean `dep_delay`"):
        Plan.from_dict(data, {"flights": flights})


def test_a_dataset_that_is_not_there_is_named(plan: Plan, flights: Schema) -> None:
    with pytest.raises(DatasetNotFound, match="flihgts"):
        Plan.from_dict(changed(plan, ("nodes", 0, "dataset"), "flihgts"), {"flights": flights})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("nodes", 1, "step"), "drop_table"),
        (("nodes", 1, "input"), "s99"),
        (("nodes", 1, "measures"), "all"),
        (("nodes", 1, "measures", 0, "func"), "eval"),
        (("nodes", 2, "where", "op"), "exec"),
        (("nodes", 2, "where", "parts", 0, "operator"), "=~"),
        (("nodes", 1, "lambda"), "x"),
        (("outputs", 0, "step"), 7),
        (("outputs",), []),
        (("nodes",), None),
    ],
)
def test_what_is_no_plan_is_refused_with_a_sentence(plan: Plan, path: tuple[Any, ...], value: object) -> None:
    with pytest.raises(PlanError, match=r"\.$|\.\s|:"):
        Plan.from_dict(changed(plan, path, value))


def test_the_catalogs_schema_counts_and_not_the_one_that_is_carried(plan: Plan, flights: Schema) -> None:
    smaller = Schema(tuple(c for c in flights if c.name != "distance"))
    with pytest.raises(ColumnNotFound, match="distance"):
        Plan.from_dict(plan.to_dict(), {"flights": smaller})
