"""Expressions over the columns of one table; each derives its kind from a schema or says why it cannot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from nexus_jupyter.context.schema import Kind, Schema
from nexus_jupyter.errors import PlanError

if TYPE_CHECKING:
    from nexus_jupyter.plan.step import Step

Scalar: TypeAlias = int | float | str | bool | dt.date | dt.datetime | None
Part = Literal["year", "quarter", "month", "week", "day", "weekday", "hour", "minute", "month_name", "weekday_name", "date"]
Unit = Literal["year", "quarter", "month", "week", "day", "hour"]

NUMBERS = frozenset({Kind.INTEGER, Kind.FLOAT, Kind.BOOLEAN})


class Expr:
    """Something that has a value in each row of a table."""

    __slots__ = ()

    def kind(self, schema: Schema) -> Kind:
        """Derive the kind of the value, or raise `PlanError` or `ColumnNotFound` where the columns do not allow it."""
        raise NotImplementedError

    def children(self) -> Iterator[Expr]:
        """Walk the direct parts."""
        for name in getattr(self, "__slots__", ()):
            value = getattr(self, name)
            if isinstance(value, Expr):
                yield value
            elif isinstance(value, tuple):
                yield from (v for v in value if isinstance(v, Expr))

    def columns(self) -> tuple[str, ...]:
        """Name the columns that are read, each once, in order."""
        found: dict[str, None] = {}
        stack: list[Expr] = [self]
        while stack:
            e = stack.pop(0)
            if isinstance(e, Col):
                found[e.name] = None
            stack = [*e.children(), *stack]
        return tuple(found)

    def steps(self) -> Iterator[Step]:
        """Walk the steps whose results are read (scalar and set look-ups)."""
        step = getattr(self, "step", None)
        if step is not None:
            yield step
        for child in self.children():
            yield from child.steps()


def kind_of(value: Scalar) -> Kind:
    """Give the kind of a Python value."""
    match value:
        case bool():
            return Kind.BOOLEAN
        case int():
            return Kind.INTEGER
        case float():
            return Kind.FLOAT
        case str():
            return Kind.STRING
        case dt.datetime():
            return Kind.DATETIME
        case dt.date():
            return Kind.DATE
        case _:
            return Kind.OTHER


def comparable(left: Kind, right: Kind) -> bool:
    """Say whether values of the two kinds can be ordered against each other."""
    if Kind.OTHER in {left, right}:
        return True
    if Kind.NESTED in {left, right}:
        return False
    return left == right or (left in NUMBERS and right in NUMBERS) or (left.temporal and right.temporal)


def numeric(e: Expr, schema: Schema, what: str) -> Kind:
    """Give the kind of an expression that has to be a number or a length of time."""
    kind = e.kind(schema)
    if kind not in NUMBERS and kind is not Kind.DURATION:
        raise PlanError(f"{what} needs a number, and {said(e)} is {kind}. Choose a numeric column.")
    return kind


def textual(e: Expr, schema: Schema, what: str) -> None:
    """Check that an expression gives text."""
    kind = e.kind(schema)
    if kind is not Kind.STRING:
        raise PlanError(f"{what} needs text, and {said(e)} is {kind}.")


def said(e: Expr) -> str:
    """Name an expression in a message."""
    return f"`{e.name}`" if isinstance(e, Col) else "this value"


def _truth(e: Expr, schema: Schema) -> None:
    kind = e.kind(schema)
    if kind is not Kind.BOOLEAN:
        raise PlanError(f"A condition is needed, and {said(e)} is {kind}. Compare it with a value.")


@dataclass(frozen=True, slots=True)
class Col(Expr):
    """The value of a column."""

    name: str

    def kind(self, schema: Schema) -> Kind:
        """Give the column's kind."""
        return schema.column(self.name).kind


@dataclass(frozen=True, slots=True)
class Lit(Expr):
    """A constant."""

    value: Scalar

    def kind(self, schema: Schema) -> Kind:  # noqa: ARG002 - a constant needs no schema
        """Give the kind of the constant."""
        return kind_of(self.value)


@dataclass(frozen=True, slots=True)
class Arith(Expr):
    """Two numbers combined; `/` is true division."""

    op: Literal["+", "-", "*", "/", "//", "%", "**"]
    left: Expr
    right: Expr

    def kind(self, schema: Schema) -> Kind:
        """Give integer or float."""
        left, right = numeric(self.left, schema, f"`{self.op}`"), numeric(self.right, schema, f"`{self.op}`")
        if self.op != "/" and left in {Kind.INTEGER, Kind.BOOLEAN} and right in {Kind.INTEGER, Kind.BOOLEAN}:
            return Kind.INTEGER
        return Kind.FLOAT


