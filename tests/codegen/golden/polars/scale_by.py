import polars as pl

answer = (
    birds.lazy()
    .with_columns(
        m=((pl.col("mass") - pl.col("mass").median().over("species")) / (pl.col("mass").quantile(0.75, interpolation="linear").over("species") - pl.col("mass").quantile(0.25, interpolation="linear").over("species"))).fill_nan(None),
        b=((pl.col("bill") - pl.col("bill").median().over("species")) / (pl.col("bill").quantile(0.75, interpolation="linear").over("species") - pl.col("bill").quantile(0.25, interpolation="linear").over("species"))).fill_nan(None),
    )
    .collect()
)

answer
