import pandas as pd
import plotly.graph_objects as go

GRID = "rgba(128,128,128,0.25)"

values = flights["dep_delay"].dropna().astype(float)
q1, median, q3 = values.quantile([0.25, 0.5, 0.75])
inside = values[values.between(q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1))]
by_carrier = pd.DataFrame([{"lower": inside.min(), "q1": q1, "median": median, "q3": q3, "upper": inside.max(), "count": len(values)}])
fig = go.Figure(go.Box(
    name="Dep delay",
    lowerfence=by_carrier["lower"],
    q1=by_carrier["q1"],
    median=by_carrier["median"],
    q3=by_carrier["q3"],
    upperfence=by_carrier["upper"],
    marker_color="#0072B2",
))
fig.update_layout(
    title="Spread of dep delay",
    yaxis_title="Dep delay",
    template="none",
    paper_bgcolor="rgba(0,0,0,0)",
    plot_bgcolor="rgba(0,0,0,0)",
    font_color="#808080",
)
fig.update_xaxes(showgrid=False, automargin=True)
fig.update_yaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)

fig
