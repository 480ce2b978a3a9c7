"""Values read out of other values, as pandas code."""

from __future__ import annotations

from nexus_jupyter.codegen.literals import literal, mapping, names, number, pattern, text
from nexus_jupyter.codegen.pandas_expressions import Row, expression
from nexus_jupyter.context.schema import Kind
from nexus_jupyter.plan.conversions import Across, Clip, Duration, Extract, Number, Piece, Recode, Substitute
from nexus_jupyter.plan.expressions import Col

NUMBER = r"(-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
CLOCK = {"minutes": r"^\+?(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)$", "hours": r"^\+?(\d+):(\d+)(?::(\d+(?:\.\d+)?))?$"}
SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600}


@expression.register
def _extract(e: Extract, row: Row) -> str:
    found = f"{row.part(e.value)}.str.extract({pattern(e.pattern)}, expand=False)"
    return f'{row.writer.use("pd")}.to_numeric({found}, errors="coerce")' if e.number else found


@expression.register
def _piece(e: Piece, row: Row) -> str:
    return f"{row.part(e.value)}.str.split({text(e.separator)}, regex=False).str[{e.index}].str.strip()"


@expression.register
def _substitute(e: Substitute, row: Row) -> str:
    old = pattern(e.old) if e.pattern else text(e.old)
    return f"{row.part(e.value)}.str.replace({old}, {text(e.new)}, regex={e.pattern})"


@expression.register
def _number(e: Number, row: Row) -> str:
    value = row.part(e.value)
    if e.value.kind(row.schema) is not Kind.STRING:
        return f"{value}.astype(float)"
    found = f'{value}.str.replace(",", "", regex=False).str.extract({pattern(NUMBER)}, expand=False)'
    return f"{row.writer.use('pd')}.to_numeric({found})"


@expression.register
def _duration(e: Duration, row: Row) -> str:
    parts = row.writer.fresh("parts")
    row.writer.emit(f"{parts} = {row.part(e.value)}.str.extract({pattern(CLOCK[e.first])}).astype(float)")
    first, middle, last = (f"{parts}[{i}]" for i in range(3))
    seconds = {
        "minutes": f"{first}.fillna(0) * 3600 + {middle}.fillna(0) * 60 + {last}",
        "hours": f"{first} * 3600 + {middle} * 60 + {last}.fillna(0)",
    }[e.first]
    return seconds if e.unit == "seconds" else f"({seconds}) / {SECONDS[e.unit]}"


@expression.register
def _recode(e: Recode, row: Row) -> str:
    value, pairs = row.part(e.value), mapping(zip(map(literal, e.old), map(literal, e.new), strict=True))
    if e.keep:
        return f"{value}.replace({pairs})"
    return f"{value}.map({pairs})" + (f".fillna({literal(e.otherwise)})" if e.otherwise is not None else "")


@expression.register
def _clip(e: Clip, row: Row) -> str:
    bounds = [f"{side}={number(limit)}" for side, limit in (("lower", e.low), ("upper", e.high)) if limit is not None]
    return f"{row.part(e.value)}.clip({', '.join(bounds)})"


@expression.register
def _across(e: Across, row: Row) -> str:
    if e.func == "first":
        first, *others = e.parts
        return row.part(first) + "".join(f".fillna({row.said(p)})" for p in others)
    plain = [p.name for p in e.parts if isinstance(p, Col)]
    if len(plain) == len(e.parts):
        table = f"{row.variable}[{names(plain)}]"
    else:
        table = f"{row.writer.use('pd')}.concat([{', '.join(row.said(p) for p in e.parts)}], axis=1)"
    return f"{table}.{e.func}(axis=1{', min_count=1' if e.func == 'sum' else ''})"
