import polars as pl

answer = (
    birds.lazy().filter(pl.col("species") == "Adelie")
    .select(sem=pl.col("flipper").std() / pl.col("flipper").count().sqrt())
    .collect()
    .item()
)

answer
