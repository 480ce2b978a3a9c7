import polars as pl

MAD_LIMIT = 2

distance = pl.col("flipper") - pl.col("flipper").median().over("species")
z = (0.6745 * distance / distance.abs().median().over("species")).fill_nan(None)
answer = birds.lazy().with_columns(outlier=(z.abs() > MAD_LIMIT).fill_null(False)).collect()

answer
