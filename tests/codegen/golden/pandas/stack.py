import plotly.express as px

COLORS = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442", "#999999"]
GRID = "rgba(128,128,128,0.25)"

by_carrier = flights.groupby(["carrier", "origin"], as_index=False).agg(sum_dist=("dist", "sum"))
fig = px.bar(
    by_carrier,
    x="carrier",
    y="sum_dist",
    color="origin",
    barmode="stack",
    title="Total dist by carrier and origin",
    labels={"carrier": "Carrier", "sum_dist": "Total dist", "origin": "Origin"},
    color_discrete_sequence=COLORS,
    template="none",
)
fig.update_layout(paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", font_color="#808080")
fig.update_xaxes(showgrid=False, automargin=True)
fig.update_yaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)
fig.update_xaxes(type="category", categoryorder="array", categoryarray=by_carrier["carrier"].drop_duplicates())

fig
