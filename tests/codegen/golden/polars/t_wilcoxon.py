import numpy as np
import polars as pl
from scipy import stats

values = (
    birds.lazy().select(pl.col("flipper", "bill").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_numpy()
)
flipper, bill = values.T
test = stats.wilcoxon(flipper, bill)
change = flipper - bill
change = change[change != 0]
ranks = stats.rankdata(abs(change))
answer = pl.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n": [len(flipper)],
    "median_1": [np.median(flipper)],
    "median_2": [np.median(bill)],
    "effect": [np.sign(change) @ ranks / ranks.sum()],
})

answer
