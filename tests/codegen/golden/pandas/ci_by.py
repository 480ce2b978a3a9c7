import pandas as pd
from scipy import stats

CONFIDENCE = 0.9

groups = (
    birds.groupby(["species", "tagged"])["flipper"]
    .agg(["mean", "sem", "count"])
    .reset_index()
)
reach = stats.t.ppf((1 + CONFIDENCE) / 2, groups["count"] - 1) * groups["sem"]
answer = (
    groups[["species", "tagged"]]
    .assign(
        estimate=groups["mean"],
        low=groups["mean"] - reach,
        high=groups["mean"] + reach,
        n=groups["count"],
    )
)

answer
