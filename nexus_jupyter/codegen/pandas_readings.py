"""Readings of messy text as pandas code; the pattern stands on top, where it can be read and changed."""

from __future__ import annotations

from nexus_jupyter.codegen.literals import pattern, text
from nexus_jupyter.codegen.pandas_expressions import Row, expression
from nexus_jupyter.plan.readings import Reading

SCALES = '{"thousand": 1e3, "million": 1e6, "billion": 1e9}'
SCALE = r'r"(thousand|million|billion)"'
MINUS = '.str.replace("\u2212", "-")'


@expression.register
def _reading(e: Reading, row: Row) -> str:
    value, pd = row.part(e.value), row.writer.use("pd")
    found = f"{value}.str.extract({row.writer.constant(f'{e.how}_pattern', pattern(e.pattern))}, expand=False)"
    if e.how == "text":
        return found
    if e.how == "date":
        return f'{pd}.to_datetime({found}, format={text(e.format)}, errors="coerce")'
    found += MINUS if "\u2212" in e.pattern else ""
    found += (
        r'.str.replace(r"[^\d,-]", "", regex=True).str.replace(",", ".")'
        if e.format == ","
        else r'.str.replace(r"[^\d.-]", "", regex=True)'
    )
    said = f'{pd}.to_numeric({found}, errors="coerce")'
    if not e.scaled:
        return said
    return f"{said} * {value}.str.lower().str.extract({SCALE}, expand=False).map({row.writer.constant('SCALES', SCALES)}).fillna(1)"
