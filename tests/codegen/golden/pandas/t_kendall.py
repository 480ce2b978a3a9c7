import pandas as pd
from scipy import stats

pairs = birds[["flipper", "chicks"]].dropna()
test = stats.kendalltau(pairs["flipper"], pairs["chicks"], alternative="greater")
answer = pd.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n": [len(pairs["flipper"])],
})

answer
