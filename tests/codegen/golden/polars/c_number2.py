import polars as pl

answer = birds.lazy().with_columns(d=pl.col("chicks").cast(pl.Float64, strict=False)).collect()

answer
