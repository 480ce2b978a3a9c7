import pandas as pd
from scipy import stats

CONFIDENCE = 0.95

pairs = birds[["flipper", "bill"]].dropna()
flipper, bill = pairs["flipper"], pairs["bill"]
test = stats.ttest_rel(flipper, bill)
change = flipper - bill
interval = test.confidence_interval(CONFIDENCE)
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [test.df],
    "n": [len(flipper)],
    "mean_1": [flipper.mean()],
    "mean_2": [bill.mean()],
    "difference": [flipper.mean() - bill.mean()],
    "low": [interval.low],
    "high": [interval.high],
    "effect": [change.mean() / change.std(ddof=1)],
})

answer
