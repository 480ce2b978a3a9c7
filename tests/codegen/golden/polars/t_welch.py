import numpy as np
import polars as pl
from scipy import stats

CONFIDENCE = 0.9

lazy_birds = birds.lazy()
adelie = (
    lazy_birds.filter(pl.col("species") == "Adelie")
    .select(pl.col("flipper").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_series()
    .to_numpy()
)
gentoo = (
    lazy_birds.filter(pl.col("species") == "Gentoo")
    .select(pl.col("flipper").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_series()
    .to_numpy()
)
test = stats.ttest_ind(adelie, gentoo, equal_var=False)
interval = test.confidence_interval(CONFIDENCE)
variances = [adelie.var(ddof=1), gentoo.var(ddof=1)]
weights = [len(adelie) - 1, len(gentoo) - 1]
spread = np.sqrt(np.average(variances, weights=weights))
answer = pl.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [test.df],
    "n_1": [len(adelie)],
    "n_2": [len(gentoo)],
    "mean_1": [adelie.mean()],
    "mean_2": [gentoo.mean()],
    "difference": [adelie.mean() - gentoo.mean()],
    "low": [interval.low],
    "high": [interval.high],
    "effect": [(adelie.mean() - gentoo.mean()) / spread],
})

answer
