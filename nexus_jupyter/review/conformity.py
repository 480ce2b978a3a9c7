"""Conformity: whether what the plan asks for can be seen in the program."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator

from nexus_jupyter.plan.expressions import Between, Compare, Expr, In, Like, Lit, Scalar
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.step import Measure, SortKey
from nexus_jupyter.plan.steps import Aggregate, Filter, Sort, Top
from nexus_jupyter.plan.summaries import Chart
from nexus_jupyter.review.finding import Finding
from nexus_jupyter.review.made import texts

SORTS = frozenset(
    {"sort_values", "nlargest", "nsmallest", "sort", "top_k", "bottom_k", "rank", "argsort", "sorted", "idxmax", "idxmin", "sort_by"},
)
GROUPS = frozenset({"groupby", "group_by", "pivot_table", "resample", "value_counts", "over", "crosstab", "pivot", "group_by_dynamic"})
DIRECTIONS = {"sort_values": None, "sort": None, "nlargest": True, "top_k": True, "nsmallest": False, "bottom_k": False}
FUNCTIONS = {
    "sum": {"sum"}, "mean": {"mean"}, "median": {"median", "quantile"}, "min": {"min", "idxmin", "nsmallest"}, "max": {"max", "idxmax", "nlargest"},
    "std": {"std"}, "var": {"var"}, "count_distinct": {"nunique", "n_unique", "unique", "drop_duplicates"},
}  # fmt: skip
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
        if isinstance(step, Aggregate):
            found += [_other_function(m) for m in step.measures if m.func in FUNCTIONS and not FUNCTIONS[m.func] & (called | words)]
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
            case Sort(by=by) | Top(by=by) if by and (wrong := _turned(tree, by[0])) is not None:
                way = "from the greatest down" if by[0].descending else "from the least up"
                found.append(_finding("direction", f"`{by[0].column}` should be sorted {way}, and the program does the opposite.", wrong))
            case Chart(kind=kind) if not CHARTS[kind] & called:
                found.append(_finding("chart", f"The answer should be a {kind} chart, and the program draws none."))
            case _:
                pass
    return tuple(found)


def _finding(rule: str, message: str, line: int = 1) -> Finding:
    return Finding(rule=f"conformity-{rule}", severity="warning", line=line, message=message, hint="Write the program from the plan again.")


def _other_function(measure: Measure) -> Finding:
    what = f"the {measure.func} of `{measure.column}`" if measure.column else f"the {measure.func}"
    return _finding("measure", f"The answer should hold {what}, and the program does not compute it.")


def _turned(tree: ast.Module, key: SortKey) -> int | None:
    """Give the line where the key's column is sorted, if it is only ever sorted the other way round."""
    ways = {descending: line for column, descending, line in _sorts(tree) if column == key.column}
    return ways[not key.descending] if set(ways) == {not key.descending} else None


def _sorts(tree: ast.Module) -> Iterator[tuple[str, bool, int]]:
    """Give each column that is sorted by, whether from the greatest down, and the line; what the text does not say is left out."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in DIRECTIONS):
            continue
        keywords = {k.arg: k.value for k in node.keywords}
        columns = [t for a in (*node.args, keywords.get("by"), keywords.get("columns")) if a is not None for t in texts(a)]
        always = DIRECTIONS[node.func.attr]
        down = [always] * len(columns) if always is not None else _descending(keywords, len(columns))
        yield from ((c, d, node.lineno) for c, d in zip(columns, down, strict=False) if d is not None)


def _descending(keywords: dict[str | None, ast.expr], count: int) -> list[bool | None]:
    """Read `ascending=` of pandas or `descending=` of polars, one or one a column; None where it is no literal."""
    said = keywords.get("ascending") or keywords.get("descending")
    if said is None:
        return [False] * count
    each = said.elts if isinstance(said, (ast.List, ast.Tuple)) else [said] * count
    turned = "ascending" in keywords
    return [bool(v.value) != turned if isinstance(v, ast.Constant) else None for v in each]


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
