import pandas as pd
from statsmodels.stats.proportion import proportion_confint

CONFIDENCE = 0.95

hit = birds["sex"] == "female"
low, high = proportion_confint(hit.sum(), len(hit), alpha=1 - CONFIDENCE, method="wilson")
answer = pd.DataFrame({"estimate": [hit.mean()], "low": [low], "high": [high], "n": [len(hit)]})

answer
