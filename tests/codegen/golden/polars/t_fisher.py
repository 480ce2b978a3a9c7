import polars as pl
from scipy import stats

counts = (
    birds.lazy().select("tagged", "sex")
    .drop_nulls()
    .sort("tagged", "sex")
    .collect()
    .pivot(on="sex", index="tagged", values="sex", aggregate_function=pl.len())
    .drop("tagged")
    .fill_null(0)
    .to_numpy()
)
test = stats.fisher_exact(counts)
answer = pl.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n": [counts.sum()],
})

answer
