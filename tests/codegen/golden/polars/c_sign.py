import polars as pl

answer = birds.lazy().with_columns(d=(pl.col("bill") - 45).sign()).collect()

answer
