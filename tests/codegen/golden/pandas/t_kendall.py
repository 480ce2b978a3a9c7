import pandas as pd
from scipy import stats

pairs = birds[["flipper", "chicks"]].dropna()
flipper, chicks = pairs["flipper"], pairs["chicks"]
test = stats.kendalltau(flipper, chicks, alternative="greater")
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n": [len(flipper)],
})

answer
