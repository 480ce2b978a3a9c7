import pandas as pd
from scipy import stats

adelie = birds.loc[birds["species"] == "Adelie", "flipper"].dropna()
chinstrap = birds.loc[birds["species"] == "Chinstrap", "flipper"].dropna()
gentoo = birds.loc[birds["species"] == "Gentoo", "flipper"].dropna()
samples = [adelie, chinstrap, gentoo]
test = stats.kruskal(*samples)
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [len(samples) - 1],
    "n": [sum(len(values) for values in samples)],
    "groups": [len(samples)],
    "smallest_n": [min(len(values) for values in samples)],
    "effect": [test.statistic / (sum(len(values) for values in samples) - 1)],
})

answer
