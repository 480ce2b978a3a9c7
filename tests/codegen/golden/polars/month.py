import polars as pl

answer = (
    flights.lazy().with_columns(month=pl.col("when").dt.truncate("1mo"))
    .drop_nulls("month")
    .group_by("month")
    .agg(sum_dist=pl.col("dist").sum())
    .sort("month")
    .collect()
)

answer
