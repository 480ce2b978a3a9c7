import polars as pl

answer = flights.lazy().with_columns(d=pl.col("dist").sqrt().fill_nan(None)).collect()

answer
