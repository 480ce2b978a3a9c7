import pandas as pd
from statsmodels.stats.proportion import proportion_confint

CONFIDENCE = 0.95

hit = birds["sex"] == "female"
groups = (
    hit.groupby([birds["species"]])
    .agg(["mean", "sum", "size"])
    .reset_index()
)
low, high = proportion_confint(groups["sum"], groups["size"], alpha=1 - CONFIDENCE, method="wilson")
answer = groups[["species"]].assign(estimate=groups["mean"], low=low, high=high, n=groups["size"])

answer
