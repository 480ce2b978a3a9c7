import polars as pl

answer = (
    flights.lazy()
    .with_columns(d=pl.col("dist").cast(pl.Int64) - (pl.col("dist").cast(pl.Int64) - (-3)))
    .collect()
)

answer
