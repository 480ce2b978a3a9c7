"""Figures: Plotly figures from what a run gave. The one place that names Plotly."""

from __future__ import annotations

import base64
import json
from typing import Any

from nexus_jupyter.errors import DataError

CAP = 100_000


def figure_of(outcome: Any) -> Any:
    """Build the `plotly.graph_objects.Figure` of a run's figure.

    Raises
    ------
    DataError
        When its JSON is larger than what a notebook should hold: rows were drawn that should have been aggregated.
    """
    import plotly.graph_objects as go

    spec = plain_arrays(outcome.to_dict())
    size = len(json.dumps(spec, default=str))
    if size > CAP:
        msg = f"The chart holds {size / 1000:,.0f} kB, and {CAP // 1000} kB is the limit. Ask for fewer groups, a top n or coarser periods."
        raise DataError(msg)
    return go.Figure(data=spec.get("data"), layout=spec.get("layout"), skip_invalid=True)


def plain_arrays(value: Any) -> Any:
    """Turn Plotly's packed arrays (`dtype` and base64 `bdata`) into lists, which every reader of a notebook understands."""
    if isinstance(value, dict):
        if "bdata" in value and "dtype" in value:
            import numpy as np

            array = np.frombuffer(base64.b64decode(value["bdata"]), dtype=np.dtype(str(value["dtype"])))
            shape = [int(n) for n in str(value["shape"]).split(",")] if "shape" in value else [-1]
            return array.reshape(shape).tolist()
        return {k: plain_arrays(v) for k, v in value.items()}
    return [plain_arrays(v) for v in value] if isinstance(value, list) else value
