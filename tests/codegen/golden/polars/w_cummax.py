import polars as pl

answer = birds.lazy().with_columns(w=pl.col("bill").cum_max()).collect()

answer
