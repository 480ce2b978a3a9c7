import polars as pl

MIN_DEP_DELAY = 0

answer = flights.lazy().filter(~(pl.col("dep_delay") > MIN_DEP_DELAY).fill_null(False)).collect()

answer
