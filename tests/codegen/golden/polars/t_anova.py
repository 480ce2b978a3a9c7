import polars as pl
from scipy import stats

rows = (
    birds.lazy().select("species", pl.col("flipper").cast(pl.Float64))
    .drop_nulls()
    .sort("species")
    .collect()
)
parts = rows.partition_by("species", maintain_order=True)
samples = [part["flipper"].to_numpy() for part in parts]
test = stats.f_oneway(*samples)
between, within = len(samples) - 1, sum(len(values) for values in samples) - len(samples)
answer = pl.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [between],
    "df_within": [within],
    "n": [sum(len(values) for values in samples)],
    "groups": [len(samples)],
    "smallest_n": [min(len(values) for values in samples)],
    "effect": [test.statistic * between / (test.statistic * between + within)],
})

answer
