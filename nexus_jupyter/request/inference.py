"""Slots that a test gives: which test, of which columns, in which groups."""

from __future__ import annotations

from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.plan.statistics import CORRELATIONS, NORMALITY, SAMPLES, TABLES, TWO_SAMPLES, SignificanceTest
from nexus_jupyter.plan.step import Step
from nexus_jupyter.request.aims import numbered, one, paired, target, two
from nexus_jupyter.request.rows import Rows
from nexus_jupyter.request.slots import Slot


def examined(rows: Rows, slot: Slot, *, correlation: bool = False) -> Step:
    """Choose the test of a slot and build it."""
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
