import polars as pl

IQR_FACTOR = 0.5

q1 = pl.col("flipper").quantile(0.25, interpolation="linear").over(["species", "tagged"])
q3 = pl.col("flipper").quantile(0.75, interpolation="linear").over(["species", "tagged"])
reach = IQR_FACTOR * (q3 - q1)
answer = (
    birds.lazy().with_columns(short=(pl.col("flipper") < q1 - reach).fill_null(False))
    .collect()
)

answer
