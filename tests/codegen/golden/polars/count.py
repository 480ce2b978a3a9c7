import polars as pl

MIN_DEP_DELAY = 10

answer = (
    flights.lazy().filter(pl.col("origin") == "JFK", pl.col("dep_delay") > MIN_DEP_DELAY)
    .select(size=pl.len())
    .collect()
    .item()
)

answer
