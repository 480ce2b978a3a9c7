"""Slots that are a conclusion: the decision rules of the request over computed numbers."""

from __future__ import annotations

import re
from dataclasses import replace

from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.plan.expressions import And, Cell, Col, Compare, Expr, Func, If, Lit
from nexus_jupyter.plan.statistics import CORRELATIONS
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Derive
from nexus_jupyter.request import rules as decision
from nexus_jupyter.request.fitting import modelled
from nexus_jupyter.request.numbers import number
from nexus_jupyter.request.rows import Rows
from nexus_jupyter.request.slots import BOOL, LABEL, Slot


def label(rows: Rows, slot: Slot) -> tuple[Step, str]:
    """Build a conclusion: the rules of the request over the numbers that they speak of."""
    said = (
        [line.text for line in rows.lines if line.zone == "rule"] + [slot.clause] + [line.text for line in rows.lines if line.zone == "ask"]
    )
    everything = " ".join([*said, slot.name]).casefold()
    standard = (
        "normal"
        if re.search(r"normal|gaussian", everything) and not any(t in CORRELATIONS for t in rows.recipe.tests)
        else "significant"
        if "signif" in everything
        else ""
    )
    found = decision.compiled(said, slot.options, alpha=rows.recipe.alpha, standard=standard)
    if not found:
        raise NotUnderstood(f"by which rule “{slot.name}” is decided")
    quantities = list(dict.fromkeys(t.quantity for rule in found for t in rule.terms))
    value: Expr = _constant(rows, slot, found[-1].option)
    base: Step | None = None
    cells: dict[str, Expr] = {}
    for q in quantities:
        step, column = _quantity(rows, slot, q)
        if base is None or step == base:
            base, cells[q] = step, Col(column)
        else:
            cells[q] = Cell(step, column)
    if base is None:
        raise NotUnderstood(f"by which number “{slot.name}” is decided")
    for rule in reversed(found[:-1]):
        terms = tuple(Compare(t.op, Func("abs", cells[t.quantity]) if t.absolute else cells[t.quantity], Lit(t.bound)) for t in rule.terms)  # type: ignore[arg-type]
        value = If(terms[0] if len(terms) == 1 else And(terms), _constant(rows, slot, rule.option), value)
    return Derive(input=base, name="conclusion", value=value), "conclusion"


def offered(rows: Rows) -> tuple[str, ...]:
    """Give what the rules of a request may conclude, where only one conclusion is asked for and its form names none."""
    if sum(s.type in {LABEL, BOOL} or not s.head for s in rows.slots) != 1:
        return ()
    decided = [line for line in rows.lines if re.search(r"\bif\b|\botherwise\b|\bwhen\b", line.mask)]
    said = [str(p.target) for line in decided for p in line.pieces if p.kind == "quote" and p.target not in rows.linker.made]
    return tuple(dict.fromkeys(said)) if len(set(said)) > 1 else ()


def _constant(rows: Rows, slot: Slot, option: str) -> Expr:
    return Lit(option.casefold() == "true") if slot.type == BOOL else Lit(option)


def _quantity(rows: Rows, slot: Slot, q: str) -> tuple[Step, str]:
    """Give the number that a rule speaks of, for the subject of a slot."""
    heads = {"p": "p", "r": "corr", "skew": "skew", "kurt": "kurt", "stat": "statistic", "r2": "r2"}
    own = tuple(
        w
        for w in slot.subject
        if w
        not in {
            "relationship",
            "type",
            "strength",
            "status",
            "decision",
            "skewness",
            "correlation",
            "normality",
            "is",
            "distribution",
            "dist",
            "normal",
            "result",
            "direction",
            "significance",
            "difference",
        }
    )
    asked = replace(slot, head=heads[q], subject=own, type="number")
    if q == "p" and rows.recipe.learning is not None:
        return modelled(rows, replace(asked, head="p"))
    try:
        return number(rows, asked)
    except NotUnderstood:
        if not own:
            raise
        return number(rows, replace(asked, subject=()))
