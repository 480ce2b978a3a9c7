import polars as pl

answer = flights.lazy().with_columns(d=pl.col("when").dt.truncate("1q")).collect()

answer
