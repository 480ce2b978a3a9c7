"""The statistician: questions that a test, an interval or a fitted model answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.agents.agent import Brief, Claim
from nexus_jupyter.plan.models import Cluster, Fit
from nexus_jupyter.plan.preparation import Outliers
from nexus_jupyter.plan.statistics import SAID, ConfidenceInterval, SignificanceTest
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.summaries import Correlation

if TYPE_CHECKING:
    from nexus_jupyter.language.language import Understanding


class Statistics:
    """Tests hypotheses, bounds means and shares, fits models, finds outliers and correlations."""

    name = "statistics"
    description = "statistics: tests, confidence intervals, correlations, regressions, outliers"

    def claim(self, brief: Brief) -> Claim | None:
        """Claim questions whose best reading infers something from a sample."""
        readings = brief.understanding.readings
        if not readings or any(o.form == "chart" for o in readings[0].plan.outputs):
            return None
        found = [said for step in readings[0].plan.steps if (said := _said(step))]
        if not found:
            return None
        return Claim(agent=self.name, score=min(1.0, readings[0].score + 0.03), reason=f"the question asks for {found[0]}")

    def plan(self, brief: Brief) -> Understanding:
        """Give the rules' understanding."""
        return brief.understanding


def _said(step: Step) -> str:
    match step:
        case SignificanceTest():
            return SAID[step.kind] if "'s " in SAID[step.kind] else f"a {SAID[step.kind]}"
        case ConfidenceInterval():
            return "a confidence interval"
        case Fit():
            return f"a {step.kind} model"
        case Cluster():
            return "clusters"
        case Outliers():
            return "outliers"
        case Correlation():
            return "a correlation"
        case _:
            return ""
