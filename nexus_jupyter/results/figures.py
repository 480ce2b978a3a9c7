"""Figures: Plotly figures from what a run gave. The one place that names Plotly."""

from __future__ import annotations

import json
from typing import Any

from nexus_jupyter.errors import DataError

CAP = 100_000


def figure_of(outcome: Any) -> Any:  # noqa: ANN401 - a figure of the sandbox
    """Build the `plotly.graph_objects.Figure` of a run's figure.

    Raises
    ------
    DataError
        When its JSON is larger than what a notebook should hold: rows were drawn that should have been aggregated.
    """
    import plotly.graph_objects as go

    spec = outcome.to_dict()
    size = len(json.dumps(spec, default=str))
    if size > CAP:
        msg = f"The chart holds {size / 1000:,.0f} kB, and {CAP // 1000} kB is the limit. Ask for fewer groups, a top n or coarser periods."
        raise DataError(msg)
    return go.Figure(data=spec.get("data"), layout=spec.get("layout"), skip_invalid=True)
