"""The registry: built-in agents and those of installed packages, found once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points

from nexus_jupyter.agents.agent import Agent, Brief, Claim
from nexus_jupyter.agents.analyst import Analyst
from nexus_jupyter.agents.charts import Charts
from nexus_jupyter.agents.cleaning import Cleaning
from nexus_jupyter.agents.reviewer import Reviewer
from nexus_jupyter.agents.statistics import Statistics

GROUP = "nexus_jupyter.agents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """The agents by order of registration, and a sentence for each plugin that was left out."""

    agents: tuple[Agent, ...]
    skipped: tuple[str, ...] = ()

    def route(self, brief: Brief) -> tuple[Agent, Claim, tuple[Claim, ...]]:
        """Give the agent whose claim is best, its claim, and all claims; equal scores go to the one registered first.

        A plugin's claim that fails is passed over: somebody else's agent must not cost an answer.
        """
        claims: list[tuple[Agent, Claim]] = []
        for agent in self.agents:
            try:
                claim = agent.claim(brief)
            except Exception as error:  # a plugin's code; built-in agents raise through
                if type(agent).__module__.startswith("nexus_jupyter."):
                    raise
                claim = Claim(agent=agent.name, score=0.0, reason=f"failed: {type(error).__name__}")
            if claim is not None:
                claims.append((agent, claim))
        agent, best = max(claims, key=lambda c: c[1].score)
        return agent, best, tuple(c for _, c in claims)


@lru_cache(maxsize=1)
def registry() -> Registry:
    """Find the agents; the result is kept for the process."""
    return assemble(tuple(entry_points(group=GROUP)))


def assemble(found: tuple[EntryPoint, ...]) -> Registry:
    """Put the built-in agents and those of entry points together; one that fails, or takes a name that is taken, is skipped and named."""
    agents: list[Agent] = [Cleaning(), Charts(), Statistics(), Analyst(), Reviewer()]
    skipped: list[str] = []
    for point in sorted(found, key=lambda p: (p.name, p.value)):
        try:
            agent = point.load()()
        except Exception as error:  # noqa: BLE001 - whatever a plugin does while it loads
            skipped.append(f"The agent `{point.name}` ({point.value}) did not load: {type(error).__name__}: {error}")
            continue
        if not isinstance(agent, Agent):
            skipped.append(f"`{point.name}` ({point.value}) is no agent: it needs name, description, claim and plan.")
        elif agent.name in {a.name for a in agents}:
            skipped.append(f"The agent `{agent.name}` ({point.value}) has the name of another one.")
        else:
            agents.append(agent)
    return Registry(agents=tuple(agents), skipped=tuple(skipped))
