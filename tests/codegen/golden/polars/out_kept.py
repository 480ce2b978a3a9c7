import polars as pl

IQR_FACTOR = 1

q1 = pl.col("bill").quantile(0.25, interpolation="linear")
q3 = pl.col("bill").quantile(0.75, interpolation="linear")
reach = IQR_FACTOR * (q3 - q1)
answer = (
    birds.lazy()
    .with_columns(outlier=((pl.col("bill") < q1 - reach) | (pl.col("bill") > q3 + reach)).fill_null(False))
    .filter(~(pl.col("outlier")).fill_null(False))
    .collect()
)

answer
