from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from nexus_jupyter.agents.agent import Brief
from nexus_jupyter.agents.registry import assemble
from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.language.language import understand
from nexus_jupyter.plan.models import Cluster, Fit, Terms
from nexus_jupyter.plan.preparation import Outliers
from nexus_jupyter.plan.statistics import ConfidenceInterval, SignificanceTest
from nexus_jupyter.plan.steps import Aggregate, Filter
from nexus_jupyter.plan.summaries import Correlation
from nexus_jupyter.question import Question

RNG = np.random.default_rng(5)
WINES = pd.DataFrame(
    {
        "wine_id": range(120),
        "grower": [f"Grower {i}" for i in range(120)],
        "region": RNG.choice(["Alsace", "Baden", "Wachau"], 120),
        "colour": RNG.choice(["red", "white"], 120),
        "organic": RNG.random(120) < 0.4,
        "alcohol_pct": np.round(RNG.normal(12.5, 0.8, 120), 1),
        "residual_sugar": np.round(RNG.gamma(2, 3, 120), 1),
        "price": np.round(RNG.gamma(4, 5, 120), 2),
        "barrels": [3] * 120,
    }
)


@pytest.fixture(scope="module")
def catalog():
    return build_catalog({"wines": WINES})[0]


def first(question, catalog):
    found = understand(question, catalog)
    assert found.status == "answered", found.reason
    return found.readings[0].plan


TESTS = [
    ("is there a significant difference in price between red and white wines", "t", ("price",), "colour", ("red", "white")),
    ("does the price differ significantly between regions", "anova", ("price",), "region", ()),
    ("is the difference in price between red and white wines significant", "t", ("price",), "colour", ("red", "white")),
    ("is there a significant difference in residual sugar by colour", "t", ("residual_sugar",), "colour", ("red", "white")),
    ("is there a significant difference in mean price between Alsace, Baden and Wachau", "anova", ("price",), "region", ("Alsace", "Baden", "Wachau")),
    ("are alcohol and residual sugar correlated", "pearson", ("alcohol_pct", "residual_sugar"), None, ()),
    ("spearman correlation between price and residual sugar with p-value", "spearman", ("price", "residual_sugar"), None, ()),
    ("is the price normally distributed", "shapiro", ("price",), None, ()),
    ("Anderson-Darling test of normality for alcohol", "anderson", ("alcohol_pct",), None, ()),
    ("is colour associated with region", "chi2", ("colour", "region"), None, ()),
    ("are region and organic independent", "chi2", ("region", "organic"), None, ()),
    ("Fisher's exact test of colour and organic", "fisher", ("colour", "organic"), None, ()),
    ("mann-whitney test of price between Baden and Wachau", "mann_whitney", ("price",), "region", ("Baden", "Wachau")),
    ("kruskal-wallis test of price by region", "kruskal", ("price",), "region", ()),
    ("levene's test of alcohol by colour", "levene", ("alcohol_pct",), "colour", ()),
    ("paired t-test of price and residual sugar", "t_paired", ("price", "residual_sugar"), None, ()),
]  # fmt: skip


@pytest.mark.parametrize(("question", "kind", "columns", "by", "groups"), TESTS, ids=[t[0][:60] for t in TESTS])
def test_the_test_is_chosen_from_the_words_and_the_columns(catalog, question, kind, columns, by, groups):
    step = first(question, catalog).outputs[0].step
    assert isinstance(step, SignificanceTest)
    assert (step.kind, set(step.columns), step.by, set(step.groups)) == (kind, set(columns), by, set(groups))


def test_a_test_that_was_chosen_is_said_as_an_assumption(catalog):
    said = [a.text for a in first("is there a significant difference in price between red and white wines", catalog).assumptions]
    assert said == ["A p-value below 0.05 counts as significant.", "Welch's t-test is used, for two groups whose variances may differ."]


@pytest.mark.parametrize("how", ["at the 1% level", "at a significance level of 0.01", "with alpha = 0.01"])
def test_alpha_comes_from_the_question(catalog, how):
    step = first(f"is there a significant difference in price between red and white wines {how}", catalog).outputs[0].step
    assert step.level == 0.99


def test_a_condition_beside_the_groups_stays_a_filter(catalog):
    step = first("is there a significant difference in price between red and white wines from Baden", catalog).outputs[0].step
    assert isinstance(step, SignificanceTest)
    assert isinstance(step.input, Filter)


def test_a_method_without_a_p_value_gives_the_coefficient(catalog):
    step = first("kendall correlation between price and alcohol", catalog).outputs[0].step
    assert isinstance(step, Correlation)
    assert step.method == "kendall"


@pytest.mark.parametrize(
    ("question", "method", "limit", "by"),
    [
        ("outliers in price", "iqr", 1.5, ()),
        ("outliers in price using z-score", "zscore", 3.0, ()),
        ("outliers in price by z-score with a threshold of 2.5", "zscore", 2.5, ()),
        ("how many outliers are there in residual sugar", "iqr", 1.5, ()),
    ],
)
def test_outliers_are_found_by_the_rule_that_is_asked_for(catalog, question, method, limit, by):
    plan = first(question, catalog)
    step = next(s for s in plan.steps if isinstance(s, Outliers))
    assert (step.method, step.limit, step.by) == (method, limit, by)
    assert isinstance(plan.outputs[0].step, Aggregate) == question.startswith("how many")


def test_a_regression_gives_scores_and_terms(catalog):
    plan = first("regress price on alcohol and region", catalog)
    fit = next(s for s in plan.steps if isinstance(s, Fit))
    assert (fit.kind, fit.target, fit.features) == ("linear", "price", ("alcohol_pct", "region"))
    assert isinstance(plan.outputs[1].step, Terms)


