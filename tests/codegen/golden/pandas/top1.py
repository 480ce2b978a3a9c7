answer = (
    flights.groupby("carrier", as_index=False)
    .agg(mean_dep_delay=("dep_delay", "mean"), size=("carrier", "size"))
    .dropna(subset="carrier")
    .sort_values("carrier", kind="stable")
    .head(1)
)

answer