@dataclass(frozen=True, slots=True)
class Compare(Expr):
    """A comparison of two values; with a missing value it is false."""

    op: Literal["==", "!=", "<", "<=", ">", ">="]
    left: Expr
    right: Expr

    def kind(self, schema: Schema) -> Kind:
        """Give boolean, or raise where the two kinds cannot be compared."""
        left, right = self.left.kind(schema), self.right.kind(schema)
        if not comparable(left, right):
            raise PlanError(f"{said(self.left)} is {left} and cannot be compared with a value that is {right}.")
        return Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class Between(Expr):
    """True where low <= value <= high, or value < high when `open_end`."""

    value: Expr
    low: Expr
    high: Expr
    open_end: bool = False

    def kind(self, schema: Schema) -> Kind:
        """Give boolean."""
        for bound in (self.low, self.high):
            Compare("<=", self.value, bound).kind(schema)
        return Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class In(Expr):
    """True where the value is one of the constants (or none of them, when `negated`)."""

    value: Expr
    values: tuple[Scalar, ...]
    negated: bool = False

    def kind(self, schema: Schema) -> Kind:
        """Give boolean."""
        if not self.values:
            raise PlanError("A list of values to look for is empty. Name at least one value.")
        for v in self.values:
            Compare("==", self.value, Lit(v)).kind(schema)
        return Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class InStep(Expr):
    """True where the value occurs in a column of another step's table (or does not, when `negated`)."""

    value: Expr
    step: Step
    column: str
    negated: bool = False

    def kind(self, schema: Schema) -> Kind:
        """Give boolean."""
        other = self.step.schema.column(self.column).kind
        if not comparable(self.value.kind(schema), other):
            raise PlanError(f"{said(self.value)} and `{self.column}` are of different kinds and cannot match.")
        return Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class Cell(Expr):
    """The single value of another step's one-row table: an overall mean, the year of the largest row, and so on."""

    step: Step
    column: str

    def kind(self, schema: Schema) -> Kind:  # noqa: ARG002 - it looks into the other step
        """Give the kind of the cell."""
        return self.step.schema.column(self.column).kind


@dataclass(frozen=True, slots=True)
class Like(Expr):
    """True where text contains, starts with, ends with or equals a text, without regard to case by default."""

    value: Expr
    mode: Literal["contains", "starts", "ends", "equals"]
    text: str
    ignore_case: bool = True
    negated: bool = False

    def kind(self, schema: Schema) -> Kind:
        """Give boolean; the value has to be text."""
        textual(self.value, schema, "A search in text")
        return Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class IsNull(Expr):
    """True where the value is missing (or present, when `negated`)."""

    value: Expr
    negated: bool = False

    def kind(self, schema: Schema) -> Kind:
        """Give boolean."""
        self.value.kind(schema)
        return Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class And(Expr):
    """True where every part is true."""

    parts: tuple[Expr, ...]

    def kind(self, schema: Schema) -> Kind:
        """Give boolean."""
        for p in self.parts:
            _truth(p, schema)
        return Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class Or(Expr):
    """True where some part is true."""

    parts: tuple[Expr, ...]

    def kind(self, schema: Schema) -> Kind:
        """Give boolean."""
        for p in self.parts:
            _truth(p, schema)
        return Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class Not(Expr):
    """True where the part is false."""

    part: Expr

    def kind(self, schema: Schema) -> Kind:
        """Give boolean."""
        _truth(self.part, schema)
        return Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class DatePart(Expr):
    """A part of a date; `weekday` is 0 for Monday, `date` drops the time."""

    value: Expr
    part: Part

    def kind(self, schema: Schema) -> Kind:
        """Give integer, text for names, or date."""
        kind = self.value.kind(schema)
        if not kind.temporal:
            raise PlanError(f"`{self.part}` needs a date, and {said(self.value)} is {kind}.")
        if self.part == "date":
            return Kind.DATE
        return Kind.STRING if self.part.endswith("_name") else Kind.INTEGER


@dataclass(frozen=True, slots=True)
class Trunc(Expr):
    """The start of the period (week: its Monday) in which a date lies."""

    value: Expr
    unit: Unit

    def kind(self, schema: Schema) -> Kind:
        """Give datetime."""
        kind = self.value.kind(schema)
        if not kind.temporal:
            raise PlanError(f"A {self.unit} needs a date, and {said(self.value)} is {kind}.")
        return Kind.DATETIME


@dataclass(frozen=True, slots=True)
class Span(Expr):
    """The time from start to end, as a number of units (fractions kept)."""

    start: Expr
    end: Expr
    unit: Literal["days", "hours", "minutes", "years"] = "days"

    def kind(self, schema: Schema) -> Kind:
        """Give float."""
        for e in (self.start, self.end):
            if not e.kind(schema).temporal:
                raise PlanError(f"A span of time needs two dates, and {said(e)} is {e.kind(schema)}.")
        return Kind.FLOAT


@dataclass(frozen=True, slots=True)
class Func(Expr):
    """A function of one value: numbers to numbers, or text to text (`length` and `words` count characters and words)."""

    name: Literal["abs", "round", "sqrt", "log", "log2", "log10", "log1p", "exp", "floor", "ceil", "sign", "lower", "upper", "title", "strip",
                  "length", "words"]  # fmt: skip
    value: Expr
    digits: int = 0

    def kind(self, schema: Schema) -> Kind:
        """Give the function's kind."""
        if self.name in {"lower", "upper", "title", "strip", "length", "words"}:
            textual(self.value, schema, f"`{self.name}`")
            return Kind.INTEGER if self.name in {"length", "words"} else Kind.STRING
        kind = numeric(self.value, schema, f"`{self.name}`")
        return kind if self.name == "abs" else Kind.FLOAT


@dataclass(frozen=True, slots=True)
class If(Expr):
    """One value where the condition holds, another where it does not."""

    condition: Expr
    then: Expr
    otherwise: Expr

    def kind(self, schema: Schema) -> Kind:
        """Give the kind of the first value; both have to be of one kind."""
        _truth(self.condition, schema)
        first, second = self.then.kind(schema), self.otherwise.kind(schema)
        if not comparable(first, second):
            raise PlanError(f"The two values of a choice are {first} and {second}; they have to be of one kind.")
        return Kind.FLOAT if {first, second} == {Kind.INTEGER, Kind.FLOAT} else first


def all_of(parts: tuple[Expr, ...]) -> Expr | None:
    """Join conditions by and: none gives None, one gives itself."""
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else And(parts)
