import polars as pl

answer = flights.lazy().filter(~pl.col("carrier").is_in(["AA", "UA"])).collect()

answer
