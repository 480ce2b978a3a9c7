"""Expressions as pandas code over the columns of one variable."""

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
    Span,
    Trunc,
)  # fmt: skip

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PERIODS = {"year": "Y", "quarter": "Q", "month": "M", "week": "W"}
PARTS = {"year": "year", "quarter": "quarter", "month": "month", "day": "day", "weekday": "dayofweek", "hour": "hour", "minute": "minute"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Where an expression is read: the variable, its schema, the page; `scalar` gives the single value of another step."""

    variable: str
    schema: Schema
    writer: Writer = field(repr=False)

    def said(self, e: Expr, *, top: bool = True) -> str:
        """Write an expression; below an operator or a method (`top` false) what needs parentheses gets them."""
        words = expression(e, self)
        single = not isinstance(e, (Compare, And, Or, Arith, Not, Span)) and not words.startswith(("~", "-"))
        return words if top or single else f"({words})"

    def part(self, e: Expr) -> str:
        """Write an operand."""
        words = self.said(e, top=False)
        if isinstance(e, (In, InStep, Like)) and (" & " in words or words.startswith("(~")):
            return f"({expression(e, self)})"
        return words

    def moment(self, e: Expr) -> str:
        """Write a date so that it has date methods, whether the column holds dates or times."""
        words = self.part(e)
        if isinstance(e, Col) and self.schema.column(e.name).kind is Kind.DATE:
            return f"{self.writer.use('pd')}.to_datetime({words})"
        if isinstance(e, Lit):
            return f"{self.writer.use('pd')}.Timestamp({words})"
        return words

    def wall(self, e: Expr) -> str:
        """Write a date without its time zone."""
        zoned = isinstance(e, Col) and self.writer.zoned(e.name)
        return self.moment(e) + (".dt.tz_localize(None)" if zoned else "")

    def nullable(self, e: Expr) -> bool:
        """Say whether a value may be missing."""
        return any(self.schema.column(c).nullable for c in e.columns())


@singledispatch
def expression(e: Expr, row: Row) -> str:
    """Write an expression in pandas."""
    raise CodegenError(f"The expression {type(e).__name__} cannot be written in pandas. Ask the question in another way.")


@expression.register
def _col(e: Col, row: Row) -> str:
    return f"{row.variable}[{text(e.name)}]"


@expression.register
def _lit(e: Lit, row: Row) -> str:
    return literal(e.value)


@expression.register
def _arith(e: Arith, row: Row) -> str:
    return f"{row.part(e.left)} {e.op} {row.part(e.right)}"


def knob(e: Expr, other: Expr, op: str, row: Row) -> str | None:
    """Name a threshold or date that a person may turn as a constant on top."""
    if not isinstance(e, Lit) or isinstance(e.value, (bool, str)) or e.value is None or op in {"==", "!="}:
        return None
    if isinstance(e.value, dt.date):
        word = "START" if op in {">", ">="} else "END"
    else:
        column = other.name if isinstance(other, Col) else "value"
        word = f"{'MIN' if op in {'>', '>='} else 'MAX'}_{column}"
    return row.writer.constant(word, literal(e.value))


@expression.register
def _compare(e: Compare, row: Row) -> str:
    temporal = e.left.kind(row.schema).temporal
    left = row.moment(e.left) if temporal else row.part(e.left)
    right = knob(e.right, e.left, e.op, row) or (row.moment(e.right) if temporal and not isinstance(e.right, Lit) else row.part(e.right))
    said = f"{left} {e.op} {right}"
    if e.op != "!=" or not row.nullable(e):
        return said
    present = [f"{row.part(p)}.notna()" for p in (e.left, e.right) if p.columns() and row.nullable(p)]
    return " & ".join([*present, f"({said})"])


@expression.register
def _between(e: Between, row: Row) -> str:
    value = row.moment(e.value) if e.value.kind(row.schema).temporal else row.part(e.value)
    low = knob(e.low, e.value, ">=", row) or row.said(e.low)
    high = knob(e.high, e.value, "<", row) or row.said(e.high)
    inclusive = ', inclusive="left"' if e.open_end else ""
    return f"{value}.between({low}, {high}{inclusive})"


def _negated(said: str, value: Expr, row: Row) -> str:
    return f"{row.part(value)}.notna() & ~{said}" if row.nullable(value) else f"~{said}"


@expression.register
def _in(e: In, row: Row) -> str:
    values = f"[{', '.join(literal(v) for v in e.values)}]"
    value = row.part(e.value)
    if e.value.kind(row.schema).temporal:
        value, values = row.moment(e.value), f"{row.writer.use('pd')}.to_datetime({values})"
    said = f"{value}.isin({values})"
    return _negated(said, e.value, row) if e.negated else said


@expression.register
def _in_step(e: InStep, row: Row) -> str:
    other = row.writer.name(e.step)
    # Without `unique`, `isin` builds its table of all rows, which takes seconds for text.
    found = f"{other}[{text(e.column)}]" + (".dropna()" if e.step.schema.column(e.column).nullable else "") + ".unique()"
    said = f"{row.part(e.value)}.isin({found})"
    return _negated(said, e.value, row) if e.negated else said


@expression.register
def _cell(e: Cell, row: Row) -> str:
    from nexus_jupyter.codegen.pandas_measures import cell

    return cell(e.step, e.column, row.writer)


@expression.register
def _like(e: Like, row: Row) -> str:
    value = row.part(e.value)
    sought = text(e.text.lower() if e.ignore_case else e.text)
    value = f"{value}.str.lower()" if e.ignore_case else value
    missing = ", na=False" if row.nullable(e.value) else ""
    said = {
        "contains": f"{value}.str.contains({sought}, regex=False{missing})",
        "starts": f"{value}.str.startswith({sought}{missing})",
        "ends": f"{value}.str.endswith({sought}{missing})",
        "equals": f"{value}.eq({sought})",
    }[e.mode]
    return _negated(said, e.value, row) if e.negated else said


@expression.register
def _is_null(e: IsNull, row: Row) -> str:
    return f"{row.part(e.value)}.{'notna' if e.negated else 'isna'}()"


def conjuncts(e: Expr, row: Row) -> tuple[str, ...]:
    """Write the parts of a condition that are joined by and, each ready to stand beside `&`."""
    if isinstance(e, And):
        return tuple(words for p in e.parts for words in conjuncts(p, row))
    words = expression(e, row)
    guarded = isinstance(e, Compare) and e.op == "!=" and ".notna() & (" in words
    return (f"({words})",) if isinstance(e, (Compare, Or)) and not guarded else (words,)


@expression.register
def _and(e: And, row: Row) -> str:
    return " & ".join(w if w.count(" | ") == 0 or w.startswith("(") else f"({w})" for w in conjuncts(e, row))


@expression.register
def _or(e: Or, row: Row) -> str:
    return " | ".join(f"({w})" if isinstance(p, (Compare, And)) or " & " in w else w for p in e.parts for w in [expression(p, row)])


@expression.register
def _not(e: Not, row: Row) -> str:
    return f"~({expression(e.part, row)})"


@expression.register
def _date_part(e: DatePart, row: Row) -> str:
    value = row.moment(e.value)
    if e.part == "date":
        return f"{value}.dt.normalize()"
    if e.part == "week":
        return f"{value}.dt.isocalendar().week"
    if e.part == "month_name":
        return f"{value}.dt.month_name()"
    return f"{value}.dt.day_name()" if e.part == "weekday_name" else f"{value}.dt.{PARTS[e.part]}"


@expression.register
def _trunc(e: Trunc, row: Row) -> str:
    value = row.wall(e.value)
    if e.unit == "day":
        return f"{value}.dt.normalize()"
    return f'{value}.dt.floor("h")' if e.unit == "hour" else f'{value}.dt.to_period("{PERIODS[e.unit]}").dt.to_timestamp()'


@expression.register
def _span(e: Span, row: Row) -> str:
    unit = "days=365.25" if e.unit == "years" else f"{e.unit}=1"
    return f"({row.wall(e.end)} - {row.wall(e.start)}) / {row.writer.use('pd')}.Timedelta({unit})"


@expression.register
def _func(e: Func, row: Row) -> str:
    value = row.part(e.value)
    if e.name == "words":
        return f'{value}.str.count(r"\\S+")'
    if e.name in {"lower", "upper", "title", "strip", "length"}:
        return f"{value}.str.{'len' if e.name == 'length' else e.name}()"
    if e.name == "abs":
        return f"{value}.abs()"
    return f"{value}.round({e.digits})" if e.name == "round" else f"{row.writer.use('np')}.{e.name}({row.said(e.value)})"


@expression.register
def _if(e: If, row: Row) -> str:
    condition = row.said(e.condition)
    if e.then.columns():
        return f"{row.part(e.then)}.where({condition}, {row.said(e.otherwise)})"
    if e.otherwise.columns():
        return f"{row.part(e.otherwise)}.mask({condition}, {row.said(e.then)})"
    return f"{row.writer.use('pd')}.Series({row.said(e.otherwise)}, index={row.variable}.index).mask({condition}, {row.said(e.then)})"
