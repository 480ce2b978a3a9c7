import polars as pl

answer = (
    flights.lazy()
    .with_columns(d=pl.when(pl.col("dep_delay").is_null()).then(pl.lit(0.0)).otherwise(pl.col("dep_delay")))
    .collect()
)

answer
