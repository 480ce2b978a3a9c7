from itertools import combinations
import polars as pl

rows = flights.lazy().select(pl.col(["dep_delay", "dist", "late"]).cast(pl.Float64))
answer = pl.concat(
    [
        rows.select(a, b).drop_nulls().select(
            first=pl.lit(a), second=pl.lit(b), correlation=pl.corr(a, b).fill_nan(None)
        )
        for a, b in combinations(["dep_delay", "dist", "late"], 2)
    ]
).sort(pl.col("correlation").abs(), descending=True, nulls_last=True, maintain_order=True).collect()

answer
