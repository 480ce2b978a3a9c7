import polars as pl

answer = (
    flights.lazy().with_columns(week=pl.col("when").dt.truncate("1w"))
    .drop_nulls("week")
    .group_by("week")
    .agg(sum_dist=pl.col("dist").sum())
    .sort("week")
    .collect()
)

answer
