import polars as pl
from scipy import stats

CONFIDENCE = 0.95

values = (
    birds.lazy().select(pl.col("flipper", "mass").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_numpy()
)
flipper, mass = values.T
test = stats.pearsonr(flipper, mass)
interval = test.confidence_interval(CONFIDENCE)
answer = pl.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n": [len(flipper)],
    "df": [len(flipper) - 2],
    "low": [interval.low],
    "high": [interval.high],
})

answer
