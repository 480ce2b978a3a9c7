import polars as pl

answer = birds.lazy().with_columns(d=pl.col("name").str.count_matches(r"\S+")).collect()

answer
