import polars as pl

answer = (
    flights.lazy().with_columns(d=(pl.col("dist") / (pl.col("dep_delay") + 3)).fill_nan(None))
    .collect()
)

answer
