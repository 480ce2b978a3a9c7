"""Readings: what text in a messy cell means as a number or a date. The cell itself stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nexus_jupyter.context.schema import Kind, Schema
from nexus_jupyter.errors import PlanError
from nexus_jupyter.plan.expressions import Expr, textual


@dataclass(frozen=True, slots=True)
class Reading(Expr):
    """The part of a text that `pattern` finds in its one group, read as a number or a date; missing where it is not found.

    A "number" may be written with spaces and commas between thousands; with `format` "," the comma is the decimal sign, and with
    `scaled` the words thousand, million and billion count. A "date" needs its strptime `format`. "text" is the part as it is.
    """

    value: Expr
    how: Literal["number", "date", "text"]
    pattern: str
    format: str = ""
    scaled: bool = False

    def kind(self, schema: Schema) -> Kind:
        """Give float, datetime or text; the value has to be text."""
        textual(self.value, schema, f"Reading a {self.how}")
        if self.how == "date" and not self.format:
            raise PlanError("A date in a text is read by its format, and none is given.")
        return {"date": Kind.DATETIME, "text": Kind.STRING}.get(self.how, Kind.FLOAT)
