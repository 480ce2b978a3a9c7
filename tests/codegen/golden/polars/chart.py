import plotly.express as px
import polars as pl

COLORS = ["#0072B2"]
GRID = "rgba(128,128,128,0.25)"

by_carrier = (
    flights.lazy().drop_nulls("carrier")
    .group_by("carrier")
    .agg(mean_dep_delay=pl.col("dep_delay").mean(), size=pl.len())
    .sort("carrier")
    .sort("mean_dep_delay", descending=True, nulls_last=True, maintain_order=True)
    .collect()
)
fig = px.bar(
    by_carrier,
    x="carrier",
    y="mean_dep_delay",
    title="Average &lt;b&gt;delay&lt;/b&gt;",
    labels={"carrier": "Carrier", "mean_dep_delay": "Average dep delay"},
    color_discrete_sequence=COLORS,
    template="none",
)
fig.update_layout(paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", font_color="#808080")
fig.update_xaxes(showgrid=False, automargin=True)
fig.update_yaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)
fig.update_xaxes(type="category")

fig
