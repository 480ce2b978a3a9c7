import polars as pl

answer = (
    flights.lazy().select(pl.col("dep_delay", "dist").cast(pl.Float64))
    .drop_nulls()
    .select(correlation=pl.corr("dep_delay", "dist", method="spearman").fill_nan(None))
    .collect()
    .item()
)

answer
