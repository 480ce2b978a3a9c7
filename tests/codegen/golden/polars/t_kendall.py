import polars as pl
from scipy import stats

values = (
    birds.lazy().select(pl.col("flipper", "chicks").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_numpy()
)
flipper, chicks = values.T
test = stats.kendalltau(flipper, chicks, alternative="greater")
answer = pl.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n": [len(flipper)],
})

answer
