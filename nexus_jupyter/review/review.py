"""The review: every check of a program that needs only its text, as findings."""

from __future__ import annotations

from dataclasses import replace

from nexus_jupyter.codegen.program import Program
from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.review import conformity, identity, policy, reach, schema, syntax
from nexus_jupyter.review.finding import Finding

ORDER = {"error": 0, "warning": 1, "note": 2}


def review(program: Program | str, plan: Plan | None, catalog: Catalog) -> tuple[Finding, ...]:
    """Review a program, or the text of one; errors first, then by line.

    Parameters
    ----------
    program
        What the generator wrote, or a text that somebody changed or a model wrote, as the sandbox would run it.
    plan
        What it has to compute; None leaves conformity out, and every dataset of the catalog may then be the input.
    catalog
        The datasets that it may read.
    """
    code = program.job if isinstance(program, Program) else program
    tree, found = syntax.parse(code)
    if tree is None:
        return found
    names = plan.datasets if plan is not None else tuple(n for n in catalog.names if n in code)
    columns = {c.name for d in catalog.datasets if d.name in names for c in d.schema}
    everything = [*policy.check(code), *schema.check(tree, catalog, plan), *identity.check(tree, names, columns)]
    if plan is None and catalog.names and not names:
        hint = "Compute from the frames."
        everything.append(Finding(rule="input-unread", severity="error", line=1, message="The program reads none of the data.", hint=hint))
    if plan is not None:
        everything += [*conformity.check(tree, plan), *reach.check(plan, catalog)]
    ordered = sorted(everything, key=lambda f: (ORDER[f.severity], f.line))
    return tuple(replace(f, line=program.line(f.line)) for f in ordered) if isinstance(program, Program) else tuple(ordered)
