import polars as pl

answer = birds.lazy().with_columns(d=pl.col("chicks").log1p().fill_nan(None)).collect()

answer
