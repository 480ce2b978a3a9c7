import polars as pl

answer = (
    birds.lazy().with_columns(species=pl.col("species").rank("dense").cast(pl.Int64) - 1)
    .collect()
)

answer
