import polars as pl

EDGES = [190, 205.5]

answer = (
    birds.lazy()
    .with_columns(size=pl.when(pl.col("flipper") <= EDGES[0]).then(pl.lit("small")).when(pl.col("flipper") <= EDGES[1]).then(pl.lit("middle")).when(pl.col("flipper") > EDGES[1]).then(pl.lit("big")).cast(pl.Enum(["small", "middle", "big"])))
    .collect()
)

answer
