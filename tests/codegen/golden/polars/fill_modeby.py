import polars as pl

answer = (
    birds.lazy()
    .with_columns(pl.col("sex").fill_null(pl.col("sex").drop_nulls().mode().min().over("species")))
    .collect()
)

answer
