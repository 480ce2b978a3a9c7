import plotly.graph_objects as go

by_carrier = flights.groupby(["carrier", "origin"], as_index=False).agg(sum_dist=("dist", "sum"))
fig = go.Figure(go.Heatmap(
    x=by_carrier["carrier"],
    y=by_carrier["origin"],
    z=by_carrier["sum_dist"],
    colorscale="Cividis",
))
fig.update_layout(
    title="Total dist by carrier and origin",
    xaxis_title="Carrier",
    yaxis_title="Origin",
    template="none",
    paper_bgcolor="rgba(0,0,0,0)",
    plot_bgcolor="rgba(0,0,0,0)",
    font_color="#808080",
)
fig.update_xaxes(showgrid=False, automargin=True)
fig.update_yaxes(showgrid=False, automargin=True, title_standoff=12)

fig
