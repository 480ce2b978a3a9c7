answer = (
    flights.assign(week=flights["when"].dt.to_period("W").dt.to_timestamp())
    .groupby("week", as_index=False)
    .agg(sum_dist=("dist", "sum"))
)

answer
