"""Expressions as polars code."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import singledispatch

from nexus_jupyter.codegen.literals import literal, text
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.context.schema import Kind, Schema
from nexus_jupyter.errors import CodegenError
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
    Scalar,
    Span,
    Trunc,
)  # fmt: skip

EVERY = {"year": "1y", "quarter": "1q", "month": "1mo", "week": "1w", "day": "1d", "hour": "1h"}
PER_UNIT = {"days": "86_400_000_000", "hours": "3_600_000_000", "minutes": "60_000_000", "years": "31_557_600_000_000"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Where an expression is read: its schema and the page."""

    schema: Schema
    writer: Writer = field(repr=False)

    def part(self, e: Expr) -> str:
        """Write an operand, in parentheses where an operator is on top."""
        words = expression(e, self)
        single = not isinstance(e, (Compare, And, Or, Arith, Not, Span)) and not words.startswith(("~", "-"))
        return words if single else f"({words})"

    def operand(self, e: Expr) -> str:
        """Write an operand as a polars expression, constants too."""
        return f"{self.writer.use('pl')}.lit({expression(e, self)})" if isinstance(e, Lit) else self.part(e)

    def clock(self, e: Expr) -> str:
        """Write a date so that it has a time of day."""
        words = self.operand(e)
        if isinstance(e, Col) and self.writer.zoned(e.name):
            return f"{words}.dt.replace_time_zone(None)"
        return f"{words}.cast({self.writer.use('pl')}.Datetime)" if e.kind(self.schema) is Kind.DATE else words


def constant(value: Scalar, writer: Writer) -> str:
    """Write a constant as polars reads it: dates as Python dates."""
    if isinstance(value, dt.datetime):
        parts = [value.year, value.month, value.day, value.hour, value.minute, value.second]
        while len(parts) > 3 and not parts[-1]:  # noqa: PLR2004 - a date has three
            parts.pop()
        return f"{writer.use('datetime')}({', '.join(map(str, parts))})"
    if isinstance(value, dt.date):
        return f"{writer.use('date')}({value.year}, {value.month}, {value.day})"
    return literal(value)


@singledispatch
def expression(e: Expr, row: Row) -> str:
    """Write an expression in polars."""
    raise CodegenError(f"The expression {type(e).__name__} cannot be written in polars. Ask for pandas code.")


@expression.register
def _col(e: Col, row: Row) -> str:
    return f"{row.writer.use('pl')}.col({text(e.name)})"


@expression.register
def _lit(e: Lit, row: Row) -> str:
    return constant(e.value, row.writer)


@expression.register
def _arith(e: Arith, row: Row) -> str:
    def side(p: Expr) -> str:
        words = row.part(p)
        whole = not isinstance(p, (Lit, Arith)) and p.kind(row.schema) in {Kind.INTEGER, Kind.BOOLEAN}
        return f"{words}.cast({row.writer.use('pl')}.Int64)" if whole and e.op in {"+", "-", "*"} else words

    said = f"{side(e.left)} {e.op} {side(e.right)}"
    return f"({said}).fill_nan(None)" if e.op == "/" and e.right.columns() else said


def knob(e: Expr, other: Expr, op: str, row: Row) -> str | None:
    """Name a threshold or date that a person may turn as a constant on top."""
    if not isinstance(e, Lit) or isinstance(e.value, (bool, str)) or e.value is None or op in {"==", "!="}:
        return None
    if isinstance(e.value, dt.date):
        return row.writer.constant("START" if op in {">", ">="} else "END", constant(e.value, row.writer))
    column = other.name if isinstance(other, Col) else "value"
    return row.writer.constant(f"{'MIN' if op in {'>', '>='} else 'MAX'}_{column}", literal(e.value))


@expression.register
def _compare(e: Compare, row: Row) -> str:
    left = row.operand(e.left) if isinstance(e.right, Lit) else row.part(e.left)
    return f"{left} {e.op} {knob(e.right, e.left, e.op, row) or row.part(e.right)}"


