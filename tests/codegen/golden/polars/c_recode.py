import polars as pl

answer = (
    birds.lazy()
    .with_columns(d=pl.col("sex").replace_strict({"female": 1, "male": 0}, default=None))
    .collect()
)

answer
