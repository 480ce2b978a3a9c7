"""Results: what a run gave, in the form that the question asked for."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Form = Literal["value", "list", "table", "chart"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """One thing that the reader gets.

    Attributes
    ----------
    name
        Its name in the code.
    form
        "value", "list", "table" or "chart".
    label
        What it is, in words.
    value
        The scalar, or the list of scalars, else None.
    table
        The data frame, in the dialect of the code, else None; of a chart, the table that it draws.
    figure
        The `plotly.graph_objects.Figure`, else None.
    """

    name: str
    form: Form
    label: str = ""
    value: Any = None
    table: Any = None
    figure: Any = None


def plain(value: Any) -> Any:
    """Turn a cell of pandas, polars or NumPy into a Python value; missing becomes None."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return None
    if hasattr(value, "to_pydatetime"):
        value = value.to_pydatetime()
    elif hasattr(value, "item") and getattr(value, "ndim", 0) == 0:
        value = value.item()
    if isinstance(value, float) and math.isnan(value):
        return None
    return value


def jsonable(value: Any) -> Any:
    """Turn a value into one that JSON can hold: dates in ISO form, infinities as text, what is unknown as text."""
    value = plain(value)
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else str(value)
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case Mapping():
            return {str(k): jsonable(v) for k, v in value.items()}
        case list() | tuple() | set() | frozenset():
            return [jsonable(v) for v in value]
        case _:
            return str(value)


def read(outcome: object, *, name: str, form: Form, label: str = "", decimals: int | None = None) -> Part:
    """Read one result of a run (a table, figure, scalar or text of the sandbox) as the part that was asked for."""
    if form == "chart":
        from nexus_jupyter.results.figures import figure_of

        return Part(name=name, form=form, label=label, figure=figure_of(outcome))
    frame = getattr(outcome, "frame", None)
    if frame is None:
        value = plain(getattr(outcome, "value", getattr(outcome, "text", outcome)))
        value = [rounded(plain(v), decimals) for v in value] if isinstance(value, (list, tuple)) else rounded(value, decimals)
        return Part(name=name, form="list" if isinstance(value, list) else "value", label=label, value=value)
    if form == "value" and frame.shape[0] == 1 and frame.shape[1] >= 1:
        from nexus_jupyter.results.tables import column_values

        value = plain(column_values(frame, frame.columns[-1])[0])
        if frame.shape[1] == 1:
            return Part(name=name, form="value", label=label, value=rounded(value, decimals))
        return Part(name=name, form="table", label=label, value=None, table=frame)
    if form == "list" and frame.shape[1] == 1:
        from nexus_jupyter.results.tables import column_values

        values = [rounded(plain(v), decimals) for v in column_values(frame, frame.columns[0])]
        return Part(name=name, form="list", label=label, value=values, table=frame)
    return Part(name=name, form="table", label=label, table=frame)


def rounded(value: Any, decimals: int | None) -> Any:
    """Round a float, when rounding was asked for."""
    return round(value, decimals) if decimals is not None and isinstance(value, float) and math.isfinite(value) else value
