import polars as pl
from scipy import stats

lazy_birds = birds.lazy()
adelie = (
    lazy_birds.filter(pl.col("species") == "Adelie")
    .select(pl.col("flipper").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_series()
    .to_numpy()
)
chinstrap = (
    lazy_birds.filter(pl.col("species") == "Chinstrap")
    .select(pl.col("flipper").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_series()
    .to_numpy()
)
gentoo = (
    lazy_birds.filter(pl.col("species") == "Gentoo")
    .select(pl.col("flipper").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_series()
    .to_numpy()
)
samples = [adelie, chinstrap, gentoo]
test = stats.kruskal(*samples)
answer = pl.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "df": [len(samples) - 1],
    "n": [sum(len(values) for values in samples)],
    "groups": [len(samples)],
    "smallest_n": [min(len(values) for values in samples)],
    "effect": [test.statistic / (sum(len(values) for values in samples) - 1)],
})

answer
