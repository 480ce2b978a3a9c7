import polars as pl

answer = (
    birds.lazy()
    .with_columns(w=pl.col("mass").cast(pl.Float64).ewm_mean(span=2, ignore_nulls=False).over("species"))
    .collect()
)

answer
