"""Plans in words: conditions, measures and keys as a person would say them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from nexus_jupyter.plan.conversions import Across, Clip, Duration, Extract, Number, Piece, Recode, Substitute
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
from nexus_jupyter.plan.readings import Reading
from nexus_jupyter.plan.step import Measure

AGGREGATES = {
    "sum": "total", "mean": "average", "median": "median", "min": "lowest", "max": "highest", "count": "number of",
    "count_distinct": "number of different values of",
    "size": "number of rows", "std": "standard deviation of", "var": "variance of", "std_pop": "population standard deviation of",
    "var_pop": "population variance of", "first": "first", "last": "last", "mode": "most frequent", "range": "range of", "skew": "skewness of",
    "kurtosis": "kurtosis of", "any": "any", "all": "all", "missing": "number of missing", "skew_pop": "skewness (biased) of",
    "kurtosis_pop": "kurtosis (biased) of", "iqr": "quartile range of", "mad": "median distance from the median of",
    "sem": "standard error of the mean of", "weighted_mean": "weighted average",
}  # fmt: skip
SIGNS = {"==": "is", "!=": "is not", "<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least"}


def value(v: Scalar) -> str:
    """Write a constant."""
    match v:
        case str():
            return f"“{v}”"
        case dt.datetime() if v.time() == dt.time():
            return v.date().isoformat()
        case dt.date():
            return v.isoformat()
        case float() if v.is_integer() and abs(v) < 1e15:  # noqa: PLR2004 - beyond it floats lose integers
            return f"{int(v):,}"
        case int() if not isinstance(v, bool):
            return str(v) if 1000 <= abs(v) <= 2999 else f"{v:,}"  # noqa: PLR2004 - years are written without commas
        case _:
            return str(v)


def _existing(e: InStep) -> str:
    """Say that a table has a row for this one, or none: "pets has no row for it where pet is “cat”"."""
    where: list[str] = []
    step: Any = e.step
    while hasattr(step, "input") and (hasattr(step, "where") or hasattr(step, "columns")):
        where += [condition(step.where)] if hasattr(step, "where") else []
        step = step.input
    if not isinstance(getattr(step, "dataset", None), str):
        return f"{condition(e.value)} is {'not ' if e.negated else ''}among the {e.column} found"
    said = f" where {' and '.join(reversed(where))}" if where else ""
    return f"{step.dataset} has {'no' if e.negated else 'a'} row for it{said}"


def condition(e: Expr) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a kind of expression
    """Say an expression in words."""
    match e:
        case Col():
            return e.name
        case Lit():
            return value(e.value)
        case Compare():
            return f"{condition(e.left)} {SIGNS[e.op]} {condition(e.right)}"
        case Between():
            until = "before" if e.open_end else "to"
            return f"{condition(e.value)} is from {condition(e.low)} {until} {condition(e.high)}"
        case In():
            return f"{condition(e.value)} is {'none' if e.negated else 'one'} of {', '.join(value(v) for v in e.values)}"
        case InStep():
            return _existing(e)
        case Cell():
            made = next((m for m in getattr(e.step, "measures", ()) if m.name == e.column and m.where is not None), None)
            return f"the {measure(made)}" if made is not None else f"the {e.column.replace('_', ' ')}"
        case Like():
            verb = {"contains": "contains", "starts": "starts with", "ends": "ends with", "equals": "is"}[e.mode]
            return f"{'not: ' if e.negated else ''}{condition(e.value)} {verb} {value(e.text)}"
        case IsNull():
            return f"{condition(e.value)} is {'present' if e.negated else 'missing'}"
        case And():
            return " and ".join(f"({condition(p)})" if isinstance(p, Or) else condition(p) for p in e.parts)
        case Or():
            return " or ".join(f"({condition(p)})" if isinstance(p, And) else condition(p) for p in e.parts)
        case Not():
            return f"not ({condition(e.part)})"
        case Arith():
            return f"{condition(e.left)} {e.op} {condition(e.right)}"
        case DatePart():
            return f"{e.part.replace('_', ' ')} of {condition(e.value)}"
        case Trunc():
            return f"{e.unit} of {condition(e.value)}"
        case Span():
            return f"{e.unit} from {condition(e.start)} to {condition(e.end)}"
        case Func():
            return f"{e.name} of {condition(e.value)}"
        case Reading():
            return condition(e.value)
        case If():
            return f"{condition(e.then)} if {condition(e.condition)}, else {condition(e.otherwise)}"
        case Extract() | Piece():
            return f"{'number' if isinstance(e, Extract) and e.number else 'part'} of {condition(e.value)}"
        case Substitute():
            return (
                f"{condition(e.value)} with {value(e.old)} replaced by {value(e.new)}"
                if e.new
                else f"{condition(e.value)} without {value(e.old)}"
            )
        case Number():
            return condition(e.value)
        case Duration():
            return f"{e.unit} of {condition(e.value)}"
        case Recode():
            return f"{condition(e.value)} recoded"
        case Clip():
            return f"{condition(e.value)} clipped"
        case Across():
            return f"{e.func} of {', '.join(condition(p) for p in e.parts)}"
        case _:
            return type(e).__name__


def measure(m: Measure) -> str:
    """Say a measure in words: "average dep_delay", "number of rows"."""
    if m.func == "share" and m.where is not None:
        return f"share of rows where {condition(m.where)}"
    if m.func == "quantile":
        words = f"{100 * (m.q or 0):g}th percentile of {m.column}"
    else:
        words = AGGREGATES[m.func] if m.func == "size" else f"{AGGREGATES[m.func]} {m.column}"
    words = f"{words} by {m.weight}" if m.weight else words
    return f"{words} where {condition(m.where)}" if m.where is not None else words
