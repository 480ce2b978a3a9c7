"""The JSON Schema of plans: closed over a catalog, true of plans, and only with patterns that a small server takes."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from nexus_jupyter.context.dataset import Catalog, Dataset
from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.plan.families import FAMILIES, called_for
from nexus_jupyter.plan.json_schema import OFFERED, json_schema
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.readings import Reading
from nexus_jupyter.plan.serial import EXPRESSIONS, STEPS, tag

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


BIRDS = Schema(
    (
        Column(name="species", kind=Kind.STRING, role=Role.CATEGORY),
        Column(name="island", kind=Kind.STRING, role=Role.CATEGORY),
        Column(name="mass", kind=Kind.FLOAT, role=Role.MEASURE),
        Column(name="wing", kind=Kind.FLOAT, role=Role.MEASURE),
        Column(name="seen", kind=Kind.DATETIME, role=Role.DATE),
    )
)
SORTED = [{"column": "mass", "descending": True}]
FIT = {"step": "fit", "input": "s1", "kind": "linear", "target": "mass", "features": ["wing"], "task": "regression",
       "settings": [{"name": "alpha", "value": 0.5}], "seed": 0, "test_size": 0.2}  # fmt: skip
HISTOGRAM = {"step": "histogram", "input": "s1", "column": "mass"}
BY_SPECIES = {"step": "aggregate", "input": "s1", "keys": ["species"], "measures": [{"name": "value", "func": "mean", "column": "mass"}]}
EXAMPLES: dict[str, list[dict[str, Any]]] = {
    "source": [],
    "select": [{"step": "select", "input": "s1", "columns": ["species", "mass"]}],
    "filter": [{"step": "filter", "input": "s1", "where": {"op": "is_null", "value": {"op": "col", "name": "mass"}, "negated": True}}],
    "derive": [
        {"step": "derive", "input": "s1", "name": "value", "value": {"op": "func", "name": "log", "value": {"op": "col", "name": "mass"}}}
    ],
    "bucket": [{"step": "bucket", "input": "s1", "column": "seen", "unit": "month", "name": "period"}],
    "bin": [{"step": "bin", "input": "s1", "column": "mass", "width": 500, "name": "class"}],
    "aggregate": [BY_SPECIES],
    "window": [{"step": "window", "input": "s1", "name": "rank", "func": "rank", "column": "mass", "by": ["species"]}],
    "sort": [{"step": "sort", "input": "s1", "by": SORTED}],
    "top": [{"step": "top", "input": "s1", "n": 3, "by": SORTED}],
    "distinct": [{"step": "distinct", "input": "s1", "columns": ["species"]}],
    "join": [BY_SPECIES, {"step": "join", "left": "s1", "right": "s2", "left_on": ["species"], "right_on": ["species"]}],
    "combine": [
        {"step": "distinct", "input": "s1", "columns": ["species"]},
        {"step": "distinct", "input": "s1", "columns": ["island"]},
        {"step": "combine", "left": "s2", "right": "s3", "how": "except"},
    ],
    "pivot": [{"step": "pivot", "input": "s1", "index": "species", "columns": "island", "values": "mass", "func": "mean"}],
    "drop_missing": [{"step": "drop_missing", "input": "s1", "columns": ["mass"]}],
    "fill_missing": [{"step": "fill_missing", "input": "s1", "column": "mass", "how": "median"}],
    "outliers": [
        {"step": "outliers", "input": "s1", "column": "mass", "method": "iqr", "ddof": 0},
        {"step": "filter", "input": "s2", "where": {"op": "not", "part": {"op": "col", "name": "outlier"}}},
    ],
    "scale": [{"step": "scale", "input": "s1", "columns": ["mass", "wing"], "method": "minmax"}],
    "encode": [{"step": "encode", "input": "s1", "column": "species", "method": "onehot", "values": ["a", "b"], "first": 0}],
    "cut": [{"step": "cut", "input": "s1", "column": "mass", "name": "class", "edges": [3000, 4000]}],
    "describe": [{"step": "describe", "input": "s1", "columns": ["mass"]}],
    "overview": [{"step": "overview", "input": "s1"}],
    "missing": [{"step": "missing", "input": "s1", "columns": ["mass"]}],
    "correlation": [{"step": "correlation", "input": "s1", "columns": ["mass", "wing"]}],
    "histogram": [HISTOGRAM],
    "box_stats": [{"step": "box_stats", "input": "s1", "column": "mass", "by": "species"}],
    "grid": [{"step": "grid", "input": "s1", "x": "mass", "y": "wing"}],
    "thin": [{"step": "thin", "input": "s1", "x": "mass", "y": "wing", "n": 500}],
    "chart": [BY_SPECIES, {"step": "chart", "input": "s2", "kind": "bar", "x": "species", "y": "value"}],
    "significance_test": [
        {
            "step": "significance_test",
            "input": "s1",
            "kind": "t",
            "columns": ["mass"],
            "by": "species",
            "groups": ["a", "b"],
            "alternative": "less",
        }
    ],
    "confidence_interval": [{"step": "confidence_interval", "input": "s1", "column": "mass", "by": ["species"], "level": 0.9}],
    "fit": [FIT],
    "terms": [FIT, {"step": "terms", "input": "s2"}],
    "predict": [FIT, {"step": "predict", "input": "s2", "values": [200]}],
    "cluster": [{"step": "cluster", "input": "s1", "columns": ["mass", "wing"], "k": 3, "seed": 0}],
    "keys": [
        {"step": "source", "dataset": "birds"},
        {"step": "keys", "left": "s1", "right": "s2", "left_on": ["species"], "right_on": ["species"]},
    ],
    "tables": [{"step": "tables", "tables": ["s1"], "called": ["birds"]}],
    "quality": [{"step": "quality", "input": "s1", "numbers": ["mass"], "texts": ["species"]}],
    "outline": [{"step": "outline", "input": "s1", "keys": ["birds", "meta"], "within": "birds"}],
}
"""For each kind of step, what follows the source in a small plan that ends with it, or with what reads it."""


@pytest.fixture
def birds() -> Catalog:
    return Catalog(datasets=(Dataset(name="birds", schema=BIRDS),))


def steps_of(schema: dict[str, Any]) -> set[str]:
    return {node["properties"]["step"]["const"] for node in schema["properties"]["nodes"]["items"]["anyOf"]}


@pytest.mark.parametrize("step", [tag(s) for s in STEPS])
def test_every_kind_of_step_is_in_the_schema_validates_and_comes_back(step: str, birds: Catalog) -> None:
    rest = EXAMPLES[step] or [{"step": "distinct", "input": "s1"}]
    nodes = [{"id": f"s{i}", **node} for i, node in enumerate([{"step": "source", "dataset": "birds"}, *rest], 1)]
    form, name = ("chart", "chart") if step == "chart" else ("table", "answer")
    written = {"nodes": nodes, "outputs": [{"step": nodes[-1]["id"], "form": form, "name": name, "label": step}]}
    schema = json_schema(birds)
    assert step in steps_of(schema)
    jsonschema.validate(written, schema)
    plan = Plan.from_dict(written, {"birds": BIRDS})
    assert step in {n["step"] for n in plan.to_dict()["nodes"]}
    assert Plan.from_dict(plan.to_dict()).hash == plan.hash


def test_every_expression_is_in_the_schema_but_the_patterns_of_messy_cells(birds: Catalog) -> None:
    missing = {tag(e) for e in EXPRESSIONS} - set(json_schema(birds)["$defs"])
    assert missing == {tag(Reading)}


def test_every_step_is_in_one_family_or_always_there() -> None:
    there = [*OFFERED, *(s for f in FAMILIES for s in f.steps)]
    assert sorted(map(tag, there)) == sorted(map(tag, STEPS))


@pytest.mark.parametrize(
    ("question", "step"),
    [
        ("Is the mass significantly different between the two islands?", "significance_test"),
        ("95% confidence interval of the mass", "confidence_interval"),
        ("remove outliers of mass and give the mean", "outliers"),
        ("fill missing wings with the median", "fill_missing"),
        ("cut mass into quartiles", "cut"),
        ("train a linear regression of mass on wing", "fit"),
        ("which features matter most for mass", "terms"),
        ("k-means with 3 clusters on mass and wing", "cluster"),
        ("which species are on Dream but not on Biscoe", "combine"),
        ("box plot of mass by species", "box_stats"),
        ("what data quality issues are there", "quality"),
        ("describe the table", "overview"),
    ],
)
def test_a_question_is_offered_the_steps_that_its_words_call_for(question: str, step: str, birds: Catalog) -> None:
    assert step in steps_of(json_schema(birds, question))


def test_a_plain_question_gets_a_small_schema(birds: Catalog) -> None:
    plain, whole = (len(json.dumps(json_schema(birds, q))) for q in ("average mass by species", ""))
    assert not called_for("average mass by species")
    assert steps_of(json_schema(birds, "average mass by species")) == {tag(s) for s in OFFERED}
    assert plain < whole / 2
