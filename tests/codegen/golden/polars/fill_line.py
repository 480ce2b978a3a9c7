import polars as pl

answer = birds.lazy().with_columns(pl.col("flipper").interpolate()).collect()

answer
