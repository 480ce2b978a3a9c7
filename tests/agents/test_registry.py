"""The registry: plugins are found, checked, and cannot cost an answer."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from nexus_jupyter.agents.agent import Agent, Brief, Claim
from nexus_jupyter.agents.registry import GROUP, assemble
from nexus_jupyter.context.dataset import Catalog, Dataset
from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.question import Question


class Eager:
    name = "eager"
    description = "takes everything"

    def claim(self, brief: Brief) -> Claim:
        return Claim(agent=self.name, score=1.5, reason=f"it likes {brief.question.text}")

    def plan(self, brief: Brief) -> object:
        return brief.understanding


class Broken(Eager):
    name = "broken"

    def claim(self, brief: Brief) -> Claim:
        raise RuntimeError(brief.question.text)


class Twin(Eager):
    name = "analyst"


class NoAgent:
    name = "no-agent"


def point(name: str) -> EntryPoint:
    return EntryPoint(name=name, value=f"{__name__}:{name}", group=GROUP)


@pytest.fixture
def brief() -> Brief:
    schema = Schema((Column(name="price", kind=Kind.FLOAT, role=Role.MEASURE),))
    return Brief(Question.of("average price"), Catalog(datasets=(Dataset(name="sales", schema=schema, rows=3),)))


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, __name__, sys.modules.get(__name__) or __import__(__name__))


def test_built_in_agents_are_agents() -> None:
    assert all(isinstance(a, Agent) for a in assemble(()).agents)
    assert {a.name for a in assemble(()).agents} == {"analyst", "charts", "cleaning", "reviewer", "statistics"}


def test_the_best_claim_takes_the_question_and_says_why(brief: Brief) -> None:
    agent, claim, others = assemble((point("Eager"),)).route(brief)
    assert agent.name == "eager"
    assert claim.reason == "it likes average price"
    assert "analyst" in {c.agent for c in others}


def test_a_plugin_that_fails_costs_no_answer(brief: Brief) -> None:
    agent, _, others = assemble((point("Broken"),)).route(brief)
    assert agent.name == "analyst"
    assert any(c.reason == "failed: RuntimeError" for c in others)


@pytest.mark.parametrize(("name", "words"), [("Twin", "name of another"), ("NoAgent", "is no agent"), ("Nowhere", "did not load")])
def test_a_plugin_that_does_not_fit_is_named_and_skipped(name: str, words: str) -> None:
    registry = assemble((point(name),))
    assert len(registry.agents) == len(assemble(()).agents)
    assert words in registry.skipped[0]
