import polars as pl

answer = (
    birds.lazy().with_columns(d=pl.col("chicks").cast(pl.Float64, strict=False).replace({3: 2.5}))
    .collect()
)

answer
