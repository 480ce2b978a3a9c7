"""The numbers of tests and intervals, against SciPy and formulas written out here."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import train_test_split

from nexus_jupyter.codegen.generate import generate
from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.context.frames import describe_frame
from nexus_jupyter.plan.models import Fit, Predict
from nexus_jupyter.plan.plan import Output, Plan
from nexus_jupyter.plan.statistics import GIVES, ConfidenceInterval, SignificanceTest
from nexus_jupyter.plan.steps import Source

RNG = np.random.default_rng(11)
FRAME = pd.DataFrame(
    {
        "x": np.where(RNG.random(90) < 0.1, np.nan, RNG.normal(10, 2, 90)),
        "y": RNG.normal(11, 3, 90),
        "z": RNG.normal(0, 1, 90),
        "g": RNG.choice(["a", "b", "c"], 90),
        "h": RNG.choice(["u", "v", None], 90, p=[0.5, 0.4, 0.1]),
    }
)
DATASET = describe_frame("t", FRAME)
SOURCE = Source(dataset="t", table=DATASET.schema)
BOTH = FRAME[["x", "y"]].dropna()
GROUPS = [FRAME.loc[FRAME["g"] == g, "x"].dropna() for g in "abc"]


def done(step, dialect="pandas", frame=FRAME):
    import polars as pl

    program = generate(Plan(outputs=(Output(step=step, form="table", name="out"),)), Catalog(datasets=(DATASET,)), dialect=dialect)
    names = {"t": frame if dialect == "pandas" else pl.from_pandas(frame)}
    exec(program.job, names)
    table = names["result"]["out"]
    return {k: v[0] for k, v in (table.to_dict(as_series=False) if dialect == "polars" else table.to_dict("list")).items()}


def significance(kind, *columns, **more):
    return SignificanceTest(input=SOURCE, kind=kind, columns=columns, **more)


DIRECT = [
    (significance("pearson", "x", "y"), lambda: stats.pearsonr(BOTH["x"], BOTH["y"])),
    (significance("spearman", "x", "y"), lambda: stats.spearmanr(BOTH["x"], BOTH["y"])),
    (significance("kendall", "x", "y"), lambda: stats.kendalltau(BOTH["x"], BOTH["y"])),
    (significance("t", "x", by="g", groups=("a", "b")), lambda: stats.ttest_ind(*GROUPS[:2], equal_var=False)),
    (significance("t_equal", "x", by="g", groups=("a", "b"), alternative="less"), lambda: stats.ttest_ind(*GROUPS[:2], alternative="less")),
    (significance("t", "x", "y"), lambda: stats.ttest_ind(FRAME["x"].dropna(), FRAME["y"], equal_var=False)),
    (significance("mann_whitney", "x", by="g", groups=("c", "b")), lambda: stats.mannwhitneyu(GROUPS[2], GROUPS[1])),
    (significance("ks_two", "x", "y"), lambda: stats.ks_2samp(FRAME["x"].dropna(), FRAME["y"])),
    (significance("t_paired", "x", "y"), lambda: stats.ttest_rel(BOTH["x"], BOTH["y"])),
    (significance("wilcoxon", "x", "y"), lambda: stats.wilcoxon(BOTH["x"], BOTH["y"])),
    (significance("t_one", "x", mean=10.5), lambda: stats.ttest_1samp(FRAME["x"].dropna(), 10.5)),
    (significance("anova", "x", by="g"), lambda: stats.f_oneway(*GROUPS)),
    (significance("kruskal", "x", by="g", groups=("a", "c")), lambda: stats.kruskal(GROUPS[0], GROUPS[2])),
    (significance("levene", "x", by="g"), lambda: stats.levene(*GROUPS)),
    (significance("bartlett", "x", by="g"), lambda: stats.bartlett(*GROUPS)),
    (significance("chi2", "g", "h"), lambda: stats.chi2_contingency(pd.crosstab(FRAME["g"], FRAME["h"]))),
    (significance("shapiro", "x"), lambda: stats.shapiro(FRAME["x"].dropna())),
    (significance("dagostino", "x"), lambda: stats.normaltest(FRAME["x"].dropna())),
    (significance("jarque_bera", "x"), lambda: stats.jarque_bera(FRAME["x"].dropna())),
]


@pytest.mark.parametrize("dialect", ["pandas", "polars"])
@pytest.mark.parametrize(("step", "direct"), DIRECT, ids=[f"{i}-{s.kind}" for i, (s, _) in enumerate(DIRECT)])
def test_a_test_gives_what_scipy_gives(step, direct, dialect):
    row, expected = done(step, dialect), direct()
    assert row["statistic"] == pytest.approx(expected.statistic)
    assert row["p_value"] == pytest.approx(expected.pvalue)
    assert set(row) == {"statistic", "p_value", *GIVES[step.kind]}


def test_missing_values_are_left_out_a_pair_at_a_time():
    assert done(significance("pearson", "x", "y"))["n"] == len(BOTH) < len(FRAME)


def test_cohens_d_divides_by_the_pooled_standard_deviation():
    a, b = GROUPS[:2]
    pooled = math.sqrt((a.var() * (len(a) - 1) + b.var() * (len(b) - 1)) / (len(a) + len(b) - 2))
    assert done(significance("t", "x", by="g", groups=("a", "b")))["effect"] == pytest.approx((a.mean() - b.mean()) / pooled)


def test_eta_squared_is_the_share_of_the_sum_of_squares_between_groups():
    everything = np.concatenate(GROUPS)
    between = sum(len(g) * (g.mean() - everything.mean()) ** 2 for g in GROUPS)
    total = ((everything - everything.mean()) ** 2).sum()
    assert done(significance("anova", "x", by="g"))["effect"] == pytest.approx(between / total)


def test_a_partial_correlation_follows_from_the_three_plain_ones():
    r = FRAME[["x", "y", "z"]].dropna().corr()
    xy, xz, yz = r.loc["x", "y"], r.loc["x", "z"], r.loc["y", "z"]
    expected = (xy - xz * yz) / math.sqrt((1 - xz**2) * (1 - yz**2))
    row = done(significance("partial", "x", "y", control=("z",)))
    assert row["statistic"] == pytest.approx(expected)
    assert row["df"] == len(BOTH) - 3


def test_the_normal_distribution_of_a_kolmogorov_smirnov_test_is_fitted_to_the_sample():
    x = FRAME["x"].dropna()
    assert done(significance("ks_normal", "x"))["statistic"] == pytest.approx(stats.kstest((x - x.mean()) / x.std(), "norm").statistic)


def test_the_anderson_darling_statistic_is_that_of_its_formula():
    x = np.sort(FRAME["x"].dropna())
    n, cdf = len(x), stats.norm.cdf((x - x.mean()) / x.std(ddof=1))
    expected = -n - ((2 * np.arange(1, n + 1) - 1) * (np.log(cdf) + np.log(1 - cdf[::-1]))).mean()
    assert done(significance("anderson", "x"))["statistic"] == pytest.approx(expected)


def test_the_interval_of_a_mean_is_students():
    x = FRAME["x"].dropna()
    reach = stats.t.ppf(0.95, len(x) - 1) * x.std() / math.sqrt(len(x))
    row = done(ConfidenceInterval(input=SOURCE, column="x", level=0.9))
    assert (row["low"], row["high"], row["n"]) == (pytest.approx(x.mean() - reach), pytest.approx(x.mean() + reach), len(x))


def test_a_rank_biserial_effect_has_the_sign_of_the_difference():
    shifted = FRAME.assign(y=FRAME["x"] + 1)
    assert done(significance("wilcoxon", "x", "y"), frame=shifted)["effect"] == pytest.approx(-1)
    assert done(significance("mann_whitney", "x", "y"), frame=shifted.assign(y=shifted["x"] + 100))["effect"] == pytest.approx(-1)


def test_least_squares_are_those_of_the_normal_equations():
    fit = Fit(input=SOURCE, kind="linear", target="y", features=("x", "z", "g"), task="regression")
    rows = FRAME[["x", "z", "g", "y"]].dropna()
    design = np.column_stack([np.ones(len(rows)), rows["x"], rows["z"], rows["g"] == "b", rows["g"] == "c"]).astype(float)
    beta = np.linalg.solve(design.T @ design, design.T @ rows["y"])
    rest = rows["y"] - design @ beta
    row = done(fit)
    assert (row["intercept"], row["coefficient_x"]) == (pytest.approx(beta[0]), pytest.approx(beta[1]))
    assert row["r2"] == pytest.approx(1 - (rest**2).sum() / ((rows["y"] - rows["y"].mean()) ** 2).sum())
    assert row["mse"] == pytest.approx((rest**2).mean())
    assert done(Predict(input=fit, values=(9.5, 0.2, "b")))["prediction"] == pytest.approx(beta @ [1, 9.5, 0.2, 1, 0])


def test_scores_of_a_split_are_those_of_the_held_out_rows():
    rows = FRAME[["x", "y", "z"]].dropna()
    parts = train_test_split(rows[["x", "z"]], rows["y"], test_size=0.2, random_state=7)
    model = LinearRegression().fit(parts[0], parts[2])
    fit = Fit(input=SOURCE, kind="linear", target="y", features=("x", "z"), task="regression", test_size=0.2, seed=7)
    row = done(fit, "polars")
    assert row["rmse"] == pytest.approx(math.sqrt(((parts[3] - model.predict(parts[1])) ** 2).mean()))
    assert (row["n_train"], row["n_test"]) == (len(parts[0]), len(parts[1]))


WIDE = pd.DataFrame(
    {
        "bill_length_mm": FRAME["x"],
        "flipper_length_mm": FRAME["y"],
        "species": FRAME["g"].map({"a": "Adelie penguin", "b": "Chinstrap penguin", "c": "Gentoo penguin"}),
    }
)
WIDE_DATASET = describe_frame("penguins", WIDE)
WIDE_SOURCE = Source(dataset="penguins", table=WIDE_DATASET.schema)
PAIR = {"by": "species", "groups": ("Adelie penguin", "Chinstrap penguin")}
READABLE = [
    *(
        SignificanceTest(input=WIDE_SOURCE, kind=kind, columns=("flipper_length_mm",), **PAIR)
        for kind in ("t", "t_equal", "mann_whitney", "anova")
    ),
    SignificanceTest(input=WIDE_SOURCE, kind="t", columns=("bill_length_mm", "flipper_length_mm")),
    SignificanceTest(input=WIDE_SOURCE, kind="kruskal", columns=("flipper_length_mm",), by="species"),
    *(ConfidenceInterval(input=WIDE_SOURCE, column="flipper_length_mm", by=by) for by in ((), ("species",))),
    Fit(input=WIDE_SOURCE, kind="linear", target="flipper_length_mm", features=("bill_length_mm", "species"), task="regression"),
]


@pytest.mark.parametrize("dialect", ["pandas", "polars"])
@pytest.mark.parametrize("step", READABLE)
def test_code_of_statistics_fits_a_cell(step, dialect):
    program = generate(Plan(outputs=(Output(step=step, form="table", name="out"),)), Catalog(datasets=(WIDE_DATASET,)), dialect=dialect)
    assert max(map(len, program.text.split("\n"))) <= 100
