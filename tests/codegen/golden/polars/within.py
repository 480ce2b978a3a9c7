import polars as pl

TOP_N = 2

answer = (
    flights.lazy().drop_nulls("carrier")
    .sort(
        ["origin", "carrier", "dist"],
        descending=[False, False, True],
        nulls_last=True,
        maintain_order=True,
    )
    .filter(pl.int_range(pl.len()).over(["origin", "carrier"]) < TOP_N)
    .collect()
)

answer
