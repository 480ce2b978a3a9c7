import polars as pl

answer = (
    birds.lazy()
    .with_columns(pl.col("flipper").fill_null(pl.col("flipper").median().over("species")))
    .collect()
)

answer
