import pandas as pd
from scipy import stats

CONFIDENCE = 0.95

pairs = birds[["flipper", "mass"]].dropna()
test = stats.pearsonr(pairs["flipper"], pairs["mass"])
interval = test.confidence_interval(CONFIDENCE)
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n": [len(pairs["flipper"])],
    "df": [len(pairs["flipper"]) - 2],
    "low": [interval.low],
    "high": [interval.high],
})

answer
