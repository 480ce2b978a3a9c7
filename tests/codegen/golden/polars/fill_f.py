import polars as pl

answer = birds.lazy().with_columns(pl.col("sex").forward_fill()).collect()

answer
