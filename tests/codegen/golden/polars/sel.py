import polars as pl

answer = flights.lazy().select(pl.col("origin").alias("from"), pl.col("dist").alias("km")).collect()

answer
