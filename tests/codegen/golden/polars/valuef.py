import polars as pl

answer = round(flights.lazy().filter(pl.col("origin") == "JFK").select(max_dep_delay=pl.col("dep_delay").max()).collect().item(), 2)

answer
