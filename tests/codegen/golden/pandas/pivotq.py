import pandas as pd

groups = (
    flights.assign(month=flights["when"].dt.to_period("M").dt.to_timestamp())
    .groupby(["origin", "month"])
)
answer = (
    pd.DataFrame({"value": groups["dist"].std(ddof=0)}).reset_index()
    .pivot(index="origin", columns="month", values="value")
    .rename(columns="{:%Y-%m-%d}".format)
    .rename_axis(columns=None)
    .reset_index()
)

answer
