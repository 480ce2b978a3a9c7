import polars as pl

answer = (
    birds.lazy()
    .with_columns(d=pl.col("name").str.extract(r"(\d+)", 1).cast(pl.Float64, strict=False))
    .collect()
)

answer
