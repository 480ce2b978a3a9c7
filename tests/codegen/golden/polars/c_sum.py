import polars as pl

answer = (
    birds.lazy()
    .with_columns(d=pl.when(pl.any_horizontal(pl.col("flipper").is_not_null(), (pl.col("bill") * 2).is_not_null())).then(pl.sum_horizontal(pl.col("flipper"), (pl.col("bill") * 2))))
    .collect()
)

answer
