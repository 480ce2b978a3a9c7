import polars as pl

answer = (
    flights.lazy().filter(pl.col("carrier").str.to_lowercase().str.contains("a", literal=True))
    .collect()
)

answer
