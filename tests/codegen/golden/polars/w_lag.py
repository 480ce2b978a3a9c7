import polars as pl

answer = (
    flights.lazy().sort("when", nulls_last=True, maintain_order=True)
    .with_columns(w=pl.col("dist").shift(3))
    .collect()
)

answer
