import polars as pl

answer = flights.lazy().with_columns(d=(pl.col("dist") / 7).round(2)).collect()

answer
