from datetime import date
import polars as pl

START = date(2013, 2, 1)
END = date(2013, 5, 1)

answer = flights.lazy().filter(pl.col("when").is_between(START, END, closed="left")).collect()

answer
