import polars as pl

answer = (
    flights.lazy().filter(pl.col("origin") == "JFK")
    .select(max_dep_delay=pl.col("dep_delay").max())
    .select(pl.all().round(2))
    .collect()
    .item()
)

answer
