"""The agent that asks a language model for the plan. What it writes is checked like any plan, and only names and types go out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nexus_jupyter.agents.agent import Brief, Claim
from nexus_jupyter.errors import ModelError, NexusError
from nexus_jupyter.plan.plan import Assumption, Plan

if TYPE_CHECKING:
    from nexus_jupyter.language.language import Understanding
    from nexus_jupyter.llm.egress import Receipt
    from nexus_jupyter.llm.provider import Provider


class Modelled:
    """Plans with a model, through a provider; `receipt` says what the last question showed to it."""

    name = "model"
    description = "any question, planned by a language model under the plan's schema"

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.receipt: Receipt | None = None

    def claim(self, brief: Brief) -> Claim:  # noqa: ARG002 - it is asked only when the user chose it
        """Claim every question."""
        return Claim(agent=self.name, score=1.0, reason=f"{self.provider.name} was asked for by name")

    def plan(self, brief: Brief) -> Understanding:
        """Ask for a plan and check it.

        Raises
        ------
        ModelError
            When the model is missing or silent, or its plan names or combines what the data does not allow.
        """
        from nexus_jupyter.language.language import Reading, Understanding
        from nexus_jupyter.llm.prompt import Table
        from nexus_jupyter.llm.proposal import propose
        from nexus_jupyter.plan.families import called_for
        from nexus_jupyter.plan.json_schema import json_schema

        tables = [Table(name=d.name, columns=tuple((c.name, str(c.kind)) for c in d.schema)) for d in brief.catalog.datasets]
        text = brief.question.text
        told = [f.told for f in called_for(text)]
        proposal = propose(self.provider, text, tables, json_schema(brief.catalog, text or " "), hints=told)
        self.receipt = proposal.completion.receipt
        plan = _checked(proposal.plan, brief, self.provider.name)
        reading = Reading(plan=plan, score=0.5, title=plan.outputs[0].label or plan.outputs[0].name, kind="analysis")
        return Understanding(status="answered", readings=(reading,), unknown=(), reason=f"planned by {self.provider.name}", links=())


def _checked(data: Mapping[str, Any], brief: Brief, model: str) -> Plan:
    try:
        plan = Plan.from_dict(data, {d.name: d.schema for d in brief.catalog.datasets})
    except NexusError as error:
        msg = f"The plan that {model} wrote does not fit the data: {error} Ask in other words, or use `--engine rules`."
        raise ModelError(msg) from error
    note = Assumption(about="model", text=f"a language model ({model}) read the question; check that the code does what you meant")
    return Plan(outputs=plan.outputs, assumptions=(*plan.assumptions, note))
