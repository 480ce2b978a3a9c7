import polars as pl
from scipy import stats

lazy_birds = birds.lazy()
flipper = (
    lazy_birds.select(pl.col("flipper").cast(pl.Float64))
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
samples = [flipper, bill]
test = stats.bartlett(*samples)
answer = pl.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [len(samples) - 1],
    "n": [sum(len(values) for values in samples)],
    "groups": [len(samples)],
    "smallest_n": [min(len(values) for values in samples)],
})

answer
