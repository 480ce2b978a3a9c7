import polars as pl

answer = (
    birds.lazy().with_columns(bill=pl.col("bill") - pl.col("bill").mean().over("species"))
    .collect()
)

answer
