"""A JSON Schema of plans over one catalog: datasets and columns are closed lists, so a model cannot invent any."""

from __future__ import annotations

import types
import typing
from dataclasses import MISSING, fields
from typing import Any, get_args, get_origin

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.context.schema import Schema
from nexus_jupyter.plan.expressions import And, Arith, Between, Col, Compare, DatePart, Expr, In, InStep, IsNull, Like, Lit, Not, Or
from nexus_jupyter.plan.families import called_for
from nexus_jupyter.plan.models import Fit, Setting
from nexus_jupyter.plan.serial import _field, _hints, tag
from nexus_jupyter.plan.step import Measure, SortKey, Step
from nexus_jupyter.plan.steps import Aggregate, Bucket, Derive, Distinct, Filter, Join, Select, Sort, Source, Top, Window
from nexus_jupyter.plan.summaries import Chart, Correlation, Describe, Histogram, Missing
from nexus_jupyter.plan.surveys import Outline

NEW = ("value", "value_2", "value_3", "count", "share", "period", "rank", "change")
"""Names that a plan may give to the columns it makes."""

OFFERED: tuple[type[Step], ...] = (
    Source, Filter, Derive, Bucket, Aggregate, Window, Sort, Top, Select, Distinct, Join, Describe, Missing, Correlation, Histogram, Chart,
)  # fmt: skip
"""The steps that every question may need; others come with the families that its words call for."""
CONDITIONS: tuple[type[Expr], ...] = (Compare, Between, In, Like, IsNull, And, Or, Not)
VALUES: tuple[type[Expr], ...] = (Col, Lit, Arith, DatePart)
COLUMN_FIELDS = {
    "column", "columns", "keys", "by", "within", "x", "y", "series", "color", "left_on", "right_on", "target", "features", "control", "weight",
    "index", "values", "numbers", "texts",
}  # fmt: skip
TRUTHS = {"where", "condition"}
RANGES = {"seed": (0, 100_000), "first": (0, 1), "ddof": (0, 1), "index": (-10, 100), "digits": (0, 10)}
"""Whole numbers that have a range of their own."""
LEFT_OUT = {
    "schema", "table", "casts", "title", "x_title", "y_title", "log_y", "facet", "suffix", "offset", "names", "ignore_case", "missing",
}  # fmt: skip
TEXTS = {"label": 80, "text": 80}


def json_schema(catalog: Catalog, question: str = "") -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of plans over the catalog's datasets.

    Parameters
    ----------
    catalog
        The data; its datasets and columns are closed lists in the schema.
    question
        Offers, besides the steps that every question may need, only the families that its words call for, so that the schema stays small;
        every step there is when empty.
    """
    families = called_for(question)
    steps = list(dict.fromkeys([*OFFERED, *(s for f in families for s in f.steps)]))
    values = list(dict.fromkeys([*VALUES, *(e for f in families for e in f.expressions)]))
    columns = list(dict.fromkeys([*(c.name for d in catalog.datasets for c in d.schema), *NEW, *(n for f in families for n in f.names)]))
    defs: dict[str, Any] = {
        "column": {"enum": columns},
        "dataset": {"enum": list(catalog.names)},
        "step_id": {"enum": [f"s{i}" for i in range(1, 13)]},
        "scalar": {"anyOf": [{"type": "string", "maxLength": 80}, {"type": "number"}, {"type": "boolean"}, {"$ref": "#/$defs/moment"}]},
        "moment": _object({"date": {"type": "string", "pattern": "^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$"}}),
        "condition": {"anyOf": [{"$ref": f"#/$defs/{tag(c)}"} for c in (*CONDITIONS, Col, *(v for v in values if v is InStep))]},
        "expression": {"anyOf": [{"$ref": f"#/$defs/{tag(c)}"} for c in values if c is not InStep]},
    }
    for expression in (*CONDITIONS, *values):
        defs[tag(expression)] = _expression(expression)
    for part in (Measure, SortKey, *((Setting,) if Fit in steps else ())):
        defs[tag(part)] = _properties(part, _hints(part))
    nodes = [_node(step) for step in steps]
    output = _object({
        "step": {"$ref": "#/$defs/step_id"}, "form": {"enum": ["value", "list", "table", "chart"]},
        "name": {"enum": ["answer", "answer_2", "answer_3", "chart"]}, "label": {"type": "string", "maxLength": 80},
    })  # fmt: skip
    plan = _object({
        "nodes": {"type": "array", "items": {"anyOf": nodes}, "minItems": 2, "maxItems": 12},
        "outputs": {"type": "array", "items": output, "minItems": 1, "maxItems": 3},
    })  # fmt: skip
    return {**plan, "$defs": defs}


def _object(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }


def _expression(cls: type[Expr]) -> dict[str, Any]:
    body = _properties(cls, _hints(cls))
    return _object({"op": {"const": tag(cls)}, **body["properties"]}, ["op", *body["required"]])


def _node(cls: type[Step]) -> dict[str, Any]:
    body = _properties(cls, _hints(cls))
    head = {"id": {"$ref": "#/$defs/step_id"}, "step": {"const": tag(cls)}}
    return _object({**head, **body["properties"]}, ["id", "step", *body["required"]])


def _properties(cls: type, hints: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required: list[str] = []
    for f in fields(cls):
        if f.name in LEFT_OUT or f.name not in hints or (f.name == "q" and cls is not Measure):
            continue
        properties[_field(f.name)] = _shape(f.name, hints[f.name], cls)
        if f.default is MISSING or f.name == "keys":  # small models forget what they may leave out
            required.append(_field(f.name))
    return _object(properties, required)


def _shape(name: str, hint: Any, cls: type) -> dict[str, Any]:  # noqa: PLR0911 - one case a kind of annotation
    origin, args = get_origin(hint), get_args(hint)
    if origin is tuple:
        return {"type": "array", "items": _shape(name, args[0], cls), "maxItems": 8}
    if origin in {types.UnionType, typing.Union}:
        if {int, str} <= set(args):
            return {"$ref": "#/$defs/scalar"}
        inner = [a for a in args if a is not type(None)]
        shape = _shape(name, inner[0], cls)
        return {"anyOf": [shape, {"type": "null"}]} if type(None) in args else shape
    if origin is typing.Literal:
        return {"enum": list(args)}
    if isinstance(hint, type) and issubclass(hint, Step):
        return {"$ref": "#/$defs/step_id"}
    if isinstance(hint, type) and issubclass(hint, Expr):
        return {"$ref": f"#/$defs/{'condition' if name in TRUTHS or cls in {And, Or, Not} else 'expression'}"}
    if hint in {Measure, SortKey, Setting}:
        return {"$ref": f"#/$defs/{tag(hint)}"}
    if name == "dataset":
        return {"$ref": "#/$defs/dataset"}
    if (
        (name in COLUMN_FIELDS and hint is str and cls is not Outline)
        or (name == "name" and cls in {Measure, Col})
        or (name == "name" and issubclass(cls, Step))
    ):
        return {"$ref": "#/$defs/column"}
    if hint is Schema:
        return {"type": "object"}
    least, most = RANGES.get(name, (1, 1000))
    simple = {str: {"type": "string", "maxLength": TEXTS.get(name, 60)}, int: {"type": "integer", "minimum": least, "maximum": most}}
    return simple.get(hint) or ({"type": "boolean"} if hint is bool else {"type": "number"})
