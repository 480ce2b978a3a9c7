import pandas as pd
from scipy import stats
from statsmodels.stats.diagnostic import normal_ad

flipper = birds["flipper"].dropna()
statistic, p = normal_ad(flipper)
answer = pd.DataFrame({
    "statistic": [statistic],
    "p_value": [p],
    "n": [len(flipper)],
    "skewness": [stats.skew(flipper, bias=False)],
    "kurtosis": [stats.kurtosis(flipper, bias=False)],
})

answer
