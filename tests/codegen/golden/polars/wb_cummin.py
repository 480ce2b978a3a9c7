import polars as pl

answer = birds.lazy().with_columns(w=pl.col("mass").cum_min().over("species")).collect()

answer
