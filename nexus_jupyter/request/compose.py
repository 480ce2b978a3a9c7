"""From slots and a recipe to one plan: the rows are prepared once, and every slot becomes an output of its name."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from nexus_jupyter.errors import NexusError
from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.plan.plan import Assumption, Output, Plan
from nexus_jupyter.request.conclusions import label, offered
from nexus_jupyter.request.delegation import delegated
from nexus_jupyter.request.lists import best, listed, named, value
from nexus_jupyter.request.numbers import number
from nexus_jupyter.request.rows import Rows
from nexus_jupyter.request.slots import BOOL, LABEL, LIST, Slot


def compose(rows: Rows) -> Plan:
    """Build every slot."""
    outputs: list[Output] = []
    taken: set[str] = set()
    for slot in rows.slots:
        name = slot.name if not slot.part else f"{slot.name}_{re.sub(r'[^A-Za-z0-9]+', '_', slot.holder).strip('_')}"
        while name in taken:
            name += "_"
        taken.add(name)
        try:
            made = _output(rows, slot)
        except (NotUnderstood, NexusError) as stop:
            made = delegated(rows, slot) or _refuse(stop)
        outputs.append(replace(made, name=name, label=name.replace("_", " "), decimals=slot.decimals if slot.type != LABEL else None))
    for one, other in itertools.combinations(outputs, 2):
        if (one.step, one.form) == (other.step, other.form):
            raise NotUnderstood(f"how “{one.name}” differs from “{other.name}”")
    return Plan(outputs=tuple(outputs), assumptions=tuple(Assumption(about=a, text=t) for a, t in dict.fromkeys(rows.notes)))


def _refuse(stop: Exception) -> Output:
    raise stop


def _output(rows: Rows, slot: Slot) -> Output:
    """Build one slot."""
    if slot.part and (top := best(rows, slot)) is not None:
        return top
    if slot.type in {LABEL, BOOL} and slot.options:
        return value(*label(rows, slot))
    if (slot.type == LABEL or not slot.head) and (options := offered(rows)):
        return value(*label(rows, replace(slot, options=options)))
    if slot.type == LABEL:
        return named(rows, slot)
    if slot.type == LIST:
        return listed(rows, slot)
    return value(*number(rows, slot))
