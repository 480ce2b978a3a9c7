answer = (
    flights.assign(month=flights["when"].dt.to_period("M").dt.to_timestamp())
    .groupby("month", as_index=False)
    .agg(sum_dist=("dist", "sum"))
)

answer
