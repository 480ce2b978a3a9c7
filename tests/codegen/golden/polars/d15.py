import polars as pl

MIN_DEP_DELAY = 5

answer = (
    flights.lazy().with_columns(d=(pl.col("dep_delay") > MIN_DEP_DELAY).fill_null(False))
    .collect()
)

answer
