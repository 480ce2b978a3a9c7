"""Requests whose sentences are plain questions: the answers of these, where they fit the declared slots one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nexus_jupyter.context.schema import Column, Role
from nexus_jupyter.plan.expressions import Col, Compare, Lit
from nexus_jupyter.plan.plan import Output, Plan
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Aggregate, Filter, Top
from nexus_jupyter.request.lists import value
from nexus_jupyter.request.numbers import FUNCS
from nexus_jupyter.request.recipe import Recipe
from nexus_jupyter.request.slots import LABEL, NUMBER, Slot, words


def plain(recipe: Recipe) -> bool:
    """Say whether the constraints change nothing: neither rows, nor columns, nor methods."""
    return not (
        recipe.changes
        or recipe.outlying
        or recipe.learning
        or recipe.population
        or recipe.biased
        or recipe.tests
        or recipe.conditions
        or recipe.pairs
    )


def placed(plan: Plan, slots: tuple[Slot, ...]) -> Plan | None:
    """Give the cells of an answer to the slots, in their order or by the group that each names; None where they do not fit.

    Parameters
    ----------
    plan
        The plan of what is asked, understood in plain words.
    slots
        The declared slots.
    """
    cells = [cell for o in plan.outputs for cell in _cells(o)]
    found = _in_order(cells, slots) or (_by_group(plan.outputs[0].step, slots) if len(plan.outputs) == 1 else None)
    if found is None:
        return None
    outputs = tuple(
        replace(o, name=s.name, label=s.name.replace("_", " "), decimals=s.decimals if s.type != LABEL else None)
        for o, s in zip(found, slots, strict=True)
    )
    return Plan(outputs=outputs, assumptions=plan.assumptions) if len({o.name for o in outputs}) == len(outputs) else None


def _cells(output: Output) -> list[tuple[Step, Column]]:
    """Give the cells of an answer of one row."""
    step = output.step
    if output.form == "chart" or not (output.form == "value" or _single(step)):
        return []
    return [(step, c) for c in step.schema]


def _single(step: Step) -> bool:
    while not isinstance(step, Top):
        inner = getattr(step, "input", None)
        if not isinstance(inner, Step) or isinstance(step, Aggregate):
            return isinstance(step, Aggregate) and not step.keys
        step = inner
    return step.n == 1


def _in_order(cells: list[tuple[Step, Column]], slots: tuple[Slot, ...]) -> list[Output] | None:
    if len(cells) != len(slots) or not all(_fits(c, step, s) for (step, c), s in zip(cells, slots, strict=True)):
        return None
    return [value(Top(input=step, n=1) if _ranked(step) else step, c.name) for step, c in cells]


def _ranked(step: Step) -> bool:
    return any(isinstance(s, Top) for s in (step, getattr(step, "input", None)))


def _fits(column: Column, step: Step, slot: Slot) -> bool:
    """Say whether a cell is of a slot's type, and computed as the slot's name says."""
    measured = column.kind.numeric and column.role is Role.MEASURE
    if slot.options or slot.type not in {NUMBER, LABEL}:
        return False
    if slot.type == LABEL:
        return not measured
    wanted = FUNCS.get(slot.head, {"count": "size", "share": "share", "unique": "count_distinct"}.get(slot.head, ""))
    done = {m.func for s in _steps(step) if isinstance(s, Aggregate) for m in s.measures}
    alike = {"size": {"size", "count", "count_distinct"}, "max": done | {"max"}, "min": done | {"min"}}
    known = slot.head in {"", "max", "min", "percentile", *FUNCS, "count", "share"}
    return measured and known and (not wanted or bool(done & alike.get(wanted, {wanted})))


def _steps(step: Any) -> list[Step]:
    found = [step]
    while isinstance(inner := getattr(found[-1], "input", None), Step):
        found.append(inner)
    return found


def _by_group(step: Step, slots: tuple[Slot, ...]) -> list[Output] | None:
    """Give each slot the measure of the group that its name says, where the groups are known and each is named once."""
    made = next((s for s in _steps(step) if isinstance(s, Aggregate)), None)
    if made is None or len(made.keys) != 1 or len(step.schema) != 2 or any(isinstance(s, Top) for s in _steps(step)):
        return None
    key, measure = made.keys[0], next(c for c in step.schema if c.name != made.keys[0])
    found: list[Output] = []
    for slot in slots:
        said = set(words(slot.name))
        options = [v for v in _values(made, key) if set(words(str(v))) and set(words(str(v))) <= said]
        if len(options) != 1 or not _fits(measure, step, slot):
            return None
        found.append(value(Filter(input=step, where=Compare("==", Col(key), Lit(options[0]))), measure.name))
    return found


def _values(made: Aggregate, key: str) -> tuple[Any, ...]:
    """Give the classes that a derived key can have."""
    for s in _steps(made):
        words_of = getattr(s, "words", None)
        if getattr(s, "name", "") == key and isinstance(words_of, tuple):
            return words_of
    return ()
