"""Plans as JSON and back: steps are nodes with ids, expressions are objects with an `op`."""

from __future__ import annotations

import datetime as dt
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any, get_args, get_origin

from nexus_jupyter.context.schema import Schema
from nexus_jupyter.errors import DatasetNotFound, NexusError, PlanError
from nexus_jupyter.plan.conversions import CONVERSIONS
from nexus_jupyter.plan.expressions import (
    And,
    Arith,
    Between,
    Cell,
    Col,
    Compare,
    DatePart,
    Expr,
    Func,
    If,
    In,
    InStep,
    IsNull,
    Like,
    Lit,
    Not,
    Or,
    Span,
    Trunc,
)  # fmt: skip
from nexus_jupyter.plan.models import Cluster, Fit, Predict, Setting, Terms
from nexus_jupyter.plan.plan import Assumption, Output, Plan
from nexus_jupyter.plan.preparation import Cut, Encode, Outliers, Scale
from nexus_jupyter.plan.readings import Reading
from nexus_jupyter.plan.statistics import ConfidenceInterval, SignificanceTest
from nexus_jupyter.plan.step import Cast, Measure, SortKey, Step
from nexus_jupyter.plan.steps import (
    Aggregate,
    Bin,
    Bucket,
    Combine,
    Derive,
    Distinct,
    DropMissing,
    FillMissing,
    Filter,
    Join,
    Pivot,
    Select,
    Sort,
    Source,
    Top,
    Window,
)  # fmt: skip
from nexus_jupyter.plan.summaries import BoxStats, Chart, Correlation, Describe, Grid, Histogram, Missing, Overview, Thin
from nexus_jupyter.plan.surveys import SURVEYS

STEPS: tuple[type[Step], ...] = (
    Source, Select, Filter, Derive, Bucket, Bin, Aggregate, Window, Sort, Top, Distinct, Join, Combine, Pivot, DropMissing, FillMissing,
    Outliers, Scale, Encode, Cut, Describe, Overview, Missing, Correlation, Histogram, BoxStats, Grid, Thin, Chart,
    SignificanceTest, ConfidenceInterval, Fit, Terms, Predict, Cluster, *SURVEYS,
)  # fmt: skip
EXPRESSIONS: tuple[type[Expr], ...] = (
    Col, Lit, Arith, Compare, Between, In, InStep, Cell, Like, IsNull, And, Or, Not, DatePart, Trunc, Span, Func, If, *CONVERSIONS, Reading,
)  # fmt: skip


def tag(cls: type) -> str:
    """Give the snake_case name by which a class is known in JSON."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


STEP_BY_TAG = {tag(s): s for s in STEPS}
EXPR_BY_TAG = {tag(e): e for e in EXPRESSIONS}
PARTS: tuple[type, ...] = (Measure, SortKey, Cast, Setting)


def _encode(value: Any, ids: Mapping[Step, str]) -> Any:
    match value:
        case Step():
            return ids[value]
        case Expr():
            names: tuple[str, ...] = value.__slots__
            return {"op": tag(type(value)), **{_field(n): _encode(getattr(value, n), ids) for n in names}}
        case Schema():
            return value.to_dict()
        case Measure() | SortKey() | Cast() | Setting():
            return {f.name: _encode(getattr(value, f.name), ids) for f in fields(value) if getattr(value, f.name) != f.default}
        case tuple():
            return [_encode(v, ids) for v in value]
        case dt.datetime():
            return {"datetime": value.isoformat()}
        case dt.date():
            return {"date": value.isoformat()}
        case _:
            return value


def _field(name: str) -> str:
    """Expressions use `op` for their own tag, so an operator's field is called `operator`."""
    return "operator" if name == "op" else name


def plan_to_dict(plan: Plan) -> dict[str, Any]:
    """Give the JSON form of a plan; defaults are left out."""
    steps = plan.steps
    ids = {s: f"s{i}" for i, s in enumerate(steps, 1)}
    nodes = []
    for step in steps:
        node: dict[str, Any] = {"id": ids[step], "step": tag(type(step))}
        for f in fields(step):
            value = getattr(step, f.name)
            if f.name != "schema" and not (f.default is not MISSING and value == f.default):
                node[f.name] = _encode(value, ids)
        nodes.append(node)
    outputs = []
    for o in plan.outputs:
        out: dict[str, Any] = {"step": ids[o.step], "form": o.form, "name": o.name, "label": o.label}
        if o.decimals is not None:
            out["decimals"] = o.decimals
        outputs.append(out)
    return {"nodes": nodes, "outputs": outputs, "assumptions": [a.to_dict() for a in plan.assumptions]}


