TOP_N = 2

top = (
    flights.groupby("carrier", as_index=False)
    .agg(mean_dep_delay=("dep_delay", "mean"), size=("carrier", "size"))
    .nlargest(TOP_N, "size")
)
answer = flights[flights["carrier"].isin(top["carrier"].dropna().unique())]

answer
