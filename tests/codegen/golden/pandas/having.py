MIN_SIZE = 90

by_carrier = (
    flights.groupby("carrier", as_index=False)
    .agg(mean_dep_delay=("dep_delay", "mean"), size=("carrier", "size"))
)
answer = by_carrier[by_carrier["size"] > MIN_SIZE]

answer
