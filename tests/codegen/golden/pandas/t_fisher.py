import pandas as pd
from scipy import stats

counts = pd.crosstab(birds["tagged"], birds["sex"]).to_numpy()
test = stats.fisher_exact(counts)
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n": [counts.sum()],
})

answer
