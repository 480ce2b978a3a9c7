from datetime import date
import polars as pl

answer = (
    flights.lazy()
    .with_columns(d=(pl.col("when") - pl.lit(date(2012, 1, 1)).cast(pl.Datetime)).dt.total_microseconds() / 86_400_000_000)
    .collect()
)

answer
