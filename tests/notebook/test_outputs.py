from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import polars as pl
import pytest

from nexus_jupyter.notebook.outputs import as_output, bundle, table_bundle


def test_a_table_is_escaped():
    html = table_bundle(pd.DataFrame({"a": ["<script>alert(1)</script>"]}))["text/html"]
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("library", [pd, pl])
def test_a_large_table_stays_small(library):
    frame = library.DataFrame({f"c{i}": np.arange(10_000) for i in range(300)})
    found = table_bundle(frame)
    assert sum(len(v) for v in found.values()) < 100_000
    assert "10000" in found["text/html"].replace(",", "").replace("_", "")


def test_long_text_in_cells_is_shortened():
    assert len(str(table_bundle(pd.DataFrame({"a": ["x" * 100_000] * 20})))) < 20_000


def test_a_polars_table_is_escaped():
    assert "<b>" not in table_bundle(pl.DataFrame({"a": ["<b>"]}))["text/html"]


def test_a_figure_is_what_plotly_itself_would_show():
    found = bundle(figure=go.Figure(go.Bar(x=["a"], y=[1]), layout={"title": {"text": "Delays"}}))
    assert found["application/vnd.plotly.v1+json"]["data"][0]["type"] == "bar"
    assert found["text/plain"] == "Figure: Delays"


def test_a_value_is_text_and_nothing_is_nothing():
    assert bundle(value=3.5) == {"text/plain": "3.5"}
    assert bundle() == {}


def test_a_figure_is_displayed_and_a_table_is_a_result():
    assert as_output(bundle(value=1))["output_type"] == "execute_result"
    assert as_output(bundle(figure=go.Figure()))["output_type"] == "display_data"
