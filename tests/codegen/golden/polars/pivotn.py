import polars as pl

cells = (
    flights.lazy().drop_nulls("carrier")
    .group_by("carrier", "origin")
    .agg(value=pl.len())
    .sort("carrier", "origin")
    .sort("origin", "carrier")
    .collect()
)
answer = (
    cells.pivot(on="origin", index="carrier", values="value")
    .with_columns(pl.exclude("carrier").fill_null(0))
    .sort("carrier")
)

answer
