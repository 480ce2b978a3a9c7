import polars as pl
from scipy import stats
from statsmodels.stats.diagnostic import normal_ad

flipper = (
    birds.lazy().select(pl.col("flipper").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_series()
    .to_numpy()
)
statistic, p = normal_ad(flipper)
answer = pl.DataFrame({
    "statistic": [statistic],
    "p_value": [p],
    "n": [len(flipper)],
    "skewness": [stats.skew(flipper, bias=False)],
    "kurtosis": [stats.kurtosis(flipper, bias=False)],
})

answer
