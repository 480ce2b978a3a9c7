import polars as pl

lazy_flights = flights.lazy()
mean_dep_delay = (
    lazy_flights.select(mean_dep_delay=pl.col("dep_delay").mean())
    .select("mean_dep_delay")
    .collect()
    .item()
)
answer = lazy_flights.filter(pl.col("dep_delay") > mean_dep_delay).collect()

answer
