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
test = stats.chi2_contingency(counts, correction=False)
answer = pl.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [test.dof],
    "n": [counts.sum()],
    "expected": [test.expected_freq.min()],
    "effect": [stats.contingency.association(counts, method="cramer")],
})

answer
