import polars as pl

BIN_WIDTH = 10

answer = (
    flights.lazy().with_columns(bin=pl.col("dep_delay") // BIN_WIDTH * BIN_WIDTH)
    .drop_nulls("bin")
    .group_by("bin")
    .agg(size=pl.len())
    .sort("bin")
    .collect()
)

answer
