import polars as pl

answer = birds.lazy().with_columns(d=pl.max_horizontal(pl.col("flipper"), pl.col("bill"))).collect()

answer
