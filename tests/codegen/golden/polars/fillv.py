import polars as pl

answer = flights.lazy().with_columns(pl.col("carrier").fill_null("?")).collect()

answer
