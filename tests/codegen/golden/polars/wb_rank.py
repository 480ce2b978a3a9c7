import polars as pl

answer = (
    flights.lazy().with_columns(w=pl.col("dist").rank("min", descending=True).over("origin"))
    .collect()
)

answer
