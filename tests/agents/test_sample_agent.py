from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import pytest

from nexus_jupyter.agents.agent import Brief
from nexus_jupyter.agents.registry import registry
from nexus_jupyter.context.dataset import Catalog, Dataset
from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.question import Question

TABLE = Schema((Column(name="price", kind=Kind.FLOAT, role=Role.MEASURE),))
CATALOG = Catalog(datasets=(Dataset(name="sales", schema=TABLE, rows=3),))


@pytest.fixture(autouse=True)
def installed(missing):
    try:
        version("nexus-jupyter-sample-agent")
    except PackageNotFoundError:
        missing("the sample plugin is not installed: pip install --no-deps -e tests/plugins/sample_agent")


def test_an_installed_plugin_is_found():
    assert "sample" in {a.name for a in registry().agents}


def test_the_plugin_takes_its_question_and_plans_it():
    brief = Brief(Question.of("how big is sales?"), CATALOG)
    agent, claim, _ = registry().route(brief)
    assert (agent.name, claim.reason) == ("sample", "asks how big `sales` is")
    assert agent.plan(brief).readings[0].plan.outputs[0].label == "number of rows in sales"


def test_the_plugin_leaves_other_questions_alone():
    sample = next(a for a in registry().agents if a.name == "sample")
    assert sample.claim(Brief(Question.of("average price"), CATALOG)) is None
