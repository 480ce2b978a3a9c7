import plotly.express as px
import polars as pl

COLORS = ["#0072B2"]
GRID = "rgba(128,128,128,0.25)"

by_carrier = (
    flights.lazy().with_columns(month=pl.col("when").dt.truncate("1mo"))
    .drop_nulls("month")
    .group_by("month")
    .agg(size=pl.len())
    .sort("month")
    .collect()
)
fig = px.line(
    by_carrier,
    x="month",
    y="size",
    markers=True,
    title="Number of flights by when (month)",
    labels={"month": "When (month)", "size": "Number of flights"},
    color_discrete_sequence=COLORS,
    template="none",
)
fig.update_layout(paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", font_color="#808080")
fig.update_xaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)
fig.update_yaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)

fig
