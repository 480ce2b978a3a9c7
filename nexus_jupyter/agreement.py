"""The second opinion: the same plan, worked out in the other engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from nexus_jupyter.answer import Answer
from nexus_jupyter.record import Draft

if TYPE_CHECKING:
    from nexus_jupyter.codegen.program import Dialect, Program
    from nexus_jupyter.context.dataset import Catalog
    from nexus_jupyter.review.finding import Finding
    from nexus_jupyter.sandbox.outcome import Outcome


def second_opinion(answer: Answer, dialect: Dialect, catalog: Catalog, run: Callable[[Program], Outcome]) -> tuple[Finding, ...]:
    """Compile the answer's plan to `dialect`, run it and compare each part; a second engine that fails is a note, not an error."""
    from nexus_jupyter.codegen.generate import generate
    from nexus_jupyter.plan.steps import Sort, Top
    from nexus_jupyter.plan.summaries import Overview
    from nexus_jupyter.review.agreement import compare, compare_figures
    from nexus_jupyter.review.finding import Finding

    if answer.plan is None:
        return ()
    program = generate(answer.plan, catalog, dialect=dialect)
    outcome = run(program)
    if outcome.status != "ok":
        message = f"The answer could not be checked with {dialect}: {outcome.message}"
        return (Finding(rule="agreement.not-run", severity="note", line=0, message=message, hint=""),)
    draft = Draft(text=answer.question)
    draft.wrote(answer.plan, program)
    draft.read(outcome)
    found: list[Finding] = []
    for mine, other, output in zip(answer.parts, draft.parts, answer.plan.outputs, strict=True):
        if mine.figure is not None and other.figure is not None:
            found += compare_figures(mine.figure, other.figure)
            continue
        first = mine.table if mine.table is not None else mine.value
        second = other.table if other.table is not None else other.value
        names = frozenset({"type"}) if isinstance(output.step, Overview) else frozenset()  # each library calls its types otherwise
        found += compare(first, second, ordered=isinstance(output.step, (Sort, Top)), ignore=names)
    return tuple(found)
