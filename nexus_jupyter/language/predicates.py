"""Predicates: how one condition is made, kept, and joined to the last one by "or" and "not"."""

from __future__ import annotations

from typing import Any

from nexus_jupyter.language.draft import Pred, day
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.vocabulary import Ref

OPS = {">", ">=", "<", "<=", "==", "!="}
FLIP = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "==": "!=", "!=": "=="}
DATED = {"after": ">", "before": "<", "since": ">="}
TIMES = frozenset({"time", "times", "row", "rows", "record", "records", "entries"})
YEARS = range(1500, 2101)


def add(r: Reader, pred: Pred) -> None:
    """Keep a condition; after "or" it joins the last one, or those that "and" holds together: "A and B or C" is "(A and B) or C"."""
    preds = r.draft.preds
    if r.negate:
        pred.negated = not pred.negated
        pred.denied, r.negate = r.deny, False
    if r.either and preds:
        first = len(preds) - 1
        while first > 0 and preds[first].anded and preds[-1].kind != "or" and preds[-1].ref != pred.ref:
            first -= 1
        together = preds[first:]
        if len(together) > 1:
            r.draft.notes.append(("condition", "“and” holds closer together than “or”."))
            preds[first:] = [Pred("or", parts=[Pred("and", parts=together), pred])]
        else:
            preds[-1] = Pred("or", parts=[*preds[-1].parts, pred] if preds[-1].kind == "or" else [preds[-1], pred], anded=preds[-1].anded)
    else:
        pred.anded = r.anded and bool(preds)
        preds.append(pred)
    r.either = r.anded = False
    if pred.ref is not None:
        r.near = pred.ref.table


def coerce(r: Reader, ref: Ref, i: int) -> Any:
    """Read the item as a value of the column, or None where it is none."""
    it = r.at(i)
    if it is None:
        return None
    if it.number is not None:
        return it.number if r.number(ref) or r.dated(ref) else it.text
    if it.date is not None:
        return day(it.date)
    if any(v[0] == ref for v in it.values):
        return r.value(i, ref)[1]
    if it.quote is not None and r.number(ref) is False:
        return it.quote
    return None


def compare(r: Reader, ref: Ref, op: str, value: Any) -> Pred:
    """Make a comparison; a year against a date compares its year."""
    info = r.info(ref)
    if isinstance(value, int) and value in YEARS and r.dated(ref) and not info.kind.numeric:
        return Pred("unit", ref, DATED.get(op, op), value, unit="year")
    return Pred("cmp", ref, DATED.get(op, op), value)


def number_at(r: Reader, i: int) -> int | float | None:
    """Give the number at a place, or None."""
    it = r.at(i)
    return it.number if it is not None else None


def low_at(r: Reader, i: int) -> str:
    """Give the words of an item in lower case, nothing past the end."""
    it = r.at(i)
    return it.low if it is not None else ""
