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
test = stats.ttest_ind(adelie, gentoo, equal_var=False)
statistic = test.statistic
p_value = test.pvalue

p_value
