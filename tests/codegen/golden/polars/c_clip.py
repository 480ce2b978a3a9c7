import polars as pl

answer = (
    birds.lazy().with_columns(d=pl.col("mass").clip(lower_bound=3500, upper_bound=4500.5))
    .collect()
)

answer
