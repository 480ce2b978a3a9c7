import polars as pl

answer = (
    birds.lazy()
    .with_columns(w=(pl.col("mass").rank(descending=True) / pl.col("mass").count()).over("species"))
    .collect()
)

answer
