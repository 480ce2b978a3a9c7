import polars as pl

answer = birds.lazy().with_columns(w=pl.col("bill").rank("dense", descending=False)).collect()

answer
