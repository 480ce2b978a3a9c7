import pandas as pd
from scipy import stats

counts = pd.crosstab(birds["tagged"], birds["sex"]).to_numpy()
test = stats.chi2_contingency(counts, correction=False)
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [test.dof],
    "n": [counts.sum()],
    "expected": [test.expected_freq.min()],
    "effect": [stats.contingency.association(counts, method="cramer")],
})

answer
