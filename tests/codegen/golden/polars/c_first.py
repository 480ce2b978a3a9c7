import polars as pl

answer = birds.lazy().with_columns(d=pl.coalesce(pl.col("flipper"), pl.col("bill"))).collect()

answer
