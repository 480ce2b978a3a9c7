import numpy as np
import pandas as pd
from scipy import stats

CONFIDENCE = 0.9

adelie = birds.loc[birds["species"] == "Adelie", "flipper"].dropna()
gentoo = birds.loc[birds["species"] == "Gentoo", "flipper"].dropna()
test = stats.ttest_ind(adelie, gentoo, equal_var=False)
interval = test.confidence_interval(CONFIDENCE)
variances = [adelie.var(ddof=1), gentoo.var(ddof=1)]
weights = [len(adelie) - 1, len(gentoo) - 1]
spread = np.sqrt(np.average(variances, weights=weights))
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [test.df],
    "n_1": [len(adelie)],
    "n_2": [len(gentoo)],
    "mean_1": [adelie.mean()],
    "mean_2": [gentoo.mean()],
    "difference": [adelie.mean() - gentoo.mean()],
    "low": [interval.low],
    "high": [interval.high],
    "effect": [(adelie.mean() - gentoo.mean()) / spread],
})

answer
