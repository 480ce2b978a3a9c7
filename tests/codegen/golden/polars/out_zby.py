import polars as pl

Z_LIMIT = 1.5

z = ((pl.col("flipper") - pl.col("flipper").mean().over("species")) / pl.col("flipper").std(ddof=0).over("species")).fill_nan(None)
answer = birds.lazy().with_columns(outlier=(z > Z_LIMIT).fill_null(False)).collect()

answer
