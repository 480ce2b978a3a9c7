import polars as pl

MIN_DEP_DELAY = 15

answer = (
    flights.lazy()
    .with_columns(d=pl.when(pl.col("dep_delay") > MIN_DEP_DELAY).then(pl.col("dist")).otherwise(pl.lit(0)))
    .collect()
)

answer
