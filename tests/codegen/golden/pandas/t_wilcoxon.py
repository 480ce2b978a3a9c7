import numpy as np
import pandas as pd
from scipy import stats

pairs = birds[["flipper", "bill"]].dropna()
test = stats.wilcoxon(pairs["flipper"], pairs["bill"])
change = pairs["flipper"] - pairs["bill"]
change = change[change != 0]
ranks = stats.rankdata(abs(change))
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n": [len(pairs["flipper"])],
    "median_1": [np.median(pairs["flipper"])],
    "median_2": [np.median(pairs["bill"])],
    "effect": [np.sign(change) @ ranks / ranks.sum()],
})

answer
