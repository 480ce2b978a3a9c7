"""The JSON Schema of plans: closed over a catalog, true of plans, and only with patterns that a small server takes."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from nexus_jupyter.context.dataset import Catalog, Dataset
from nexus_jupyter.context.schema import Schema
from nexus_jupyter.plan.json_schema import json_schema
from nexus_jupyter.plan.plan import Plan

GOOD: dict[str, Any] = {
    "nodes": [
        {"id": "s1", "step": "source", "dataset": "flights"},
        {
            "id": "s2",
            "step": "filter",
            "input": "s1",
            "where": {"op": "compare", "operator": "==", "left": {"op": "col", "name": "carrier"}, "right": {"op": "lit", "value": "UA"}},
        },
        {
            "id": "s3",
            "step": "aggregate",
            "input": "s2",
            "keys": ["carrier"],
            "measures": [{"name": "value", "func": "mean", "column": "dep_delay"}],
        },
    ],
    "outputs": [{"step": "s3", "form": "table", "name": "answer", "label": "average delay"}],
}


@pytest.fixture
def schema(flights: Schema) -> dict[str, Any]:
    return json_schema(Catalog(datasets=(Dataset(name="flights", schema=flights),)))


def test_a_plan_that_fits_the_schema_is_a_plan(schema: dict[str, Any], flights: Schema) -> None:
    jsonschema.validate(GOOD, schema)
    plan = Plan.from_dict(GOOD, {"flights": flights})
    assert plan.outputs[0].step.schema.names == ("carrier", "value")


@pytest.mark.parametrize("word", ["carriers", "secret", ""])
def test_a_column_that_is_not_in_the_catalog_cannot_be_written(schema: dict[str, Any], word: str) -> None:
    bad = json.loads(json.dumps(GOOD).replace('"dep_delay"', json.dumps(word)))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(bad, schema)


def test_a_dataset_that_is_not_in_the_catalog_cannot_be_written(schema: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(json.dumps(GOOD).replace('"flights"', '"other"')), schema)


def test_no_pattern_uses_a_class_that_ends_a_model_server(schema: dict[str, Any]) -> None:
    assert "\\\\d" not in json.dumps(schema)
