import pandas as pd
from scipy import stats

rows = birds[["sex", "flipper"]].dropna()
samples = [values for _, values in rows.groupby("sex")["flipper"]]
test = stats.levene(*samples)
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [len(samples) - 1],
    "df_within": [sum(len(values) for values in samples) - len(samples)],
    "n": [sum(len(values) for values in samples)],
    "groups": [len(samples)],
    "smallest_n": [min(len(values) for values in samples)],
})

answer
