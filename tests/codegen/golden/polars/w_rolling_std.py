import polars as pl

WINDOW = 3

answer = birds.lazy().with_columns(w=pl.col("bill").cast(pl.Float64).rolling_std(WINDOW)).collect()

answer
