import polars as pl

TOP_N = 2

answer = (
    flights.lazy()
    .sort(["origin", "dist"], descending=[False, True], nulls_last=True, maintain_order=True)
    .filter(pl.int_range(pl.len()).over("origin").is_between(1, 1 + TOP_N - 1))
    .collect()
)

answer
