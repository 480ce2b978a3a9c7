import pandas as pd
from scipy import stats

flipper = birds["flipper"].dropna()
test = stats.shapiro(flipper)
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n": [len(flipper)],
    "skewness": [stats.skew(flipper, bias=False)],
    "kurtosis": [stats.kurtosis(flipper, bias=False)],
})

answer
