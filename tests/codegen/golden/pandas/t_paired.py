import pandas as pd
from scipy import stats

CONFIDENCE = 0.95

pairs = birds[["flipper", "bill"]].dropna()
test = stats.ttest_rel(pairs["flipper"], pairs["bill"])
change = pairs["flipper"] - pairs["bill"]
interval = test.confidence_interval(CONFIDENCE)
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [test.df],
    "n": [len(pairs["flipper"])],
    "mean_1": [pairs["flipper"].mean()],
    "mean_2": [pairs["bill"].mean()],
    "difference": [pairs["flipper"].mean() - pairs["bill"].mean()],
    "low": [interval.low],
    "high": [interval.high],
    "effect": [change.mean() / change.std(ddof=1)],
})

answer
