import polars as pl

TOP_N = 3

answer = (
    flights.lazy()
    .sort(["origin", "dist"], descending=[False, True], nulls_last=True, maintain_order=True)
    .with_columns(place=pl.int_range(pl.len()))
    .with_columns(pl.col("place").min().over("origin", "dist"))
    .filter(pl.col("place").is_between(1, 1 + TOP_N - 1))
    .drop("place")
    .collect()
)

answer
