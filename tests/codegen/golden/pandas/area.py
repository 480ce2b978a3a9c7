import plotly.express as px

COLORS = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442", "#999999"]
GRID = "rgba(128,128,128,0.25)"

by_carrier = (
    flights.assign(month=flights["when"].dt.to_period("M").dt.to_timestamp())
    .groupby(["month", "origin"], as_index=False)
    .agg(size=("month", "size"))
)
fig = px.area(
    by_carrier,
    x="month",
    y="size",
    color="origin",
    title="Number of flights by when (month) and origin",
    labels={"month": "When (month)", "size": "Number of flights", "origin": "Origin"},
    color_discrete_sequence=COLORS,
    template="none",
)
fig.update_layout(paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", font_color="#808080")
fig.update_xaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)
fig.update_yaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)

fig
