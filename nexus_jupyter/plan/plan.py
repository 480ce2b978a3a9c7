"""The plan: what a question wants, as a graph of steps with named outputs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from nexus_jupyter.context.schema import Schema
from nexus_jupyter.errors import PlanError
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Source
from nexus_jupyter.plan.summaries import Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One thing that the reader gets: a step's table as a value, a list, a table or a chart.

    Attributes
    ----------
    step
        The step whose table it is. For "value" the table has one row; for "list" the first column counts.
    name
        A Python name for it in code: `by_carrier`.
    label
        What it is, as words that can follow "the": "average dep_delay by carrier".
    decimals
        Rounding that the question asked for, or None.
    """

    step: Step
    form: Literal["value", "list", "table", "chart"]
    name: str
    label: str = ""
    decimals: int | None = None

    def __post_init__(self) -> None:
        """Check that form and step agree, and that the name can be written in code."""
        if (self.form == "chart") != isinstance(self.step, Chart):
            raise PlanError(f"The output `{self.name}` is a {self.form} of a step that gives none.")
        if not self.name.isidentifier():
            raise PlanError(f"`{self.name}` cannot be a name in code.")


LEFT_OUT = "left out"
"""What an assumption is about that names a part of the question which is not answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """Something taken for granted, as a sentence, and what else it could have been.

    `about` is a short key such as "join", "column", "period"; `others` are sentences of the alternatives.
    """

    about: str
    text: str
    others: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {"about": self.about, "text": self.text, "others": list(self.others)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Assumption:
        """Read the JSON form."""
        return cls(about=data["about"], text=data["text"], others=tuple(data.get("others", ())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to compute, for one question of one or several parts."""

    outputs: tuple[Output, ...]
    assumptions: tuple[Assumption, ...] = ()

    def __post_init__(self) -> None:
        """Check that there is something to give, under different names."""
        if not self.outputs:
            raise PlanError("A plan needs at least one output.")
        names = [o.name for o in self.outputs]
        if len(set(names)) != len(names):
            raise PlanError(f"Two outputs have the same name: {', '.join(names)}.")

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step once, inputs before what reads them."""
        ordered: dict[Step, None] = {}

        def visit(step: Step) -> None:
            if step not in ordered:
                for i in step.inputs:
                    visit(i)
                ordered[step] = None

        for o in self.outputs:
            visit(o.step)
        return tuple(ordered)

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets that are read, in order."""
        return tuple(dict.fromkeys(s.dataset for s in self.steps if isinstance(s, Source)))

    @property
    def hash(self) -> str:
        """A stable hash of what is computed; names of outputs count, assumptions do not."""
        data = self.to_dict()
        data.pop("assumptions")
        text = json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form: nodes in order, outputs, assumptions."""
        from nexus_jupyter.plan.serial import plan_to_dict

        return plan_to_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], schemas: Mapping[str, Schema] | None = None) -> Plan:
        """Read the JSON form; `schemas` by dataset name come before those that the form carries.

        Raises
        ------
        PlanError
            When the form is not a plan.
        ColumnNotFound, DatasetNotFound
            When it names what is not there.
        """
        from nexus_jupyter.plan.serial import plan_from_dict

        return plan_from_dict(data, schemas)

    def mermaid(self) -> str:
        """Draw the plan as a Mermaid flow chart."""
        from nexus_jupyter.plan.mermaid import draw

        return draw(self)
