"""Schema: columns that a program names and no table of it has. What its text cannot tell, it lets pass."""

from __future__ import annotations

import ast

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.errors import ColumnNotFound, nearest
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.review.finding import Finding
from nexus_jupyter.review.made import made, shaped
from nexus_jupyter.review.tables import Table, Tables


def check(tree: ast.Module, catalog: Catalog, plan: Plan | None = None) -> tuple[Finding, ...]:
    """Find columns that neither the data nor the plan has and that the program does not make."""
    named = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    datasets = {d.name: frozenset(d.schema.names) for d in catalog.datasets if d.name in named}
    everything = made(tree).union(*datasets.values(), *(s.schema.names for s in (plan.steps if plan is not None else ())))
    free = shaped(tree)
    found: dict[tuple[int, str], Finding] = {}

    def asked(name: str, table: Table, line: int) -> None:
        known = everything if table.columns is None else table.columns
        if name in known or (free and table.columns is None):
            return
        message = str(ColumnNotFound.among(name, sorted(known), where=table.name if table.columns is not None else ""))
        close = nearest(name, known, n=1)
        hint = f"Write `{close[0]}`." if close else "Use a column's exact name."
        found.setdefault((line, name), Finding(rule="column", severity="error", line=line, message=message, hint=hint))

    Tables(datasets, asked).visit(tree)
    return tuple(found.values())
