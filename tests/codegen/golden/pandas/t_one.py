import pandas as pd
from scipy import stats

EXPECTED_MEAN = 200
CONFIDENCE = 0.95

flipper = birds["flipper"].dropna()
test = stats.ttest_1samp(flipper, EXPECTED_MEAN, alternative="less")
interval = test.confidence_interval(CONFIDENCE)
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [test.df],
    "n": [len(flipper)],
    "mean_1": [flipper.mean()],
    "difference": [flipper.mean() - EXPECTED_MEAN],
    "low": [interval.low],
    "high": [interval.high],
    "effect": [(flipper.mean() - EXPECTED_MEAN) / flipper.std(ddof=1)],
})

answer
