import polars as pl

answer = birds.lazy().with_columns(w=pl.col("bill").shift(-3)).collect()

answer
