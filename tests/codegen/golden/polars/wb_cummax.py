import polars as pl

answer = birds.lazy().with_columns(w=pl.col("mass").cum_max().over("species")).collect()

answer
