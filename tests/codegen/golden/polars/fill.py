import polars as pl

answer = (
    flights.lazy().with_columns(pl.col("dep_delay").fill_null(pl.col("dep_delay").mean()))
    .collect()
)

answer
