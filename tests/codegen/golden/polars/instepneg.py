import polars as pl

selected = airlines.lazy().filter(pl.col("name") == "United").collect()
answer = flights.lazy().filter(~pl.col("carrier").is_in(selected["carrier"].implode())).collect()

answer
