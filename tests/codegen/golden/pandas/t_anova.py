import pandas as pd
from scipy import stats

rows = birds[["species", "flipper"]].dropna()
samples = [values for _, values in rows.groupby("species")["flipper"]]
test = stats.f_oneway(*samples)
between, within = len(samples) - 1, sum(len(values) for values in samples) - len(samples)
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [between],
    "df_within": [within],
    "n": [sum(len(values) for values in samples)],
    "groups": [len(samples)],
    "smallest_n": [min(len(values) for values in samples)],
    "effect": [test.statistic * between / (test.statistic * between + within)],
})

answer
