import polars as pl
from scipy import stats

values = (
    birds.lazy().select(pl.col("flipper", "mass").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_numpy()
)
flipper, mass = values.T
test = stats.spearmanr(flipper, mass)
answer = pl.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n": [len(flipper)],
})

answer
