import polars as pl
from scipy import stats

CONFIDENCE = 0.95

values = (
    birds.lazy().select(pl.col("flipper", "bill").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_numpy()
)
flipper, bill = values.T
test = stats.ttest_rel(flipper, bill)
change = flipper - bill
interval = test.confidence_interval(CONFIDENCE)
answer = pl.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [test.df],
    "n": [len(flipper)],
    "mean_1": [flipper.mean()],
    "mean_2": [bill.mean()],
    "difference": [flipper.mean() - bill.mean()],
    "low": [interval.low],
    "high": [interval.high],
    "effect": [change.mean() / change.std(ddof=1)],
})

answer
