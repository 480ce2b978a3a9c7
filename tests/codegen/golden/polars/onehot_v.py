import polars as pl

answer = (
    birds.lazy().with_columns(sex_male=(pl.col("sex") == "male").fill_null(False).cast(pl.Int64))
    .collect()
)

answer
