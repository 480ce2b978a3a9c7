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
gentoo = (
    lazy_birds.filter(pl.col("species") == "Gentoo")
    .select(pl.col("flipper").cast(pl.Float64))
    .drop_nulls()
    .collect()
    .to_series()
    .to_numpy()
)
test = stats.ks_2samp(adelie, gentoo)
answer = pl.DataFrame({
    "statistic": [test.statistic],
    "p_value": [test.pvalue],
    "n_1": [len(adelie)],
    "n_2": [len(gentoo)],
})

answer
