import plotly.express as px
import polars as pl

COLORS = ["#0072B2"]
GRID = "rgba(128,128,128,0.25)"

by_carrier = (
    flights.lazy().drop_nulls("carrier")
    .group_by("carrier")
    .agg(mean_dep_delay=pl.col("dep_delay").mean(), size=pl.len())
    .sort("carrier")
    .collect()
)
fig = px.bar(
    by_carrier,
    x="size",
    y="carrier",
    orientation="h",
    title="Number of flights by carrier",
    labels={"carrier": "Carrier", "size": "Number of flights"},
    color_discrete_sequence=COLORS,
    template="none",
)
fig.update_layout(paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", font_color="#808080")
fig.update_yaxes(showgrid=False, automargin=True, title_standoff=12)
fig.update_xaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)
fig.update_yaxes(type="category", autorange="reversed")

fig
