import polars as pl

answer = birds.lazy().with_columns(d=pl.col("sex").str.to_titlecase()).collect()

answer
