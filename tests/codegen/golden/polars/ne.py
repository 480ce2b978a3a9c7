import polars as pl

answer = flights.lazy().filter(pl.col("carrier") != "AA").collect()

answer
