import polars as pl

answer = (
    birds.lazy()
    .with_columns(w=pl.col("bill").cast(pl.Float64).ewm_mean(span=3, ignore_nulls=False))
    .collect()
)

answer
