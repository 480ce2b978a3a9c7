import polars as pl

values = (
    birds.lazy().select("flipper")
    .collect()
    .to_series()
)
edges = [values.quantile(i / 4, interpolation="linear") for i in range(1, 4)]
answer = (
    birds.lazy()
    .with_columns(q=pl.when(pl.col("flipper") <= edges[0]).then(pl.lit("Q1")).when(pl.col("flipper") <= edges[1]).then(pl.lit("Q2")).when(pl.col("flipper") <= edges[2]).then(pl.lit("Q3")).when(pl.col("flipper") > edges[2]).then(pl.lit("Q4")).cast(pl.Enum(["Q1", "Q2", "Q3", "Q4"])))
    .drop_nulls("q")
    .group_by("q")
    .agg(n=pl.len())
    .sort("q")
    .collect()
)

answer
