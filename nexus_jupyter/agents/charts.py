"""The chart maker: questions that want something drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.agents.agent import Brief, Claim
from nexus_jupyter.plan.summaries import Chart

if TYPE_CHECKING:
    from nexus_jupyter.language.language import Understanding


class Charts:
    """Draws bars, lines, areas, scatters, pies, boxes, heatmaps and histograms of aggregated data."""

    name = "charts"
    description = "charts: bar, line, area, scatter, pie, box, heatmap, histogram"

    def claim(self, brief: Brief) -> Claim | None:
        """Claim questions whose best reading ends in a chart."""
        readings = brief.understanding.readings
        drawn = [o.step.kind for o in readings[0].plan.outputs if isinstance(o.step, Chart)] if readings else []
        if not drawn:
            return None
        return Claim(agent=self.name, score=min(1.0, readings[0].score + 0.01), reason=f"the question asks for a {drawn[0]} chart")

    def plan(self, brief: Brief) -> Understanding:
        """Give the rules' understanding."""
        return brief.understanding
