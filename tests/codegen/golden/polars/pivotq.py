import polars as pl

cells = (
    flights.lazy().with_columns(month=pl.col("when").dt.truncate("1mo"))
    .drop_nulls("month")
    .group_by("origin", "month")
    .agg(value=pl.col("dist").std(ddof=0))
    .sort("origin", "month")
    .sort("month", "origin")
    .with_columns(pl.col("month").dt.strftime("%Y-%m-%d"))
    .collect()
)
answer = cells.pivot(on="month", index="origin", values="value").sort("origin")

answer
