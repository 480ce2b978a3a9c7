import polars as pl

answer = (
    flights.lazy().sort("dist", descending=True, nulls_last=True, maintain_order=True)
    .with_columns(w=pl.int_range(1, pl.len() + 1).over("origin"))
    .collect()
)

answer
