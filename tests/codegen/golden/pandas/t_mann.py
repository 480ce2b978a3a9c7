import numpy as np
import pandas as pd
from scipy import stats

adelie = birds.loc[birds["species"] == "Adelie", "flipper"].dropna()
gentoo = birds.loc[birds["species"] == "Gentoo", "flipper"].dropna()
test = stats.mannwhitneyu(adelie, gentoo)
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n_1": [len(adelie)],
    "n_2": [len(gentoo)],
    "median_1": [np.median(adelie)],
    "median_2": [np.median(gentoo)],
    "effect": [2 * test.statistic / (len(adelie) * len(gentoo)) - 1],
})

answer
