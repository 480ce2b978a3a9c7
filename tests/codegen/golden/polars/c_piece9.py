import polars as pl

answer = (
    birds.lazy()
    .with_columns(d=pl.col("name").str.split(" ").list.get(2, null_on_oob=True).str.strip_chars())
    .collect()
)

answer