def test_a_regression_of_two_values_is_logistic(catalog):
    fit = next(s for s in first("logistic regression of colour on price and alcohol", catalog).steps if isinstance(s, Fit))
    assert (fit.kind, fit.positive) == ("logistic", "white")


def test_what_stands_before_predicts_explains(catalog):
    fit = next(s for s in first("how well do alcohol and sugar predict the price", catalog).steps if isinstance(s, Fit))
    assert (fit.target, fit.features) == ("price", ("alcohol_pct", "residual_sugar"))


def test_what_is_controlled_for_makes_a_correlation_partial(catalog):
    step = first("correlation between price and alcohol controlling for residual sugar", catalog).outputs[0].step
    assert (step.kind, step.columns, step.control) == ("partial", ("price", "alcohol_pct"), ("residual_sugar",))


@pytest.mark.parametrize(
    ("question", "mean", "alternative"),
    [
        ("is the mean price different from 12", 12, "two-sided"),
        ("is the average alcohol significantly greater than 12.5", 12.5, "greater"),
        ("is the average alcohol significantly less than 13", 13, "less"),
    ],
)
def test_a_mean_is_tested_against_a_number(catalog, question, mean, alternative):
    step = first(question, catalog).outputs[0].step
    assert (step.kind, step.mean, step.alternative) == ("t_one", mean, alternative)


@pytest.mark.parametrize(
    ("question", "func", "keys"),
    [
        ("standard error of the mean price", "sem", ()),
        ("median absolute deviation of price by region", "mad", ("region",)),
        ("population standard deviation of residual sugar", "std_pop", ()),
    ],
)
def test_measures_of_spread_have_words(catalog, question, func, keys):
    step = first(question, catalog).outputs[0].step
    assert isinstance(step, Aggregate)
    assert (step.measures[0].func, step.keys) == (func, keys)


def test_clusters_come_with_sizes_and_means(catalog):
    plan = first("cluster the wines by price and alcohol into 4 clusters", catalog)
    step = next(s for s in plan.steps if isinstance(s, Cluster))
    assert (step.k, set(step.columns), step.scale) == (4, {"price", "alcohol_pct"}, "standard")
    assert plan.outputs[0].step.schema.names[:2] == ("cluster", "size")


def test_a_word_such_as_test_alone_is_a_word_like_others(catalog):
    assert understand("average price of the test", catalog).status != "answered"
    assert understand("how many wines in the analysis", catalog).status != "answered"


def test_an_interval_has_the_confidence_that_is_asked_for(catalog):
    step = first("90% confidence interval of the mean price by region", catalog).outputs[0].step
    assert isinstance(step, ConfidenceInterval)
    assert (step.level, step.column, step.by) == (0.9, "price", ("region",))


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("correlation between region and price", "holds categories. Possible: is there a significant difference in price"),
        ("is there a significant difference in price", "needs a number and the groups"),
        ("is region normally distributed", "one column of numbers"),
        ("is barrels normally distributed", "same value in every row"),
        ("t-test of price by region", "compares two groups, and `region` has 3"),
        ("predict grower from price", "a number, or a column of two values"),
        ("average grower", "needs numbers"),
        ("cluster the wines by price", "Say how many"),
    ],
)
def test_what_cannot_be_tested_is_refused_with_a_reason(catalog, question, why):
    found = understand(question, catalog)
    assert found.status == "unanswerable"
    assert why in found.reason
    assert "not understood" not in found.reason


def test_a_table_of_two_rows_gives_no_statistics():
    small = build_catalog({"wines": WINES.head(2)})[0]
    assert "has 2 rows, and statistics need at least 3" in understand("are price and alcohol correlated", small).reason


@pytest.mark.parametrize(
    "question",
    [
        "is there a significant difference in price between red and sparkling wines",
        "is there a significant difference in price between red and white wines for premium members",
        "is the vintage normally distributed",
        "outliers in price since the merger",
        "predict the price of next month",
        "are price and acidity correlated",
        "significant",
        "is there a significant difference between",
        "is there a significant difference in price between red and white wines for organic",
    ],
)
def test_words_that_no_test_explains_stop_the_answer(catalog, question):
    assert understand(question, catalog).status != "answered"


@pytest.mark.parametrize("qualifier", ["for premium members", "since the merger", "of the best vintages"])
@pytest.mark.parametrize("question", [t[0] for t in TESTS], ids=[t[0][:60] for t in TESTS])
def test_a_qualifier_that_the_data_do_not_know_stops_the_answer(catalog, question, qualifier):
    assert understand(f"{question} {qualifier}", catalog).status != "answered"


@pytest.mark.parametrize("question", [t[0] for t in TESTS], ids=[t[0][:60] for t in TESTS])
def test_a_noun_that_is_no_column_stops_the_answer(catalog, question):
    for column in ("price", "residual sugar", "alcohol", "colour"):
        if column in question:
            assert understand(question.replace(column, "quandles"), catalog).status != "answered"


def test_a_column_that_is_called_like_a_word_of_statistics_is_a_column():
    frame = pd.DataFrame({"gene": list("abcdefgh"), "p_value": RNG.random(8), "fold": RNG.random(8)})
    step = first("are p_value and fold correlated", build_catalog({"genes": frame})[0]).outputs[0].step
    assert set(step.columns) == {"p_value", "fold"}


def test_a_column_beside_a_correlation_stops_the_answer(catalog):
    assert understand("correlation between price and alcohol and region", catalog).status != "answered"


def test_the_statistician_claims_tests_and_says_why(catalog):
    brief = Brief(Question.of("is colour associated with region"), catalog)
    agent, claim, _ = assemble(()).route(brief)
    assert agent.name == "statistics"
    assert claim.reason == "the question asks for a chi-square test of independence"
