answer = (
    flights.groupby(["carrier", "origin"], as_index=False)
    .agg(value=("dist", "size"))
    .pivot(index="carrier", columns="origin", values="value")
    .fillna(0)
    .astype(int)
    .rename_axis(columns=None)
    .reset_index()
)

answer
