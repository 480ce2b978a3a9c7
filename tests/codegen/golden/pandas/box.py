import pandas as pd
import plotly.graph_objects as go

GRID = "rgba(128,128,128,0.25)"

values = flights[["carrier", "dep_delay"]].dropna()
quartiles = (
    values.groupby("carrier")["dep_delay"]
    .quantile([0.25, 0.5, 0.75])
    .unstack()
    .reindex(columns=[0.25, 0.5, 0.75])
    .set_axis(["q1", "median", "q3"], axis="columns")
)
reach = 1.5 * (quartiles["q3"] - quartiles["q1"])
inside = values[
    values["dep_delay"].between(
        (quartiles["q1"] - reach).loc[values["carrier"]].to_numpy(),
        (quartiles["q3"] + reach).loc[values["carrier"]].to_numpy(),
    )
]
by_carrier = (
    quartiles
    .assign(
        lower=inside.groupby("carrier")["dep_delay"].min(),
        upper=inside.groupby("carrier")["dep_delay"].max(),
        count=values.groupby("carrier").size(),
    )[["lower", "q1", "median", "q3", "upper", "count"]]
    .reset_index()
)
fig = go.Figure(go.Box(
    x=by_carrier["carrier"],
    lowerfence=by_carrier["lower"],
    q1=by_carrier["q1"],
    median=by_carrier["median"],
    q3=by_carrier["q3"],
    upperfence=by_carrier["upper"],
    marker_color="#0072B2",
))
fig.update_layout(
    title="Dep delay by carrier",
    xaxis_title="Carrier",
    yaxis_title="Dep delay",
    template="none",
    paper_bgcolor="rgba(0,0,0,0)",
    plot_bgcolor="rgba(0,0,0,0)",
    font_color="#808080",
)
fig.update_xaxes(showgrid=False, automargin=True)
fig.update_yaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)
fig.update_xaxes(type="category")

fig
