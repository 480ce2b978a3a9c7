import polars as pl

answer = (
    birds.lazy().with_columns(w=pl.col("mass").rank("dense", descending=True).over("species"))
    .collect()
)

answer
