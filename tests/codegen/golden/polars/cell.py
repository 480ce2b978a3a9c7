import polars as pl

typed_flights = flights.lazy()
mean_dep_delay = (
    typed_flights.select(mean_dep_delay=pl.col("dep_delay").mean())
    .select("mean_dep_delay")
    .collect()
    .item()
)
answer = typed_flights.filter(pl.col("dep_delay") > mean_dep_delay).collect()

answer
