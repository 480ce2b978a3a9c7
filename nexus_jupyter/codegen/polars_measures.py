"""Measures as polars code."""

from __future__ import annotations

from nexus_jupyter.codegen.literals import text
from nexus_jupyter.codegen.polars_expressions import Row, expression
from nexus_jupyter.context.schema import Kind
from nexus_jupyter.plan.step import Measure

NAMED = {"count_distinct": "n_unique", **{f: f for f in ("sum", "mean", "median", "min", "max", "count", "std", "var")}}


def measure(m: Measure, row: Row) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a function
    """Write a measure; missing cells do not count."""
    pl = row.writer.use("pl")
    condition = expression(m.where, row) if m.where is not None else None
    if m.func == "share":
        return f"({condition}).fill_null(False).mean()"
    if m.func == "size":
        return f"({condition}).sum()" if condition else f"{pl}.len()"
    assert m.column is not None
    column = f"{pl}.col({text(m.column)})"
    if row.schema.column(m.column).kind is Kind.BOOLEAN and m.func not in {"any", "all", "count", "count_distinct"}:
        column += f".cast({pl}.Int64)" if m.func not in {"min", "max", "first", "last", "mode"} else ""
    elif m.func in {"any", "all"}:
        column += f".cast({pl}.Boolean)"
    column += f".filter({condition})" if condition else ""
    match m.func:
        case "count_distinct":
            return f"{column}.drop_nulls().n_unique()"
        case "std_pop" | "var_pop":
            return f"{column}.{m.func.removesuffix('_pop')}(ddof=0)"
        case "quantile":
            return f'{column}.quantile({m.q}, interpolation="linear")'
        case "range":
            return f"{column}.max() - {column}.min()"
        case "skew":
            return f"{column}.skew(bias=False)"
        case "kurtosis":
            return f"{column}.kurtosis(bias=False)"
        case "skew_pop":
            return f"{column}.skew()"
        case "kurtosis_pop":
            return f"{column}.kurtosis()"
        case "missing":
            return f"{column}.null_count()"
        case "iqr":
            return f'{column}.quantile(0.75, interpolation="linear") - {column}.quantile(0.25, interpolation="linear")'
        case "mad":
            return f"({column} - {column}.median()).abs().median()"
        case "sem":
            return f"{column}.std() / {column}.count().sqrt()"
        case "weighted_mean":
            weights = f"{pl}.col({text(str(m.weight))})" + (f".filter({condition})" if condition else "")
            return f"({column} * {weights}).sum() / {weights}.filter({column}.is_not_null()).sum()"
        case "first" | "last":
            return f"{column}.drop_nulls().{m.func}()"
        case "mode":
            return f"{column}.drop_nulls().mode().min()"
        case "any" | "all":
            return f"{column}.{m.func}()"
        case _:
            return f"{column}.{NAMED[m.func]}()"
