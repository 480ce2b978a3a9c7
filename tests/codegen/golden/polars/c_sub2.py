import polars as pl

answer = (
    birds.lazy().with_columns(d=pl.col("name").str.replace_all(".", "$", literal=True))
    .collect()
)

answer
