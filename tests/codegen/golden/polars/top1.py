import polars as pl

answer = (
    flights.lazy().drop_nulls("carrier")
    .group_by("carrier")
    .agg(mean_dep_delay=pl.col("dep_delay").mean(), size=pl.len())
    .sort("carrier")
    .drop_nulls("carrier")
    .sort("carrier", nulls_last=True, maintain_order=True)
    .head(1)
    .collect()
)

answer
