import pandas as pd
from scipy import stats

pairs = birds[["flipper", "mass"]].dropna()
flipper, mass = pairs["flipper"], pairs["mass"]
test = stats.spearmanr(flipper, mass)
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n": [len(flipper)],
})

answer
