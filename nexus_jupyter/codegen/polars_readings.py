"""Readings of messy text as polars code."""

from __future__ import annotations

from nexus_jupyter.codegen.literals import pattern, text
from nexus_jupyter.codegen.pandas_readings import MINUS, SCALE, SCALES
from nexus_jupyter.codegen.polars_expressions import Row, expression
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.plan.readings import Reading

GAPS = ((("%Y", "%y"), "1900", "%Y"), (("%m", "%b", "%B", "%j"), "01", "%m"), (("%d", "%j"), "01", "%d"))
"""What a date is made of, and what stands for a part that its text does not have: the start of 1900, as in pandas."""


def moments(words: str, written: str, writer: Writer) -> str:
    """Read text as times; polars reads none from text without a year, nor from a month and a year of two digits."""
    absent = [(value, code) for codes, value, code in GAPS if not any(c in written for c in codes)]
    if absent and ("%Y" not in written):
        before = "".join(f"{value} " for value, _ in absent)
        words = f"({writer.use('pl')}.lit({text(before)}) + {words})"
        written = "".join(f"{code} " for _, code in absent) + written
    return f"{words}.str.to_datetime({text(written)}, strict=False)"


@expression.register
def _reading(e: Reading, row: Row) -> str:
    value, pl = row.part(e.value), row.writer.use("pl")
    found = f"{value}.str.extract({row.writer.constant(f'{e.how}_pattern', pattern(e.pattern))}, 1)"
    if e.how == "text":
        return found
    if e.how == "date":
        return moments(found, e.format, row.writer)
    found += MINUS if "\u2212" in e.pattern else ""
    found += r'.str.replace_all(r"[^\d,-]", "").str.replace(",", ".")' if e.format == "," else r'.str.replace_all(r"[^\d.-]", "")'
    said = f"{found}.cast({pl}.Float64, strict=False)"
    if not e.scaled:
        return said
    words, scales = f"{value}.str.to_lowercase().str.extract({SCALE}, 1)", row.writer.constant("SCALES", SCALES)
    return f"{said} * {words}.replace_strict({scales}, default=None, return_dtype={pl}.Float64).fill_null(1)"
