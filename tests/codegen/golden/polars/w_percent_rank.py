import polars as pl

answer = birds.lazy().with_columns(w=(pl.col("bill").rank() / pl.col("bill").count())).collect()

answer
