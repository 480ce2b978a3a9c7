import polars as pl

answer = (
    birds.lazy()
    .with_columns(
        mass=((pl.col("mass") - pl.col("mass").mean()) / pl.col("mass").std()).fill_nan(None),
        flipper=((pl.col("flipper") - pl.col("flipper").mean()) / pl.col("flipper").std()).fill_nan(None),
    )
    .collect()
)

answer
