import polars as pl

EDGES = [0, 1, 3]

answer = (
    birds.lazy()
    .with_columns(c=pl.when(pl.col("chicks") < EDGES[0]).then(None).when(pl.col("chicks") <= EDGES[1]).then(pl.lit("0 to 1")).when(pl.col("chicks") <= EDGES[2]).then(pl.lit("1 to 3")).cast(pl.Enum(["0 to 1", "1 to 3"])))
    .collect()
)

answer
