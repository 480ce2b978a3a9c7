import polars as pl

values = (
    birds.lazy().select("mass")
    .collect()
    .to_series()
)
low, high = values.min(), values.max()
edges = [low + (high - low) * i / 3 for i in range(1, 3)]
answer = (
    birds.lazy()
    .with_columns(c=pl.when(pl.col("mass") <= edges[0]).then(pl.lit("low")).when(pl.col("mass") <= edges[1]).then(pl.lit("medium")).when(pl.col("mass") > edges[1]).then(pl.lit("high")).cast(pl.Enum(["low", "medium", "high"])))
    .collect()
)

answer
