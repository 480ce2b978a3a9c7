import plotly.express as px

COLORS = ["#0072B2"]

stats = (
    flights.groupby("carrier", as_index=False)
    .agg(mean_dep_delay=("dep_delay", "mean"), size=("carrier", "size"))
)
fig = px.bar(
    stats,
    x="carrier",
    y="size",
    labels={"carrier": "Carrier", "size": "Size"},
    color_discrete_sequence=COLORS,
    template="none",
)
fig.update_layout(paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", font_color="#808080")
fig.update_xaxes(type="category")
mid = flights["dist"].median()

mid
