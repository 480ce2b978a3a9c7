"""Plans: order, hash, names."""

from __future__ import annotations

import json

import pytest

from nexus_jupyter.errors import PlanError
from nexus_jupyter.plan.plan import Output, Plan
from nexus_jupyter.plan.steps import Source


def test_inputs_come_before_what_reads_them(plan: Plan) -> None:
    steps = plan.steps
    assert all(steps.index(i) < steps.index(s) for s in steps for i in s.inputs)
    assert len(set(steps)) == len(steps)


def test_a_plan_survives_json(plan: Plan) -> None:
    again = Plan.from_dict(json.loads(json.dumps(plan.to_dict())))
    assert again == plan
    assert again.hash == plan.hash


def test_the_hash_changes_with_what_is_computed(plan: Plan) -> None:
    table, chart = plan.outputs
    assert Plan(outputs=(table,)).hash != plan.hash
    assert Plan(outputs=(table, chart)).hash == plan.hash


def test_two_outputs_of_one_name_are_refused(plan: Plan) -> None:
    with pytest.raises(PlanError, match="same name"):
        Plan(outputs=(plan.outputs[0], plan.outputs[0]))


def test_a_table_cannot_be_given_as_a_chart(source: Source) -> None:
    with pytest.raises(PlanError, match="chart"):
        Output(step=source, form="chart", name="fig")


def test_an_output_needs_a_name_for_code(source: Source) -> None:
    with pytest.raises(PlanError, match="name in code"):
        Output(step=source, form="table", name="a b")


def test_the_drawing_names_every_step_and_cannot_be_broken_out_of(plan: Plan) -> None:
    drawn = plan.mermaid()
    assert drawn.startswith("flowchart LR")
    assert len([x for x in drawn.splitlines() if x.strip().startswith("s") and '["' in x]) == len(plan.steps)
    assert all(line.count('"') % 2 == 0 for line in drawn.splitlines())
