TOP_N = 2

answer = (
    flights.groupby("carrier", as_index=False)
    .agg(mean_dep_delay=("dep_delay", "mean"), size=("carrier", "size"))
    .dropna(subset="mean_dep_delay")
    .nlargest(TOP_N, "mean_dep_delay")
)

answer
