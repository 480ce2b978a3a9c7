import pandas as pd
from scipy import stats

adelie = birds.loc[birds["species"] == "Adelie", "flipper"].dropna()
gentoo = birds.loc[birds["species"] == "Gentoo", "flipper"].dropna()
test = stats.ks_2samp(adelie, gentoo)
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n_1": [len(adelie)],
    "n_2": [len(gentoo)],
})

answer
