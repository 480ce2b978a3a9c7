import pandas as pd
from scipy import stats

CONFIDENCE = 0.95

pairs = birds[["flipper", "mass"]].dropna()
flipper, mass = pairs["flipper"], pairs["mass"]
test = stats.pearsonr(flipper, mass)
interval = test.confidence_interval(CONFIDENCE)
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n": [len(flipper)],
    "df": [len(flipper) - 2],
    "low": [interval.low],
    "high": [interval.high],
})

answer
