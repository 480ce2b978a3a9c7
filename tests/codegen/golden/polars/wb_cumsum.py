import polars as pl

answer = flights.lazy().with_columns(w=pl.col("dist").cum_sum().over("origin")).collect()

answer
