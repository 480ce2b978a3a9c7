"""A sample agent: answers "how big is TABLE?" by counting its rows, which the built-in agents leave to it."""

from __future__ import annotations

import re

from nexus_jupyter.agents.agent import Brief, Claim
from nexus_jupyter.language.language import Reading, Understanding
from nexus_jupyter.plan.plan import Output, Plan
from nexus_jupyter.plan.step import Measure
from nexus_jupyter.plan.steps import Aggregate, Source

ASKED = re.compile(r"how big is (?:the )?(\w+)\??", re.IGNORECASE)


class Rows:
    """Counts the rows of the table that is named."""

    name = "sample"
    description = "a sample plugin: how big a table is"

    def claim(self, brief: Brief) -> Claim | None:
        """Claim "how big is TABLE?" for a table that is there."""
        asked = ASKED.fullmatch(brief.question.text)
        if asked is None or asked[1] not in brief.catalog.names:
            return None
        return Claim(agent=self.name, score=1.0, reason=f"asks how big `{asked[1]}` is")

    def plan(self, brief: Brief) -> Understanding:
        """Count the rows."""
        asked = ASKED.fullmatch(brief.question.text)
        assert asked is not None
        dataset = brief.catalog.dataset(asked[1])
        source = Source(dataset=dataset.name, table=dataset.schema)
        counted = Aggregate(input=source, measures=(Measure(name="rows", func="size"),))
        label = f"number of rows in {dataset.name}"
        plan = Plan(outputs=(Output(step=counted, form="value", name="rows", label=label),))
        reading = Reading(plan=plan, score=1.0, title=label, kind="analysis")
        return Understanding(status="answered", readings=(reading,), unknown=(), reason="", links=())
