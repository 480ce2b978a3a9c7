import numpy as np
import plotly.express as px
import polars as pl

BINS = 30
COLORS = ["#0072B2"]
GRID = "rgba(128,128,128,0.25)"

values = (
    flights.lazy().select(pl.col("dep_delay").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_series()
    .to_numpy()
)
counts, edges = np.histogram(values[np.isfinite(values)], bins=BINS)
by_carrier = pl.DataFrame({"bin_start": edges[:-1], "bin_end": edges[1:], "count": counts})
fig = px.bar(
    by_carrier,
    x="bin_start",
    y="count",
    title="Distribution of dep delay",
    labels={"bin_start": "Dep delay", "count": "Number of rows"},
    color_discrete_sequence=COLORS,
    template="none",
)
fig.update_layout(
    bargap=0,
    paper_bgcolor="rgba(0,0,0,0)",
    plot_bgcolor="rgba(0,0,0,0)",
    font_color="#808080",
)
fig.update_xaxes(showgrid=False, automargin=True)
fig.update_yaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)
fig.update_traces(offset=0, width=by_carrier["bin_end"] - by_carrier["bin_start"])

fig
