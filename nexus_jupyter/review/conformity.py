"""Conformity: whether what the plan asks for can be seen in the program."""

from __future__ import annotations

import ast
import datetime as dt

from nexus_jupyter.plan.expressions import Between, Compare, Expr, In, Like, Lit, Scalar
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.steps import Aggregate, Filter, Sort, Top
from nexus_jupyter.plan.summaries import Chart
from nexus_jupyter.review.finding import Finding

SORTS = frozenset(
    {"sort_values", "nlargest", "nsmallest", "sort", "top_k", "bottom_k", "rank", "argsort", "sorted", "idxmax", "idxmin", "sort_by"},
)
GROUPS = frozenset({"groupby", "group_by", "pivot_table", "resample", "value_counts", "over", "crosstab", "pivot", "group_by_dynamic"})
CHARTS = {
    "bar": {"bar", "Bar"}, "histogram": {"bar", "Bar", "histogram", "Histogram"}, "line": {"line", "Scatter"}, "area": {"area", "Scatter"},
    "scatter": {"scatter", "Scatter", "Scattergl"}, "pie": {"pie", "Pie"}, "box": {"box", "Box"}, "heatmap": {"Heatmap", "imshow", "density_heatmap"},
}  # fmt: skip


def check(tree: ast.Module, plan: Plan) -> tuple[Finding, ...]:
    """Find group keys, constants of filters, sorts and chart kinds that the program lacks."""
    values = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, (str, int, float))}
    texts = {v.casefold() for v in values if isinstance(v, str)}
    words = texts | {k.arg.casefold() for n in ast.walk(tree) if isinstance(n, ast.Call) for k in n.keywords if k.arg}
    called = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)} | {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    found: list[Finding] = []
    for step in plan.steps:
        match step:
            case Aggregate(keys=keys) if keys:
                lost = [k for k in keys if k.casefold() not in words]
                if lost or not GROUPS & called:
                    found.append(_finding("group", f"The answer should be grouped by {', '.join(keys)}, and the program does not do it."))
            case Filter(where=where):
                lost_values = [v for v in _constants(where) if not _there(v, values, texts)]
                if lost_values:
                    found.append(_finding("filter", f"The filter on {', '.join(map(str, lost_values))} is not in the program."))
            case Sort() | Top(by=[_, *_]) if not SORTS & called:
                found.append(_finding("sort", "The answer should be sorted, and the program does not sort."))
            case Chart(kind=kind) if not CHARTS[kind] & called:
                found.append(_finding("chart", f"The answer should be a {kind} chart, and the program draws none."))
            case _:
                pass
    return tuple(found)


def _finding(rule: str, message: str) -> Finding:
    return Finding(rule=f"conformity-{rule}", severity="warning", line=1, message=message, hint="Write the program from the plan again.")


def _constants(e: Expr) -> list[Scalar]:
    match e:
        case Compare() | Between():
            own = [p.value for p in e.children() if isinstance(p, Lit)]
        case In():
            own = list(e.values)
        case Like():
            own = [e.text]
        case _:
            own = []
    return own + [v for child in e.children() for v in _constants(child)]


def _there(value: Scalar, values: set[str | int | float], texts: set[str]) -> bool:
    match value:
        case bool() | None:
            return True
        case dt.date():
            return any(t.startswith(value.isoformat()[:10]) for t in texts) or {value.year, value.month, value.day} <= values
        case str():
            return value.casefold() in texts
        case _:
            return value in values or abs(value) in values
