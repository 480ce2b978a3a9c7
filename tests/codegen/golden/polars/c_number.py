import polars as pl

answer = (
    birds.lazy()
    .with_columns(d=pl.col("paid").str.replace_all(",", "", literal=True).str.extract(r"(-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)", 1).cast(pl.Float64, strict=False))
    .collect()
)

answer
