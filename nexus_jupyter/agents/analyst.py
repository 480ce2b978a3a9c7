"""The analyst: questions whose answer is a number, a list or a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.agents.agent import Brief, Claim

if TYPE_CHECKING:
    from nexus_jupyter.language.language import Understanding


class Analyst:
    """Filters, aggregates, joins and ranks. Takes whatever nobody else does, so that a "no" is said by somebody too."""

    name = "analyst"
    description = "numbers, lists and tables: totals, groups, filters, rankings, joins"

    def claim(self, brief: Brief) -> Claim:
        """Claim analyses by the score of their best reading, and all the rest weakly."""
        if brief.kind == "analysis":
            reading = brief.understanding.readings[0]
            return Claim(agent=self.name, score=reading.score, reason=f"the question asks for {reading.title or 'a computation'}")
        return Claim(agent=self.name, score=0.01, reason="no other agent takes it")

    def plan(self, brief: Brief) -> Understanding:
        """Give the rules' understanding."""
        return brief.understanding
