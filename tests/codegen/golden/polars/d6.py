import polars as pl

answer = flights.lazy().with_columns(d=pl.col("carrier").str.to_uppercase()).collect()

answer
