import polars as pl

Z_LIMIT = 2

z = ((pl.col("mass") - pl.col("mass").mean()) / pl.col("mass").std()).fill_nan(None)
answer = birds.lazy().with_columns(outlier=(z.abs() > Z_LIMIT).fill_null(False)).collect()

answer
