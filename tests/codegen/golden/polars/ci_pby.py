import polars as pl
from statsmodels.stats.proportion import proportion_confint

CONFIDENCE = 0.95

groups = (
    birds.lazy().drop_nulls("species")
    .group_by("species")
    .agg(
        estimate=(pl.col("sex") == "female").fill_null(False).mean(),
        hits=(pl.col("sex") == "female").fill_null(False).sum(),
        n=pl.len(),
    )
    .sort("species")
    .collect()
)
low, high = proportion_confint(
    groups["hits"].to_numpy(),
    groups["n"].to_numpy(),
    alpha=1 - CONFIDENCE,
    method="wilson",
)
answer = (
    groups.with_columns(low=pl.Series(low), high=pl.Series(high))
    .select("species", "estimate", "low", "high", "n")
)

answer
