import polars as pl

answer = (
    flights.lazy().with_columns(w=(pl.col("dist") / pl.col("dist").sum()).over("origin"))
    .collect()
)

answer
