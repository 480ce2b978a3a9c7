import polars as pl

MIN_DEP_DELAY = 10

answer = (
    flights.lazy().filter(pl.col("origin") == "JFK")
    .select(share=(pl.col("dep_delay") > MIN_DEP_DELAY).fill_null(False).mean())
    .collect()
    .item()
)

answer
