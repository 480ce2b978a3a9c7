import polars as pl

answer = (
    birds.lazy()
    .with_columns(sex=pl.col("sex").replace_strict({"male": 0, "female": 1}, default=None))
    .collect()
)

answer
