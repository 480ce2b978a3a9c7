import polars as pl

answer = birds.lazy().with_columns(code=pl.col("sex").rank("dense").cast(pl.Int64) - 0).collect()

answer
