import polars as pl

WINDOW = 3

answer = (
    flights.lazy().sort("when", nulls_last=True, maintain_order=True)
    .with_columns(w=pl.col("dist").cast(pl.Float64).rolling_sum(WINDOW))
    .collect()
)

answer
