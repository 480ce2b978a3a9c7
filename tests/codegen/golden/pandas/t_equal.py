import numpy as np
import pandas as pd
from scipy import stats

CONFIDENCE = 0.95

mass = birds["mass"].dropna()
bill = birds["bill"].dropna()
test = stats.ttest_ind(mass, bill)
interval = test.confidence_interval(CONFIDENCE)
variances = [mass.var(ddof=1), bill.var(ddof=1)]
weights = [len(mass) - 1, len(bill) - 1]
spread = np.sqrt(np.average(variances, weights=weights))
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [test.df],
    "n_1": [len(mass)],
    "n_2": [len(bill)],
    "mean_1": [mass.mean()],
    "mean_2": [bill.mean()],
    "difference": [mass.mean() - bill.mean()],
    "low": [interval.low],
    "high": [interval.high],
    "effect": [(mass.mean() - bill.mean()) / spread],
})

answer
