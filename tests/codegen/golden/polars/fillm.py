import polars as pl

answer = (
    flights.lazy()
    .with_columns(pl.col("carrier").fill_null(pl.col("carrier").drop_nulls().mode().min()))
    .collect()
)

answer
