"""Outputs: what a part of an answer looks like in a notebook, as a MIME bundle of bounded size."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from nexus_jupyter.results.tables import is_polars

__all__ = ["PLOTLY", "as_output", "bundle", "table_bundle"]

PLOTLY: Final = "application/vnd.plotly.v1+json"
ROWS: Final = 20
COLUMNS: Final = 20
WIDTH: Final = 80
LARGEST: Final = 100_000

Bundle = dict[str, Any]


def bundle(*, figure: Any = None, table: Any = None, value: Any = None) -> Bundle:
    """Give the MIME bundle of a figure, else of a table, else of a value; empty when there is none of them."""
    if figure is not None:
        return figure_bundle(figure)
    if table is not None:
        return table_bundle(table)
    return {} if value is None else {"text/plain": _shortened(repr(value))}


def figure_bundle(figure: Any) -> Bundle:
    """Give the bundle of a Plotly figure, as Plotly itself would show it."""
    spec = json.loads(figure.to_json())
    title = (spec.get("layout", {}).get("title") or {}).get("text") or "chart"
    return {
        PLOTLY: {"data": spec.get("data", []), "layout": spec.get("layout", {}), "config": {}},
        "text/plain": f"Figure: {title}",
    }


def table_bundle(frame: Any) -> Bundle:
    """Give the bundle of a frame of pandas or polars: its first rows and columns, escaped."""
    html, text = _polars_table(frame) if is_polars(frame) else _pandas_table(frame)
    found = {"text/plain": _shortened(text)}
    return {"text/html": html, **found} if len(html) < LARGEST else found


def as_output(data: Mapping[str, Any], metadata: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Give the nbformat output that holds a bundle: what running the cell would have left there."""
    if PLOTLY in data:
        return {"output_type": "display_data", "data": dict(data), "metadata": dict(metadata or {})}
    return {"output_type": "execute_result", "execution_count": None, "data": dict(data), "metadata": dict(metadata or {})}


def _pandas_table(frame: Any) -> tuple[str, str]:
    import pandas as pd

    if isinstance(frame, pd.Series):
        frame = frame.to_frame()
    with pd.option_context("display.max_colwidth", WIDTH, "display.width", 160):
        html = frame.to_html(max_rows=ROWS, max_cols=COLUMNS, notebook=True, escape=True, show_dimensions=len(frame) > ROWS)
        return str(html), str(frame.to_string(max_rows=ROWS, max_cols=COLUMNS, line_width=160, max_colwidth=WIDTH))


def _polars_table(frame: Any) -> tuple[str, str]:
    import polars as pl

    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    with pl.Config(tbl_rows=ROWS, tbl_cols=COLUMNS, fmt_str_lengths=WIDTH):
        return str(frame._repr_html_()), str(frame)


def _shortened(text: str) -> str:
    return text if len(text) <= LARGEST // 5 else text[: LARGEST // 5] + " …"
