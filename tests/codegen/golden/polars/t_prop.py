import polars as pl
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

CONFIDENCE = 0.95

lazy_birds = birds.lazy()
adelie = (
    lazy_birds.filter(pl.col("species") == "Adelie")
    .select((pl.col("sex") == "female").fill_null(False))
    .collect()
    .to_series()
    .to_numpy()
)
gentoo = (
    lazy_birds.filter(pl.col("species") == "Gentoo")
    .select((pl.col("sex") == "female").fill_null(False))
    .collect()
    .to_series()
    .to_numpy()
)
z, p = proportions_ztest([adelie.sum(), gentoo.sum()], [len(adelie), len(gentoo)])
low, high = confint_proportions_2indep(
    adelie.sum(),
    len(adelie),
    gentoo.sum(),
    len(gentoo),
    alpha=1 - CONFIDENCE,
)
answer = pl.DataFrame({
    "statistic": [z],
    "p_value": [p],
    "n_1": [len(adelie)],
    "n_2": [len(gentoo)],
    "share_1": [adelie.mean()],
    "share_2": [gentoo.mean()],
    "difference": [adelie.mean() - gentoo.mean()],
    "low": [low],
    "high": [high],
})

answer
