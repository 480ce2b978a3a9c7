"""A model's proposal of a plan: JSON that is still to be checked like any other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nexus_jupyter.errors import ModelError
from nexus_jupyter.llm.prompt import Table, plan_prompt
from nexus_jupyter.llm.provider import Completion, Options, Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a model thinks is wanted. `plan` is an object with `nodes` and `outputs`, and nothing more is known about it."""

    plan: dict[str, Any]
    completion: Completion
    provider: str


def propose(
    provider: Provider,
    question: str,
    tables: Iterable[Table],
    schema: Mapping[str, Any] | None = None,
    *,
    hints: Iterable[str] = (),
    options: Options | None = None,
) -> Proposal:
    """Ask `provider` for the plan of `question` over `tables`, held to the JSON Schema; `hints` tell of steps that such questions need.

    Raises
    ------
    ModelError
        When the model cannot be asked, or what it wrote is no JSON object with `nodes` and `outputs`.
    """
    completion = provider.complete(plan_prompt(question, tables, hints), schema, options=options)
    return Proposal(plan=_read(completion), completion=completion, provider=provider.name)


def _read(completion: Completion) -> dict[str, Any]:
    text = completion.text.strip()
    if text.startswith("```"):
        text = text.strip("`").removeprefix("json").strip()
    try:
        plan = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"`{completion.model}` wrote no JSON: {str(error)[:120]}. Ask in other words, or choose a larger model.") from None
    if not isinstance(plan, dict) or not isinstance(plan.get("nodes"), list) or not isinstance(plan.get("outputs"), list):
        raise ModelError(f"`{completion.model}` wrote JSON that is no plan. Ask in other words, or choose a larger model.")
    return plan
