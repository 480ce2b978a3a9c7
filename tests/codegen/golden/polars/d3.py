import polars as pl

answer = (
    flights.lazy()
    .with_columns(d=(pl.col("when").dt.month().cast(pl.Int64) * 100) + pl.col("when").dt.day().cast(pl.Int64))
    .collect()
)

answer
