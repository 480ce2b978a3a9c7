import polars as pl

answer = flights.lazy().with_columns(d=pl.col("carrier").str.len_chars()).collect()

answer
