import plotly.express as px
import polars as pl

COLORS = ["#0072B2"]
GRID = "rgba(128,128,128,0.25)"

by_carrier = (
    flights.lazy().drop_nulls("carrier")
    .group_by("carrier", "origin")
    .agg(sum_dist=pl.col("dist").sum())
    .sort("carrier", "origin")
    .collect()
)
fig = px.line(
    by_carrier,
    x="carrier",
    y="sum_dist",
    facet_col="origin",
    facet_col_wrap=3,
    markers=True,
    log_y=True,
    title="Total dist by carrier and origin",
    labels={"carrier": "Carrier", "sum_dist": "Total dist", "origin": "Origin"},
    color_discrete_sequence=COLORS,
    template="none",
)
fig.update_layout(paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", font_color="#808080")
fig.update_xaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)
fig.update_yaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)
fig.for_each_annotation(lambda a: a.update(text=a.text.split("=")[-1]))
fig.update_xaxes(type="category", categoryorder="array", categoryarray=by_carrier["carrier"].unique(maintain_order=True))

fig
