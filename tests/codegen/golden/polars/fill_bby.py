import polars as pl

answer = birds.lazy().with_columns(pl.col("flipper").backward_fill().over("species")).collect()

answer
