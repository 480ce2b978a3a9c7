import polars as pl

answer = birds.lazy().with_columns(d=pl.col("name").str.extract(r"^(\w+)\.", 1)).collect()

answer
