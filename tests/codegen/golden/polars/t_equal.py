import numpy as np
import polars as pl
from scipy import stats

CONFIDENCE = 0.95

lazy_birds = birds.lazy()
mass = (
    lazy_birds.select(pl.col("mass").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_series()
    .to_numpy()
)
bill = (
    lazy_birds.select(pl.col("bill").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_series()
    .to_numpy()
)
test = stats.ttest_ind(mass, bill)
interval = test.confidence_interval(CONFIDENCE)
variances = [mass.var(ddof=1), bill.var(ddof=1)]
weights = [len(mass) - 1, len(bill) - 1]
spread = np.sqrt(np.average(variances, weights=weights))
answer = pl.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [test.df],
    "n_1": [len(mass)],
    "n_2": [len(bill)],
    "mean_1": [mass.mean()],
    "mean_2": [bill.mean()],
    "difference": [mass.mean() - bill.mean()],
    "low": [interval.low],
    "high": [interval.high],
    "effect": [(mass.mean() - bill.mean()) / spread],
})

answer
