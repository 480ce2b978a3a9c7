import plotly.express as px
import polars as pl

COLORS = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442", "#999999"]

by_carrier = (
    flights.lazy().drop_nulls("carrier")
    .group_by("carrier")
    .agg(mean_dep_delay=pl.col("dep_delay").mean(), size=pl.len())
    .sort("carrier")
    .collect()
)
fig = px.pie(
    by_carrier,
    names="carrier",
    values="size",
    title="Number of flights by carrier",
    labels={"carrier": "Carrier", "size": "Number of flights"},
    color_discrete_sequence=COLORS,
    template="none",
)
fig.update_layout(paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", font_color="#808080")

fig
