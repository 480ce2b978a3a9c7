from __future__ import annotations

import pytest

from nexus_jupyter.errors import ModelError
from nexus_jupyter.llm.prompt import Table
from nexus_jupyter.llm.proposal import propose
from nexus_jupyter.llm.scripted import Scripted

TABLES = [Table(name="sales", columns=(("price", "float"),))]
PLAN = {"nodes": [{"id": "s1", "step": "source", "dataset": "sales"}], "outputs": []}


def test_the_plan_is_read_and_the_schema_handed_on():
    provider = Scripted([PLAN])
    proposal = propose(provider, "average price", TABLES, {"type": "object"})
    assert proposal.plan == PLAN
    assert provider.schemas == [{"type": "object"}]
    assert proposal.completion.receipt.what


def test_a_fence_around_the_json_is_taken_off():
    assert propose(Scripted(['```json\n{"nodes": [], "outputs": []}\n```']), "x", TABLES).plan == {"nodes": [], "outputs": []}


@pytest.mark.parametrize("text", ["Sure! Here is the plan:", "", '{"nodes": [', "[" * 100_000])
def test_text_that_is_no_json_is_a_model_error(text):
    with pytest.raises(ModelError, match="wrote no JSON"):
        propose(Scripted([text]), "x", TABLES)


@pytest.mark.parametrize("reply", ["[]", "{}", '{"nodes": 3, "outputs": []}', "null"])
def test_json_that_is_no_plan_is_a_model_error(reply):
    with pytest.raises(ModelError, match="no plan"):
        propose(Scripted([reply]), "x", TABLES)
