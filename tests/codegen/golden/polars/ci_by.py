import polars as pl
from scipy import stats

CONFIDENCE = 0.9

groups = (
    birds.lazy().drop_nulls(["species", "tagged"])
    .group_by("species", "tagged")
    .agg(
        estimate=pl.col("flipper").cast(pl.Float64).mean(),
        spread=pl.col("flipper").cast(pl.Float64).std(),
        n=pl.col("flipper").cast(pl.Float64).count(),
    )
    .sort("species", "tagged")
    .collect()
)
error = groups["spread"] / groups["n"].sqrt()
reach = stats.t.ppf((1 + CONFIDENCE) / 2, groups["n"].to_numpy() - 1) * error
answer = (
    groups.with_columns(low=groups["estimate"] - reach, high=groups["estimate"] + reach)
    .select("species", "tagged", "estimate", "low", "high", "n")
)

answer
