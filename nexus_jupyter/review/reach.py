"""Reach: whether numbers stay within what the engines' whole numbers hold; beyond it both give a wrong total without a word."""

from __future__ import annotations

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.context.schema import Kind
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.steps import Aggregate
from nexus_jupyter.review.finding import Finding

GREATEST = 2**63 - 1


def check(plan: Plan, catalog: Catalog) -> tuple[Finding, ...]:
    """Find totals of whole numbers that may be larger than 64 bits hold."""
    extremes = _extremes(plan, catalog)
    found = []
    for step in (s for s in plan.steps if isinstance(s, Aggregate)):
        for name in (m.column or "" for m in step.measures if m.func == "sum"):
            if extremes.get(name, 0) > GREATEST and step.input.schema.column(name).kind is Kind.INTEGER:
                message = f"The total of `{name}` may be larger than whole numbers can hold here ({GREATEST:,})."
                hint = "Ask for the average, or make it a column of fractions first."
                found.append(Finding(rule="overflow", severity="error", line=1, message=f"{message} {hint}", hint=hint))
    return tuple(found)


def _extremes(plan: Plan, catalog: Catalog) -> dict[str, int]:
    """Give, for each column of whole numbers, how large a total of all its rows could be."""
    found: dict[str, int] = {}
    for name in plan.datasets:
        dataset = catalog.dataset(name)
        for c in dataset.schema:
            profile = dataset.profiles.get(c.name)
            ends = [abs(v) for v in (profile.minimum, profile.maximum) if isinstance(v, int)] if profile is not None else []
            if c.kind is Kind.INTEGER and ends:
                found[c.name] = max(found.get(c.name, 0), max(ends) * (dataset.rows or 1))
    return found
