import polars as pl
from scipy import stats

flipper = (
    birds.lazy().select(pl.col("flipper").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_series()
    .to_numpy()
)
test = stats.kstest(flipper, "norm", args=(flipper.mean(), flipper.std(ddof=1)))
answer = pl.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n": [len(flipper)],
    "skewness": [stats.skew(flipper, bias=False)],
    "kurtosis": [stats.kurtosis(flipper, bias=False)],
})

answer
