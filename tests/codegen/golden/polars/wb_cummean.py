import polars as pl

answer = (
    flights.lazy()
    .with_columns(w=(pl.col("dep_delay").fill_null(0).cum_sum() / pl.col("dep_delay").cum_count()).fill_nan(None).over("origin"))
    .collect()
)

answer
