import polars as pl

TOP_N = 2

answer = (
    flights.lazy().drop_nulls("carrier")
    .group_by("carrier")
    .agg(mean_dep_delay=pl.col("dep_delay").mean(), size=pl.len())
    .sort("carrier")
    .drop_nulls("mean_dep_delay")
    .sort("mean_dep_delay", descending=True, nulls_last=True, maintain_order=True)
    .head(TOP_N)
    .collect()
)

answer
