import pandas as pd
from scipy import stats

flipper = birds["flipper"].dropna()
bill = birds["bill"].dropna()
samples = [flipper, bill]
test = stats.bartlett(*samples)
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [len(samples) - 1],
    "n": [sum(len(values) for values in samples)],
    "groups": [len(samples)],
    "smallest_n": [min(len(values) for values in samples)],
})

answer
