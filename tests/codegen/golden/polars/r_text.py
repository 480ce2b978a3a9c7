import polars as pl

TEXT_PATTERN = r"^([^\n]+)"

answer = films.lazy().with_columns(d=pl.col("title").str.extract(TEXT_PATTERN, 1)).collect()

answer
