import numpy as np
import pandas as pd
from scipy import stats

pairs = birds[["flipper", "bill"]].dropna()
flipper, bill = pairs["flipper"], pairs["bill"]
test = stats.wilcoxon(flipper, bill)
change = flipper - bill
change = change[change != 0]
ranks = stats.rankdata(abs(change))
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n": [len(flipper)],
    "median_1": [np.median(flipper)],
    "median_2": [np.median(bill)],
    "effect": [np.sign(change) @ ranks / ranks.sum()],
})

answer
