import pandas as pd
from scipy import stats

pairs = birds[["flipper", "mass"]].dropna()
test = stats.spearmanr(pairs["flipper"], pairs["mass"])
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n": [len(pairs["flipper"])],
})

answer
