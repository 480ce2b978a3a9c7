import polars as pl
from scipy import stats

rows = (
    birds.lazy().select("sex", pl.col("flipper").cast(pl.Float64))
    .drop_nulls()
    .sort("sex")
    .collect()
)
parts = rows.partition_by("sex", maintain_order=True)
samples = [part["flipper"].to_numpy() for part in parts]
test = stats.levene(*samples)
answer = pl.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [len(samples) - 1],
    "df_within": [sum(len(values) for values in samples) - len(samples)],
    "n": [sum(len(values) for values in samples)],
    "groups": [len(samples)],
    "smallest_n": [min(len(values) for values in samples)],
})

answer
