import polars as pl

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

answer = (
    flights.lazy().with_columns(day=pl.col("when").dt.strftime("%A").cast(pl.Enum(WEEKDAYS)))
    .drop_nulls("day")
    .group_by("day")
    .agg(size=pl.len())
    .sort("day")
    .collect()
)

answer
