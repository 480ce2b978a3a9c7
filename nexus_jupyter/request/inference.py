"""Slots that a test gives: which test, of which columns, in which groups."""

from __future__ import annotations

import re
from dataclasses import replace

from nexus_jupyter.errors import NexusError
from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.plan.statistics import (
    CORRELATIONS,
    NORMALITY,
    PAIRED,
    SAMPLES,
    TABLES,
    TWO_SAMPLES,
    ConfidenceInterval,
    SignificanceTest,
)
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Source
from nexus_jupyter.request.aims import numbered, one, paired, target, two
from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.recipe import DROP
from nexus_jupyter.request.rows import Rows
from nexus_jupyter.request.slots import Slot

LIKE = (TWO_SAMPLES | SAMPLES, PAIRED, CORRELATIONS, TABLES, NORMALITY)
"""Tests that ask the same of the same columns."""


def examined(rows: Rows, slot: Slot, *, correlation: bool = False) -> Step:
    """Choose the test of a slot and build it: from the recipe, else from the sentence that makes the claim."""
    try:
        return _examined(rows, slot, correlation=correlation)
    except (NotUnderstood, NexusError):
        made = _claimed(rows, slot, correlation=correlation)
        if made is None:
            raise
    return made


def _claimed(rows: Rows, slot: Slot, *, correlation: bool) -> SignificanceTest | None:
    """Take the test of the sentences that are claims by themselves, by the method that the request names."""
    kinds = [k for k in dict.fromkeys(rows.recipe.tests) if (k in CORRELATIONS) == correlation]
    found: list[tuple[SignificanceTest, Line]] = []
    for line in rows.lines:
        plan = rows.simple(line.text)
        tests = [s for s in plan.steps if isinstance(s, SignificanceTest)] if plan is not None else []
        if len(tests) == 1 and (tests[0].kind in CORRELATIONS) == correlation:
            found.append((tests[0], line))
    if not found or len({(t.columns, t.by, t.groups, t.input) for t, _ in found}) > 1 or len(kinds) > 1:
        return None
    test = found[0][0]
    kind = kinds[0] if kinds else test.kind
    if kind != test.kind and not any({kind, test.kind} <= alike for alike in LIKE):
        return None
    if (kind in TWO_SAMPLES and test.by is not None and not test.groups) or (
        not isinstance(test.input, Source) and any(c.rank != DROP for c in rows.recipe.changes)
    ):
        return None
    for _, line in found:
        line.done = True
    return replace(test, input=rows.at(slot) if isinstance(test.input, Source) else test.input, kind=kind)  # type: ignore[arg-type]


def bounded(rows: Rows, slot: Slot) -> Step | None:
    """Build the confidence interval of a mean, where one is asked for."""
    said = [line for line in rows.lines if re.search(r"confidence (?:interval|limit|bound)", line.mask)]
    if not said:
        return None
    level = next(
        (n for line in said for m in line.find(r"<n(\d+)>(?: %| percent)? confidence") for n in [line.pieces[int(m[1])].target]), 95
    )
    for line in said:
        for m in line.find(r"(?:<n\d+>(?: %| percent)? )?confidence (?:intervals?|limits?|bounds?)|t - distribution"):
            line.claim(m.start(), m.end(), "test")
    (column,), where = one(rows, replace(slot, subject=tuple(w for w in slot.subject if w not in {"ci", "confidence", "interval", "mean"})))
    return ConfidenceInterval(input=rows.of(rows.at(slot), where), column=column, level=level / 100 if level > 1 else level)


def _examined(rows: Rows, slot: Slot, *, correlation: bool) -> Step:
    kinds = [k for k in rows.recipe.tests if (k in CORRELATIONS) == correlation] if correlation else rows.recipe.tests
    kinds = list(dict.fromkeys(kinds))
    named = [k for k in kinds if any(w in slot.subject for w in k.split("_"))]
    kind = (
        named[0]
        if named
        else kinds[0]
        if len(kinds) == 1
        else "pearson"
        if correlation or any(s.head == "corr" for s in rows.slots)
        else ""
    )
    if not kind and len(kinds) > 1 and not correlation:
        families = [k for k in kinds if k not in CORRELATIONS]
        kind = families[0] if len(families) == 1 else ""
    if not kind:
        raise NotUnderstood("which test is meant")
    if kind in CORRELATIONS:
        (a, b), where = two(rows, slot)
        step = rows.of(rows.at(slot), where)
        step, a = numbered(step, a)
        step, b = numbered(step, b)
        return SignificanceTest(input=step, kind=kind, columns=(a, b))  # type: ignore[arg-type]
    if kind in PAIRED:
        (a, b), where = two(rows, slot)
        return SignificanceTest(input=rows.of(rows.at(slot), where), kind=kind, columns=(a, b))  # type: ignore[arg-type]
    if kind in NORMALITY:
        (column,), where = one(rows, slot)
        return SignificanceTest(input=rows.of(rows.at(slot), where), kind=kind, columns=(column,))  # type: ignore[arg-type]
    if kind in TABLES:
        return _table(rows, slot, kind)
    return _samples(rows, slot, kind)


def _table(rows: Rows, slot: Slot, kind: str) -> Step:
    sides = paired(rows)
    if sides is None:
        named = [c for line in rows.lines if line.zone == "ask" for p in line.pieces if p.kind == "column" for c in [p.target]]
        named = [c for c in dict.fromkeys(named) if c in rows.recipe.made or not rows.recipe.roles.get(c, set()) & {"source"}]
        if len(named) != 2:
            raise NotUnderstood("which two categories are compared")
        sides = (named[0], named[1])
    return SignificanceTest(input=rows.at(slot), kind=kind, columns=sides)  # type: ignore[arg-type]


def _samples(rows: Rows, slot: Slot, kind: str) -> Step:
    step = rows.at(slot)
    if kind in TWO_SAMPLES | SAMPLES:
        for column, values in rows.recipe.pairs:
            if len(values) >= 2:
                found = target(rows, slot, column)
                return SignificanceTest(input=step, kind=kind, columns=(found,), by=column, groups=tuple(values))  # type: ignore[arg-type]
        if rows.recipe.groups:
            column = rows.recipe.groups[-1]
            found = target(rows, slot, column)
            known = rows.recipe.labels.get(column) or (rows.linker.values(column) if column in rows.linker.columns else ())
            groups = tuple(known) if kind in TWO_SAMPLES and len(known) == 2 else ()
            return SignificanceTest(input=step, kind=kind, columns=(found,), by=column, groups=groups)  # type: ignore[arg-type]
    targets = rows.targets()
    if kind in TWO_SAMPLES | SAMPLES and len(targets) == 2:
        two = [c for c in targets if len(rows.linker.values(c)) == 2 or (c in rows.linker.columns and not rows.linker.number(c))]
        if len(two) == 1:
            other = next(c for c in targets if c != two[0])
            groups = tuple(rows.linker.values(two[0])) if kind in TWO_SAMPLES else ()
            return SignificanceTest(input=step, kind=kind, columns=(other,), by=two[0], groups=groups)  # type: ignore[arg-type]
        if not two:
            return SignificanceTest(input=step, kind=kind, columns=targets)  # type: ignore[arg-type]
    raise NotUnderstood("which groups are compared")
