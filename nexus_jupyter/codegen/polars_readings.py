"""Readings of messy text as polars code."""

from __future__ import annotations

from nexus_jupyter.codegen.literals import pattern, text
from nexus_jupyter.codegen.pandas_readings import MINUS, SCALE, SCALES
from nexus_jupyter.codegen.polars_expressions import Row, expression
from nexus_jupyter.plan.readings import Reading


@expression.register
def _reading(e: Reading, row: Row) -> str:
    value, pl = row.part(e.value), row.writer.use("pl")
    found = f"{value}.str.extract({row.writer.constant(f'{e.how}_pattern', pattern(e.pattern))}, 1)"
    if e.how == "text":
        return found
    if e.how == "date":
        return f"{found}.str.to_datetime({text(e.format)}, strict=False)"
    found += MINUS if "\u2212" in e.pattern else ""
    found += r'.str.replace_all(r"[^\d,-]", "").str.replace(",", ".")' if e.format == "," else r'.str.replace_all(r"[^\d.-]", "")'
    said = f"{found}.cast({pl}.Float64, strict=False)"
    if not e.scaled:
        return said
    words, scales = f"{value}.str.to_lowercase().str.extract({SCALE}, 1)", row.writer.constant("SCALES", SCALES)
    return f"{said} * {words}.replace_strict({scales}, default=None, return_dtype={pl}.Float64).fill_null(1)"
