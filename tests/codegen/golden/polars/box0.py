import plotly.graph_objects as go
import polars as pl

GRID = "rgba(128,128,128,0.25)"

values = flights.lazy().select(pl.col("dep_delay").cast(pl.Float64)).drop_nulls()
by_carrier = (
    values
    .select(
        lower=pl.col("dep_delay").filter(pl.col("dep_delay").is_between(pl.col("dep_delay").quantile(0.25, interpolation="linear") - 1.5 * (pl.col("dep_delay").quantile(0.75, interpolation="linear") - pl.col("dep_delay").quantile(0.25, interpolation="linear")), pl.col("dep_delay").quantile(0.75, interpolation="linear") + 1.5 * (pl.col("dep_delay").quantile(0.75, interpolation="linear") - pl.col("dep_delay").quantile(0.25, interpolation="linear")))).min(),
        q1=pl.col("dep_delay").quantile(0.25, interpolation="linear"),
        median=pl.col("dep_delay").quantile(0.5, interpolation="linear"),
        q3=pl.col("dep_delay").quantile(0.75, interpolation="linear"),
        upper=pl.col("dep_delay").filter(pl.col("dep_delay").is_between(pl.col("dep_delay").quantile(0.25, interpolation="linear") - 1.5 * (pl.col("dep_delay").quantile(0.75, interpolation="linear") - pl.col("dep_delay").quantile(0.25, interpolation="linear")), pl.col("dep_delay").quantile(0.75, interpolation="linear") + 1.5 * (pl.col("dep_delay").quantile(0.75, interpolation="linear") - pl.col("dep_delay").quantile(0.25, interpolation="linear")))).max(),
        count=pl.len(),
    )
    .collect()
)
fig = go.Figure(go.Box(
    name="Dep delay",
    lowerfence=by_carrier["lower"],
    q1=by_carrier["q1"],
    median=by_carrier["median"],
    q3=by_carrier["q3"],
    upperfence=by_carrier["upper"],
    marker_color="#0072B2",
))
fig.update_layout(
    title="Spread of dep delay",
    yaxis_title="Dep delay",
    template="none",
    paper_bgcolor="rgba(0,0,0,0)",
    plot_bgcolor="rgba(0,0,0,0)",
    font_color="#808080",
)
fig.update_xaxes(showgrid=False, automargin=True)
fig.update_yaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)

fig
