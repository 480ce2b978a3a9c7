"""Expressions that read a value out of another one: parts of text, numbers and durations in text, mapped values, rows of columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from nexus_jupyter.context.schema import Kind, Schema
from nexus_jupyter.errors import PlanError
from nexus_jupyter.plan.expressions import NUMBERS, Expr, Scalar, comparable, kind_of, numeric, said, textual


@dataclass(frozen=True, slots=True)
class Extract(Expr):
    """The first match of a regular expression's one group in a text; missing where it does not match."""

    value: Expr
    pattern: str
    number: bool = False

    def kind(self, schema: Schema) -> Kind:
        """Give text, or float for a number; the pattern has to have one group."""
        textual(self.value, schema, "Taking a part of text")
        try:
            groups = re.compile(self.pattern).groups
        except re.error as error:
            raise PlanError(f"`{self.pattern}` is no regular expression: {error}.") from error
        if groups != 1:
            raise PlanError(f"`{self.pattern}` needs one group in parentheses, and it has {groups}.")
        return Kind.FLOAT if self.number else Kind.STRING


@dataclass(frozen=True, slots=True)
class Piece(Expr):
    """One of the pieces of a text between separators, counted from 0 (from the end: -1, -2, …), without blanks around it."""

    value: Expr
    separator: str
    index: int

    def kind(self, schema: Schema) -> Kind:
        """Give text."""
        textual(self.value, schema, "Splitting")
        if not self.separator:
            raise PlanError("Splitting needs a separator.")
        return Kind.STRING


@dataclass(frozen=True, slots=True)
class Substitute(Expr):
    """A text with every occurrence of `old` replaced by `new`; `pattern` reads `old` as a regular expression."""

    value: Expr
    old: str
    new: str = ""
    pattern: bool = False

    def kind(self, schema: Schema) -> Kind:
        """Give text."""
        textual(self.value, schema, "Replacing")
        if not self.old:
            raise PlanError("Replacing needs something to look for.")
        return Kind.STRING


@dataclass(frozen=True, slots=True)
class Number(Expr):
    """The first number in a text ("1,234", "$5", "12%", "89 USD"); missing where it holds none."""

    value: Expr

    def kind(self, schema: Schema) -> Kind:
        """Give float."""
        kind = self.value.kind(schema)
        if kind is not Kind.STRING and kind not in NUMBERS:
            raise PlanError(f"A number can be read from text, and {said(self.value)} is {kind}.")
        return Kind.FLOAT


@dataclass(frozen=True, slots=True)
class Duration(Expr):
    """The length of time that a text such as "3:11" or "1:31:33.7" holds, as a number of units.

    With two parts the first one is in `first`: minutes (3 minutes 11 seconds) or hours (3 hours 11 minutes).
    """

    value: Expr
    unit: Literal["seconds", "minutes", "hours"] = "seconds"
    first: Literal["minutes", "hours"] = "minutes"

    def kind(self, schema: Schema) -> Kind:
        """Give float."""
        textual(self.value, schema, "Reading a duration")
        return Kind.FLOAT


@dataclass(frozen=True, slots=True)
class Recode(Expr):
    """A value mapped to another one: `old[i]` becomes `new[i]`.

    What is not among them, or is missing, stays (`keep`) or becomes `otherwise`.
    """

    value: Expr
    old: tuple[Scalar, ...]
    new: tuple[Scalar, ...]
    keep: bool = False
    otherwise: Scalar = None

    def kind(self, schema: Schema) -> Kind:
        """Give the kind of the new values, which have to be of one."""
        own = self.value.kind(schema)
        if not self.old or len(self.old) != len(self.new):
            raise PlanError(f"{len(self.old)} values are mapped to {len(self.new)}; it has to be one each, at least one.")
        for v in self.old:
            if not comparable(own, kind_of(v)):
                raise PlanError(f"{said(self.value)} is {own} and never equals {v!r}.")
        others = [*self.new, *([self.otherwise] if self.otherwise is not None else [])]
        kinds = {kind_of(v) for v in others} | ({own} if self.keep else set())
        if len(kinds) == 1:
            return kinds.pop()
        if kinds <= NUMBERS:
            return Kind.FLOAT if Kind.FLOAT in kinds else Kind.INTEGER
        raise PlanError(f"The mapped values are of several kinds: {', '.join(sorted(kinds))}.")


@dataclass(frozen=True, slots=True)
class Clip(Expr):
    """A number that is at least `low` and at most `high`; None leaves a side open."""

    value: Expr
    low: float | None = None
    high: float | None = None

    def kind(self, schema: Schema) -> Kind:
        """Give the number's kind."""
        kind = numeric(self.value, schema, "Clipping")
        if self.low is None and self.high is None:
            raise PlanError("Clipping needs a lower or an upper limit.")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise PlanError(f"The lower limit {self.low} is above the upper limit {self.high}.")
        return Kind.FLOAT if isinstance(self.low, float) or isinstance(self.high, float) else kind


@dataclass(frozen=True, slots=True)
class Across(Expr):
    """One number from several of the same row; missing ones are left out, and a row of missing ones gives missing."""

    func: Literal["sum", "mean", "min", "max", "first"]
    parts: tuple[Expr, ...]

    def kind(self, schema: Schema) -> Kind:
        """Give float, or the parts' kind; "first" (the first that is present) takes any one kind."""
        if len(self.parts) < 2:  # noqa: PLR2004 - a row of one needs no function
            raise PlanError(f"The {self.func} of a row needs at least two columns.")
        kinds = {p.kind(schema) if self.func == "first" else numeric(p, schema, f"The {self.func} of a row") for p in self.parts}
        if len(kinds) == 1 and self.func != "mean" and Kind.BOOLEAN not in kinds:
            return kinds.pop()
        if not kinds <= NUMBERS:
            raise PlanError(f"The columns of a row are of several kinds: {', '.join(sorted(kinds))}.")
        return Kind.INTEGER if Kind.FLOAT not in kinds and self.func != "mean" else Kind.FLOAT


CONVERSIONS: tuple[type[Expr], ...] = (Extract, Piece, Substitute, Number, Duration, Recode, Clip, Across)
