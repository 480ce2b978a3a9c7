import polars as pl

TOP_N = 2

answer = (
    flights.lazy()
    .sort(["origin", "dist"], descending=[False, True], nulls_last=True, maintain_order=True)
    .with_columns(place=pl.int_range(pl.len()).over("origin"))
    .with_columns(pl.col("place").min().over("origin", "dist"))
    .filter(pl.col("place").is_between(0, 0 + TOP_N - 1))
    .drop("place")
    .collect()
)

answer
