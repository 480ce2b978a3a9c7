import numpy as np
import plotly.express as px

BINS = 60
COLORS = ["#0072B2"]
GRID = "rgba(128,128,128,0.25)"

points = flights[["dep_delay", "dist"]].astype(float)
points = points[np.isfinite(points).all(axis=1)]
low = points.min()
width = ((points.max() - low) / BINS).replace(0, 1)
cells = ((points - low) / width).astype(int).clip(upper=BINS - 1)
grid = cells.groupby(["dep_delay", "dist"], as_index=False).agg(count=("dep_delay", "size"))
by_carrier = (
    grid
    .assign(**{"dep_delay": low["dep_delay"] + (grid["dep_delay"] + 0.5) * width["dep_delay"], "dist": low["dist"] + (grid["dist"] + 0.5) * width["dist"]})
)
fig = px.scatter(
    by_carrier,
    x="dep_delay",
    y="dist",
    color="count",
    title="Dist against dep delay: number of rows",
    labels={"dep_delay": "Dep delay", "dist": "Dist", "count": "Count"},
    template="none",
)
fig.update_layout(paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", font_color="#808080")
fig.update_xaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)
fig.update_yaxes(gridcolor=GRID, zerolinecolor=GRID, automargin=True)

fig