@expression.register
def _between(e: Between, row: Row) -> str:
    low = knob(e.low, e.value, ">=", row) or expression(e.low, row)
    high = knob(e.high, e.value, "<", row) or expression(e.high, row)
    closed = ', closed="left"' if e.open_end else ""
    return f"{row.part(e.value)}.is_between({low}, {high}{closed})"


@expression.register
def _in(e: In, row: Row) -> str:
    said = f"{row.part(e.value)}.is_in([{', '.join(constant(v, row.writer) for v in e.values)}])"
    return f"~{said}" if e.negated else said


@expression.register
def _in_step(e: InStep, row: Row) -> str:
    from nexus_jupyter.codegen.polars import collected

    said = f"{row.part(e.value)}.is_in({collected(e.step, row.writer)}[{text(e.column)}].implode())"
    return f"~{said}" if e.negated else said


@expression.register
def _cell(e: Cell, row: Row) -> str:
    from nexus_jupyter.codegen.polars import cell

    return cell(e.step, e.column, row.writer)


@expression.register
def _like(e: Like, row: Row) -> str:
    value = row.part(e.value) + (".str.to_lowercase()" if e.ignore_case else "")
    sought = text(e.text.lower() if e.ignore_case else e.text)
    said = {
        "contains": f"{value}.str.contains({sought}, literal=True)",
        "starts": f"{value}.str.starts_with({sought})",
        "ends": f"{value}.str.ends_with({sought})",
        "equals": f"{value}.eq({sought})",
    }[e.mode]
    return f"~{said}" if e.negated else said


@expression.register
def _is_null(e: IsNull, row: Row) -> str:
    return f"{row.part(e.value)}.{'is_not_null' if e.negated else 'is_null'}()"


@expression.register
def _and(e: And, row: Row) -> str:
    return " & ".join(row.part(p) for p in e.parts)


@expression.register
def _or(e: Or, row: Row) -> str:
    return " | ".join(row.part(p) for p in e.parts)


@expression.register
def _not(e: Not, row: Row) -> str:
    return f"~({expression(e.part, row)}).fill_null(False)"


@expression.register
def _date_part(e: DatePart, row: Row) -> str:
    value = row.clock(e.value) if e.part in {"hour", "minute"} else row.operand(e.value)
    if e.part.endswith("_name"):
        return f'{value}.dt.strftime("{"%B" if e.part == "month_name" else "%A"}")'
    return f"{value}.dt.weekday() - 1" if e.part == "weekday" else f"{value}.dt.{e.part}()"


@expression.register
def _trunc(e: Trunc, row: Row) -> str:
    clock = e.unit == "hour" or (isinstance(e.value, Col) and row.writer.zoned(e.value.name))
    return f'{row.clock(e.value) if clock else row.operand(e.value)}.dt.truncate("{EVERY[e.unit]}")'


@expression.register
def _span(e: Span, row: Row) -> str:
    return f"({row.clock(e.end)} - {row.clock(e.start)}).dt.total_microseconds() / {PER_UNIT[e.unit]}"


@expression.register
def _func(e: Func, row: Row) -> str:
    value = row.operand(e.value)
    match e.name:
        case "lower" | "upper":
            return f"{value}.str.to_{e.name}case()"
        case "title":
            return f"{value}.str.to_titlecase()"
        case "words":
            return f'{value}.str.count_matches(r"\\S+")'
        case "log2":
            return f"{value}.log(2).fill_nan(None)"
        case "strip":
            return f"{value}.str.strip_chars()"
        case "length":
            return f"{value}.str.len_chars()"
        case "round":
            return f"{value}.round({e.digits})"
        case "sqrt" | "log" | "log10" | "log1p":
            return f"{value}.{e.name}().fill_nan(None)"
        case _:
            return f"{value}.{e.name}()"


@expression.register
def _if(e: If, row: Row) -> str:
    pl = row.writer.use("pl")
    return f"{pl}.when({expression(e.condition, row)}).then({row.operand(e.then)}).otherwise({row.operand(e.otherwise)})"
