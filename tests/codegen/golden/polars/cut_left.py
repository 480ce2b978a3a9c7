import polars as pl

EDGES = [1, 3]

answer = (
    birds.lazy()
    .with_columns(c=pl.when(pl.col("chicks") < EDGES[0]).then(pl.lit("below 1")).when(pl.col("chicks") < EDGES[1]).then(pl.lit("1 to 3")).when(pl.col("chicks") >= EDGES[1]).then(pl.lit("3 and above")).cast(pl.Enum(["below 1", "1 to 3", "3 and above"])))
    .collect()
)

answer
