import polars as pl

TOP_N = 2

lazy_flights = flights.lazy()
top = (
    lazy_flights.drop_nulls("carrier")
    .group_by("carrier")
    .agg(mean_dep_delay=pl.col("dep_delay").mean(), size=pl.len())
    .sort("carrier")
    .sort("size", descending=True, nulls_last=True, maintain_order=True)
    .head(TOP_N)
    .collect()
)
answer = lazy_flights.filter(pl.col("carrier").is_in(top["carrier"].implode())).collect()

answer
