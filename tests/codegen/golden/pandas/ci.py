import pandas as pd
from scipy import stats

CONFIDENCE = 0.95

values = birds["flipper"].dropna()
low, high = stats.t.interval(
    CONFIDENCE,
    len(values) - 1,
    loc=values.mean(),
    scale=stats.sem(values),
)
answer = pd.DataFrame({"estimate": [values.mean()], "low": [low], "high": [high], "n": [len(values)]})

answer
