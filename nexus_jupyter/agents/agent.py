"""The agent: claims a question, and plans it when its claim wins. Agents plan; they do not generate, run or insert."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.question import Question

if TYPE_CHECKING:
    from nexus_jupyter.language.language import Understanding


class Brief:
    """What an agent may know: the question, the catalog (no rows), and the rules' understanding, worked out once."""

    def __init__(self, question: Question, catalog: Catalog, words: Mapping[str, str] | None = None) -> None:
        self.question = question
        self.catalog = catalog
        self.words = words or {}

    @cached_property
    def understanding(self) -> Understanding:
        """What the rules make of the question."""
        from nexus_jupyter.language.own import spelled_out, tell
        from nexus_jupyter.request.request import understand

        form = self.question.form if self.question.form in {"value", "table", "chart"} else "auto"
        text, told = spelled_out(self.question.text, self.words)
        return tell(understand(text, self.catalog, form=form), told)

    @property
    def kind(self) -> str:
        """The kind of the rules' best reading, or "" when there is none."""
        readings = self.understanding.readings
        return readings[0].kind if readings else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """That an agent would take the question: how sure it is (0 to 1) and why, in words."""

    agent: str
    score: float
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {"agent": self.agent, "score": round(self.score, 4), "reason": self.reason}


@runtime_checkable
class Agent(Protocol):
    """Something that plans questions of one kind.

    Register it under the entry-point group `nexus_jupyter.agents`; the entry point is a class or function without parameters.
    """

    name: str
    description: str

    def claim(self, brief: Brief) -> Claim | None:
        """Say whether this agent takes the question, how surely and why; None leaves it to others."""

    def plan(self, brief: Brief) -> Understanding:
        """Plan the question: readings with valid plans, or why there is none."""
