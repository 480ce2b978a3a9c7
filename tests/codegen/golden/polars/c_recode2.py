import polars as pl

answer = (
    birds.lazy()
    .with_columns(d=pl.col("species").replace_strict({"Gentoo": "big"}, default="small"))
    .collect()
)

answer
