"""The cleaner: questions about the data's own quality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.agents.agent import Brief, Claim
from nexus_jupyter.plan.steps import Distinct, DropMissing, FillMissing
from nexus_jupyter.plan.summaries import Describe, Missing, Overview

if TYPE_CHECKING:
    from nexus_jupyter.language.language import Understanding

SIGNS = {
    Missing: "missing values", Describe: "a description of columns", Overview: "an overview of columns", DropMissing: "dropping missing values",
    FillMissing: "filling missing values",
}  # fmt: skip


class Cleaning:
    """Counts missing values, describes columns, and drops or fills what is missing, on a copy."""

    name = "cleaning"
    description = "the data's quality: missing values, duplicates, descriptions, filling and dropping"

    def claim(self, brief: Brief) -> Claim | None:
        """Claim questions whose best reading looks at or mends the data itself."""
        readings = brief.understanding.readings
        if not readings:
            return None
        steps = readings[0].plan.steps
        found = [SIGNS[type(s)] for s in steps if type(s) in SIGNS]
        if not found and readings[0].kind == "cleaning" and any(isinstance(s, Distinct) for s in steps):
            found = ["duplicate rows"]
        if not found:
            return None
        return Claim(agent=self.name, score=min(1.0, readings[0].score + 0.02), reason=f"the question is about {found[0]}")

    def plan(self, brief: Brief) -> Understanding:
        """Give the rules' understanding."""
        return brief.understanding
