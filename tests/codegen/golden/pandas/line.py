import plotly.express as px

COLORS = ["#0072B2"]

by_carrier = (
    flights.assign(month=flights["when"].dt.to_period("M").dt.to_timestamp())
    .groupby("month", as_index=False)
    .agg(size=("month", "size"))
)
fig = px.line(
    by_carrier,
    x="month",
    y="size",
    labels={"month": "Month", "size": "Size"},
    color_discrete_sequence=COLORS,
    template="none",
)
fig.update_layout(paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", font_color="#808080")

fig
