import polars as pl

answer = birds.lazy().with_columns(d=pl.col("bill").log(2).fill_nan(None)).collect()

answer
