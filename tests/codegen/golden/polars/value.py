import polars as pl

answer = flights.lazy().select(mean_dep_delay=pl.col("dep_delay").mean()).collect().item()

answer
