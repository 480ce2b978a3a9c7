"""Several questions in one: each is understood by itself, and a later one may speak of what an earlier one found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.language.tokens import lemma, name_words
from nexus_jupyter.plan.expressions import Col, InStep
from nexus_jupyter.plan.plan import Assumption, Output, Plan
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Filter, Source

CONTINUED = re.compile(r"(?:list|show|give|return|display|provide|include|report|sort|order|rank|group|arrange|and|or)\b", re.IGNORECASE)
_MOST = 12
Simple = Callable[[str], "Plan | None"]

_ENDS = re.compile(
    r"(?<=[^\d][.?!;])\s+(?=\S)|\n+|,?\s+(?:and\s+)?then\s+(?=(?:what|which|how|who|show|give|find|list|calculate|compute|count)\b)"
    r"|,?\s+and\s+(?=(?:what|which|how many|how much|who|when|where)\b)|[.;,]\s+(?:and\s+)?also\s+",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?m)^\s*(?:\(?\d{1,2}[.)]|[a-h][.)]|[-*•])\s+", re.IGNORECASE)
_BACK = re.compile(r"\s*\b(?:for|in|of|at|from|on|within)\s+(?:that|this|the same|these|those)\s+(\w+)\b", re.IGNORECASE)


def parts(text: str) -> tuple[str, ...]:
    """Split a text into its questions."""
    found = [_NUMBERED.sub("", p).strip(" ,;") for p in _ENDS.split(text)]
    return tuple(p for p in found if re.search(r"\w", p))


def several(text: str, catalog: Catalog, simple: Simple) -> Plan | None:
    """Understand each question of a text, in order; None unless there are several and all are understood.

    Parameters
    ----------
    text
        The text, with the questions one after the other, numbered or not.
    catalog
        The datasets.
    simple
        Understands one question.
    """
    questions = parts(text)
    numbered = len(_NUMBERED.findall(text)) > 0
    if not 1 < len(questions) <= _MOST or (not numbered and any(CONTINUED.match(q) for q in questions[1:])):
        return None
    outputs: list[Output] = []
    notes: list[Assumption] = []
    for question in questions:
        plan = _one(question, outputs, simple)
        if plan is None:
            return None
        notes += plan.assumptions
        for o in plan.outputs:
            outputs.append(replace(o, name=unused(o.name, {x.name for x in outputs})))
    return Plan(outputs=tuple(outputs), assumptions=tuple(dict.fromkeys(notes)))


def unused(name: str, taken: set[str]) -> str:
    """Give a name that is not taken yet."""
    chosen, n = name, 2
    while chosen in taken:
        chosen, n = f"{name}_{n}", n + 1
    return chosen


def _one(question: str, before: list[Output], simple: Simple) -> Plan | None:
    """Understand one question; "for that region" means the region that an earlier answer names."""
    back = _BACK.search(question)
    if back is None or not before:
        return simple(question)
    plan = simple(question[: back.start()] + question[back.end() :])
    if plan is None:
        return None
    for earlier in reversed(before):
        column = next((c.name for c in earlier.step.schema if lemma(back[1].casefold()) in name_words(c.name)), None)
        if column is not None:
            outputs = tuple(replace(o, step=_within(o.step, earlier.step, column)) for o in plan.outputs)
            return None if any(o.step is p.step for o, p in zip(outputs, plan.outputs, strict=True)) else replace(plan, outputs=outputs)
    return None


def _within(step: Step, earlier: Step, column: str) -> Step:
    """Restrict the rows from which a step is computed to the values that an earlier answer names."""
    if isinstance(step, Source):
        return Filter(input=step, where=InStep(Col(column), earlier, column)) if column in step.schema else step
    changes: dict[str, Any] = {}
    for f in fields(step):
        value = getattr(step, f.name)
        if f.init and isinstance(value, Step) and (new := _within(value, earlier, column)) is not value:
            changes[f.name] = new
    return replace(step, **changes) if changes else step