class _Decoder:
    """Reads values by the annotations of the classes that hold them."""

    def __init__(self, schemas: Mapping[str, Schema] | None) -> None:
        self.schemas = schemas
        self.steps: dict[str, Step] = {}

    def build(self, cls: type, data: Mapping[str, Any], rename: Callable[[str], str] = str) -> Any:
        hints = _hints(cls)
        known = {rename(n): n for n in hints}
        extra = set(data) - set(known) - {"id", "step", "op"} if cls not in PARTS else set(data) - set(known)
        if extra:
            raise PlanError(f"`{tag(cls)}` has no field `{min(extra)}`. Its fields are {', '.join(sorted(known))}.")
        args = {known[k]: self.value(hints[known[k]], v) for k, v in data.items() if k in known}
        try:
            return cls(**args)
        except TypeError as error:
            raise PlanError(
                f"`{tag(cls)}` is not complete: {str(error).rsplit('argument', maxsplit=1)[-1].lstrip('s: ')} is missing.",
            ) from error

    def value(self, hint: Any, data: Any) -> Any:
        origin, args = get_origin(hint), get_args(hint)
        if origin in {types.UnionType, typing.Union}:
            return self.union(args, data)
        if origin is tuple:
            if not isinstance(data, (list, tuple)):
                raise PlanError(f"A list was expected, and {data!r} was found.")
            return tuple(self.value(args[0], d) for d in data)
        if origin is typing.Literal:
            if data not in args:
                raise PlanError(f"{data!r} is none of {', '.join(map(repr, args))}.")
            return data
        if isinstance(hint, type):
            return self.typed(hint, data)
        return data

    def union(self, args: tuple[Any, ...], data: Any) -> Any:
        if data is None:
            return None
        for a in args:
            if isinstance(a, type) and (issubclass(a, (Step, Expr)) or a in PARTS):
                return self.typed(a, data)
        if isinstance(data, Mapping):
            return _moment(data)
        return data

    def typed(self, hint: type, data: Any) -> Any:
        if issubclass(hint, Step):
            if not isinstance(data, str) or data not in self.steps:
                raise PlanError(f"A step reads `{data}`, and no earlier step has this id.")
            return self.steps[data]
        if issubclass(hint, Expr):
            if not isinstance(data, Mapping) or data.get("op") not in EXPR_BY_TAG:
                raise PlanError(f"{data!r} is no expression. Its `op` has to be one of {', '.join(EXPR_BY_TAG)}.")
            return self.build(EXPR_BY_TAG[data["op"]], {k: v for k, v in data.items() if k != "op"}, _field)
        if hint in PARTS:
            if not isinstance(data, Mapping):
                raise PlanError(f"{data!r} is no {tag(hint)}.")
            return self.build(hint, data)
        if hint is Schema:
            return data if isinstance(data, Schema) else Schema.from_dict(data)
        if hint is float and isinstance(data, int) and not isinstance(data, bool):
            return float(data)
        if hint in {str, int, float, bool} and not isinstance(data, hint):
            raise PlanError(f"{hint.__name__} was expected, and {data!r} was found.")
        return data

    def step(self, node: Mapping[str, Any]) -> None:
        cls = STEP_BY_TAG.get(node.get("step", ""))
        if cls is None:
            raise PlanError(f"There is no step `{node.get('step')}`. The steps are {', '.join(STEP_BY_TAG)}.")
        body = {k: v for k, v in node.items() if k not in {"id", "step"}}
        if cls is Source:
            body["table"] = self.table(str(body.get("dataset")), body.get("table"))
        self.steps[str(node.get("id"))] = self.build(cls, body)

    def table(self, dataset: str, carried: Any) -> Any:
        if self.schemas is not None:
            if dataset not in self.schemas:
                raise DatasetNotFound.among(dataset, self.schemas)
            return self.schemas[dataset]
        if carried is None:
            raise PlanError(f"The plan names `{dataset}` and carries no schema for it. Give the schemas of the data.")
        return carried


_HINTS: dict[type, dict[str, Any]] = {}


def _hints(cls: type) -> dict[str, Any]:
    if cls not in _HINTS:
        from nexus_jupyter.plan import expressions

        names = {**vars(expressions), "Step": Step, "Schema": Schema, "Expr": Expr, "Measure": Measure, "SortKey": SortKey, "Cast": Cast}
        found = typing.get_type_hints(cls, None, names)
        own = {f.name for f in fields(cls) if f.init}
        _HINTS[cls] = {k: v for k, v in found.items() if k in own}
    return _HINTS[cls]


def _moment(data: Mapping[str, Any]) -> dt.date | dt.datetime:
    try:
        return dt.datetime.fromisoformat(data["datetime"]) if "datetime" in data else dt.date.fromisoformat(data["date"])
    except (KeyError, TypeError, ValueError) as error:
        raise PlanError(f"{dict(data)!r} is no value. Dates are written {{'date': '2013-01-31'}}.") from error


def plan_from_dict(data: Mapping[str, Any], schemas: Mapping[str, Schema] | None = None) -> Plan:
    """Read the JSON form of a plan; see `Plan.from_dict`."""
    decoder = _Decoder(schemas)
    try:
        for node in data["nodes"]:
            decoder.step(node)
        outputs = tuple(
            Output(
                step=decoder.typed(Step, o["step"]),
                form=o["form"],
                name=o["name"],
                label=o.get("label", ""),
                decimals=o.get("decimals"),
            )
            for o in data["outputs"]
        )
        return Plan(outputs=outputs, assumptions=tuple(Assumption.from_dict(a) for a in data.get("assumptions", ())))
    except NexusError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise PlanError(f"This is no plan: {type(error).__name__} at {error}. A plan has `nodes` and `outputs`.") from error
