import polars as pl
from scipy import stats

CONFIDENCE = 0.95

groups = (
    birds.lazy()
    .select(
        estimate=pl.col("flipper").cast(pl.Float64).mean(),
        spread=pl.col("flipper").cast(pl.Float64).std(),
        n=pl.col("flipper").cast(pl.Float64).count(),
    )
    .collect()
)
error = groups["spread"] / groups["n"].sqrt()
reach = stats.t.ppf((1 + CONFIDENCE) / 2, groups["n"].to_numpy() - 1) * error
answer = (
    groups.with_columns(low=groups["estimate"] - reach, high=groups["estimate"] + reach)
    .select("estimate", "low", "high", "n")
)

answer
