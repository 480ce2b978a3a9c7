"""The reviewer: looks at a finished answer again, by working it out in the other engine. It claims no question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nexus_jupyter.agents.agent import Brief, Claim

if TYPE_CHECKING:
    from nexus_jupyter.language.language import Understanding


class Reviewer:
    """Chooses the second opinion: the dialect in which a plan is worked out again."""

    name = "reviewer"
    description = "checks finished answers by a second engine"

    def claim(self, brief: Brief) -> Claim | None:  # noqa: ARG002 - it takes no questions
        """Claim nothing."""
        return None

    def plan(self, brief: Brief) -> Understanding:
        """Give the rules' understanding, for whoever asks directly."""
        return brief.understanding

    def second(self, dialect: str) -> Literal["pandas", "polars"]:
        """Give the dialect that answers of `dialect` are compared with."""
        return "pandas" if dialect == "polars" else "polars"
