import polars as pl

answer = (
    flights.lazy()
    .with_columns(w=((pl.col("dist") - pl.col("dist").mean()) / pl.col("dist").std()).over("origin"))
    .collect()
)

answer
