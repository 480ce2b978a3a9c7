import polars as pl

MIN_SIZE = 90

answer = (
    flights.lazy().drop_nulls("carrier")
    .group_by("carrier")
    .agg(mean_dep_delay=pl.col("dep_delay").mean(), size=pl.len())
    .sort("carrier")
    .filter(pl.col("size") > MIN_SIZE)
    .collect()
)

answer
