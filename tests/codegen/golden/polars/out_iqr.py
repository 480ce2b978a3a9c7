import polars as pl

IQR_FACTOR = 1.5

q1 = pl.col("flipper").quantile(0.25, interpolation="linear")
q3 = pl.col("flipper").quantile(0.75, interpolation="linear")
reach = IQR_FACTOR * (q3 - q1)
answer = (
    birds.lazy()
    .with_columns(outlier=((pl.col("flipper") < q1 - reach) | (pl.col("flipper") > q3 + reach)).fill_null(False))
    .filter(pl.col("outlier"))
    .select(n=pl.len())
    .collect()
    .item()
)

answer
