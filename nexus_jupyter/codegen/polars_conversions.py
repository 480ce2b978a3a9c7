"""Values read out of other values, as polars code."""

from __future__ import annotations

from nexus_jupyter.codegen.literals import literal, mapping, number, pattern, text
from nexus_jupyter.codegen.pandas_conversions import CLOCK, NUMBER, SECONDS
from nexus_jupyter.codegen.polars_expressions import Row, expression
from nexus_jupyter.context.schema import Kind
from nexus_jupyter.plan.conversions import Across, Clip, Duration, Extract, Number, Piece, Recode, Substitute


def _float(row: Row) -> str:
    return f".cast({row.writer.use('pl')}.Float64, strict=False)"


@expression.register
def _extract(e: Extract, row: Row) -> str:
    return f"{row.operand(e.value)}.str.extract({pattern(e.pattern)}, 1)" + (_float(row) if e.number else "")


@expression.register
def _piece(e: Piece, row: Row) -> str:
    return f"{row.operand(e.value)}.str.split({text(e.separator)}).list.get({e.index}, null_on_oob=True).str.strip_chars()"


@expression.register
def _substitute(e: Substitute, row: Row) -> str:
    old, new = (pattern(e.old), e.new.replace("$", "$$")) if e.pattern else (text(e.old), e.new)
    return f"{row.operand(e.value)}.str.replace_all({old}, {text(new)}{'' if e.pattern else ', literal=True'})"


@expression.register
def _number(e: Number, row: Row) -> str:
    if e.value.kind(row.schema) is not Kind.STRING:
        return row.operand(e.value) + _float(row)
    return f'{row.operand(e.value)}.str.replace_all(",", "", literal=True).str.extract({pattern(NUMBER)}, 1)' + _float(row)


@expression.register
def _duration(e: Duration, row: Row) -> str:
    parts = row.writer.fresh("parts")
    row.writer.emit(f"{parts} = {row.operand(e.value)}.str.extract_groups({pattern(CLOCK[e.first])})")
    first, middle, last = (f'{parts}.struct.field("{i}")' + _float(row) for i in (1, 2, 3))
    seconds = {
        "minutes": f"{first}.fill_null(0) * 3600 + {middle}.fill_null(0) * 60 + {last}",
        "hours": f"{first} * 3600 + {middle} * 60 + {last}.fill_null(0)",
    }[e.first]
    return f"({seconds})" if e.unit == "seconds" else f"(({seconds}) / {SECONDS[e.unit]})"


@expression.register
def _recode(e: Recode, row: Row) -> str:
    value, pairs = row.operand(e.value), mapping(zip(map(literal, e.old), map(literal, e.new), strict=True))
    if not e.keep:
        default = literal(e.otherwise) if e.otherwise is not None else "None"
        return f"{value}.replace_strict({pairs}, default={default})"
    wider = e.kind(row.schema) is Kind.FLOAT and e.value.kind(row.schema) is not Kind.FLOAT
    return f"{value}{_float(row) if wider else ''}.replace({pairs})"


@expression.register
def _clip(e: Clip, row: Row) -> str:
    value = row.operand(e.value)
    value += _float(row) if e.kind(row.schema) is Kind.FLOAT and e.value.kind(row.schema) is not Kind.FLOAT else ""
    bounds = [f"{side}_bound={number(limit)}" for side, limit in (("lower", e.low), ("upper", e.high)) if limit is not None]
    return f"{value}.clip({', '.join(bounds)})"


@expression.register
def _across(e: Across, row: Row) -> str:
    pl, parts = row.writer.use("pl"), ", ".join(row.operand(p) for p in e.parts)
    if e.func == "first":
        return f"{pl}.coalesce({parts})"
    said = f"{pl}.{e.func}_horizontal({parts})"
    if e.func != "sum":
        return said
    return f"{pl}.when({pl}.any_horizontal({', '.join(f'{row.operand(p)}.is_not_null()' for p in e.parts)})).then({said})"
