import plotly.express as px
import polars as pl

BINS = 60
COLORS = ["#0072B2"]
GRID = "rgba(128,128,128,0.25)"

points = (
    flights.lazy().select(pl.col("dep_delay", "dist").cast(pl.Float64))
    .drop_nulls()
    .filter(pl.all_horizontal(pl.col("dep_delay", "dist").is_finite()))
)
low, high = points.min().collect().row(0), points.max().collect().row(0)
width = [(b - a) / BINS or 1 for a, b in zip(low, high)]
by_carrier = (
    points
    .with_columns(
        ((pl.col("dep_delay") - low[0]) / width[0]).floor().clip(upper_bound=BINS - 1),
        ((pl.col("dist") - low[1]) / width[1]).floor().clip(upper_bound=BINS - 1),
    )
    .group_by("dep_delay", "dist")
    .agg(count=pl.len())
    .sort("dep_delay", "dist")
    .with_columns(
        dep_delay=low[0] + (pl.col("dep_delay") + 0.5) * width[0],
        dist=low[1] + (pl.col("dist") + 0.5) * width[1],
    )
    .collect()
)
fig = px.scatter(
    by_carrier,
    x="dep_delay",
    y="dist",
    color="count",
    title="Dist against dep delay: number of rows",
    labels={"dep_delay": "Dep delay", "dist": "Dist", "count": "Count"},
    template="none",
)
fig.update_layout(paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", font_color="#808080")
fig.update_xaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)
fig.update_yaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)

fig
