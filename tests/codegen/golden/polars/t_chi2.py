import polars as pl
from scipy import stats

counts = (
    birds.lazy().select("species", "sex")
    .drop_nulls()
    .sort("species", "sex")
    .collect()
    .pivot(on="sex", index="species", values="sex", aggregate_function=pl.len())
    .drop("species")
    .fill_null(0)
    .to_numpy()
)
test = stats.chi2_contingency(counts)
answer = pl.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [test.dof],
    "n": [counts.sum()],
    "expected": [test.expected_freq.min()],
    "effect": [stats.contingency.association(counts, method="cramer")],
})

answer
