"""A bridge whose answers are made by hand; the browser tests import it in the kernel."""

from __future__ import annotations

import plotly.graph_objects as go
from IPython import get_ipython

from nexus_jupyter.comm import Bridge


def cells(group, state="proposed"):
    mark = {"group": group, "state": state, "version": 1}
    figure = go.Figure(go.Bar(x=["HA", "FL", "EV"], y=[-6.9, 20.2, 20.0]), layout={"title": "Average departure delay by carrier"})
    return [
        {
            "id": group + "-a",
            "cell_type": "markdown",
            "source": "**FL** has the highest average departure delay: 20.2 minutes.",
            "metadata": {"nexus": {**mark, "role": "answer"}},
        },
        {
            "id": group + "-b",
            "cell_type": "code",
            "source": "answer = 6 * 7\nanswer",
            "execution_count": None,
            "outputs": [
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {"application/vnd.plotly.v1+json": figure.to_plotly_json(), "text/plain": "Figure"},
                },
            ],
            "metadata": {"nexus": {**mark, "role": "code"}},
        },
    ]


def answer(ask):
    for stage in ("context", "plan", "code", "review", "run"):
        bridge.stage(ask.request, stage, "running")
        bridge.stage(ask.request, stage, "done", ms=3.2)
    if "wait" in ask.question:
        ask.stopped.wait(20)
        return {"status": "failed", "text": "Stopped."}
    if ask.question == "delay":
        return {
            "status": "ambiguous",
            "text": "Two columns are a delay.",
            "readings": [
                {"label": "departure delay", "question": "average dep_delay by carrier"},
                {"label": "arrival delay", "question": "average arr_delay by carrier"},
            ],
        }
    return {
        "status": "answered",
        "text": "**FL** is the slowest with 20.2 minutes.",
        "code": "answer = 6 * 7\nanswer",
        "assumptions": ["Flights without a departure are left out."],
        "group": "g-side",
        "cells": cells("g-side"),
        "table": {"columns": ["carrier", "dep_delay"], "rows": [["FL", 20.215543], ["EV", 19.95539]]},
    }


def frames():
    return [
        {
            "name": "flights",
            "flavor": "pandas",
            "rows": 336776,
            "columns": [
                {"name": "carrier", "kind": "text", "role": "category", "missing": 0, "distinct": 16},
                {"name": "dep_delay", "kind": "number", "role": "measure", "missing": 8255, "distinct": 527},
                {"name": "time_hour", "kind": "date", "role": "date", "missing": 0, "distinct": 6936},
            ],
        },
        {
            "name": "airlines",
            "flavor": "polars",
            "rows": 16,
            "columns": [{"name": "carrier", "kind": "text", "role": "identifier", "missing": 0, "distinct": 16}],
        },
    ]


events = []
bridge = Bridge(
    get_ipython().kernel,
    on_ask=answer,
    on_frames=frames,
    on_group=lambda *event: events.append(event),
    status=lambda: {"state": "ready", "sandbox": "A", "engine": "rules"},
)
