import polars as pl

answer = (
    birds.lazy()
    .with_columns(scaled=((pl.col("mass") - pl.col("mass").min()) / (pl.col("mass").max() - pl.col("mass").min())).fill_nan(None))
    .collect()
)

answer
