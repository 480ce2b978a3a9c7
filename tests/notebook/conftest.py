"""Answers as the pipeline gives them, with real frames and figures."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import plotly.graph_objects as go
import pytest

from nexus_jupyter.answer import Answer
from nexus_jupyter.plan.plan import Assumption
from nexus_jupyter.results.result import Part

CODE = "delays = flights.groupby('carrier')['dep_delay'].mean()\ndelays"


@pytest.fixture
def make_answer():
    def make(**changes):
        table = pd.DataFrame({"carrier": ["F9", "<b>"], "dep_delay": [20.2, None]})
        figure = go.Figure(go.Bar(x=["F9", "EV"], y=[20.2, 19.9]))
        given = {
            "id": "abc12345",
            "question": "average departure delay by carrier",
            "status": "answered",
            "text": "Highest for **F9** (20.2).",
            "parts": (Part(name="delays", form="table", table=table), Part(name="figure", form="chart", figure=figure)),
            "program": SimpleNamespace(cells=(CODE, "figure = 1\nfigure"), text=CODE + "\n\nfigure = 1\nfigure"),
            "rows": "1 of 2 rows; 1 without a delay.",
            "assumptions": (Assumption(about="column", text="`delay` is read as `dep_delay`."),),
            "provenance": {
                "version": 1,
                "question": "average departure delay by carrier",
                "engine": "rules",
                "agent": None,
                "plan_hash": None,
            },
        }
        return Answer(**{**given, **changes})

    return make
