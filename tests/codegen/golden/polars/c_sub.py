import polars as pl

answer = (
    birds.lazy().with_columns(d=pl.col("name").str.replace_all(r"\s", "").str.len_chars())
    .collect()
)

answer
