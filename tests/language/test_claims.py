from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.language.language import understand
from nexus_jupyter.plan.models import Fit, Terms
from nexus_jupyter.plan.statistics import ConfidenceInterval, SignificanceTest
from nexus_jupyter.plan.steps import Filter, Select, Top
from nexus_jupyter.plan.summaries import Correlation

RNG = np.random.default_rng(3)
N = 150
GYM = pd.DataFrame(
    {
        "member_id": range(N),
        "sex": RNG.choice(["male", "female"], N),
        "smoker": RNG.choice(["yes", "no"], N),
        "plan": RNG.choice(["basic", "plus", "family"], N),
        "floor": RNG.choice([1, 2, 3], N),
        "renewed": RNG.choice([0, 1], N),
        "age": RNG.integers(18, 70, N),
        "weight_before": RNG.normal(80, 10, N).round(1),
        "weight_after": RNG.normal(78, 10, N).round(1),
        "visits": RNG.poisson(30, N),
        "town": "Graz",
    }
)


@pytest.fixture(scope="module")
def catalog():
    return build_catalog({"gym": GYM})[0]


def step(question, catalog):
    found = understand(question, catalog)
    assert found.status == "answered", found.reason
    made = found.readings[0].plan.outputs[0].step
    return made.input if isinstance(made, Select) else made


CLAIMS = [
    ("do men and women differ in visits", "t", ("visits",), "sex"),
    ("are the visits different between the plans", "anova", ("visits",), "plan"),
    ("is the mean age equal across plans", "anova", ("age",), "plan"),
    ("is the age the same for smokers and non-smokers", "t", ("age",), "smoker"),
    ("do smokers have more visits than non-smokers", "t", ("visits",), "smoker"),
    ("is the weight before higher for women", "t", ("weight_before",), "sex"),
    ("do visits depend on the plan", "anova", ("visits",), "plan"),
    ("do visits differ between people with different floors", "anova", ("visits",), "floor"),
    ("are smoking and plan independent", "chi2", ("smoker", "plan"), None),
    ("is renewal different between the plans", "chi2", ("renewed", "plan"), None),
    ("is there a link between age and visits", "pearson", ("age", "visits"), None),
    ("do the plans have equal variances in age", "levene", ("age",), "plan"),
    ("is the variance of age the same for men and women", "levene", ("age",), "sex"),
    ("use a rank test to compare visits across plans", "kruskal", ("visits",), "plan"),
    ("compare visits between male and female members with a nonparametric test", "mann_whitney", ("visits",), "sex"),
    ("paired comparison of weight before and weight after", "t_paired", ("weight_before", "weight_after"), None),
    ("is the median of visits different between men and women", "mann_whitney", ("visits",), "sex"),
    ("is age normal", "shapiro", ("age",), None),
]


@pytest.mark.parametrize(("question", "kind", "columns", "by"), CLAIMS, ids=[c[0] for c in CLAIMS])
def test_a_claim_in_plain_words_is_tested(catalog, question, kind, columns, by):
    made = step(question, catalog)
    assert isinstance(made, SignificanceTest)
    assert (made.kind, set(made.columns), made.by) == (kind, set(columns), by)


@pytest.mark.parametrize(
    "question",
    [
        "is the share of smokers higher for women",
        "did women renew more often than men",
        "is the proportion of renewed different between men and women",
        "proportion test of renewed by sex",
    ],
)
def test_shares_of_two_groups_are_compared_by_a_test_of_proportions(catalog, question):
    made = step(question, catalog)
    assert isinstance(made, SignificanceTest)
    assert (made.kind, made.by, set(made.groups)) == ("proportions", "sex", {"male", "female"})


@pytest.mark.parametrize(
    ("question", "alternative"), [("is the average age above 40", "greater"), ("is the mean age equal to 40", "two-sided")]
)
def test_a_mean_is_compared_with_a_number_and_no_rows_are_left_out(catalog, question, alternative):
    made = step(question, catalog)
    assert (made.kind, made.mean, made.alternative) == ("t_one", 40, alternative)
    assert not any(isinstance(s, Filter) for s in understand(question, catalog).readings[0].plan.steps)


@pytest.mark.parametrize(
    "question",
    [
        "does weight before matter for visits once age is held constant",
        "is weight before related to visits after accounting for age",
        "holding age constant, is weight before related to visits",
    ],
)
def test_what_is_held_constant_makes_a_partial_correlation(catalog, question):
    made = step(question, catalog)
    assert (made.kind, set(made.columns), made.control) == ("partial", {"weight_before", "visits"}, ("age",))


def test_a_category_beside_what_is_held_constant_makes_a_regression(catalog):
    plan = understand("does smoking matter for visits once age is held constant", catalog).readings[0].plan
    fit = next(s for s in plan.steps if isinstance(s, Fit))
    assert (fit.target, fit.features) == ("visits", ("smoker", "age"))
    assert isinstance(plan.outputs[1].step, Terms)


def test_an_effect_size_comes_first(catalog):
    made = understand("effect size of sex on visits", catalog).readings[0].plan.outputs[0].step
    assert isinstance(made, Select)
    assert made.columns[0] == "effect"


@pytest.mark.parametrize(
    ("question", "target", "last"),
    [
        ("which two columns are most strongly correlated", None, False),
        ("which variable is most correlated with visits", "visits", False),
        ("which pair of columns has the weakest correlation", None, True),
    ],
)
def test_the_strongest_of_all_correlations_is_found(catalog, question, target, last):
    made = step(question, catalog)
    assert isinstance(made, Top)
    assert isinstance(made.input, Correlation)
    assert (made.n, made.last, made.input.target) == (1, last, target)
    assert "member_id" not in made.input.columns


def test_how_much_is_explained_is_a_regression(catalog):
    plan = understand("how much of the variation in visits is explained by age and weight before", catalog).readings[0].plan
    fit = next(s for s in plan.steps if isinstance(s, Fit))
    assert (fit.target, fit.features) == ("visits", ("age", "weight_before"))


def test_the_interval_of_a_share_is_one_of_a_proportion(catalog):
    made = step("95% confidence interval for the share of smokers", catalog)
    assert isinstance(made, ConfidenceInterval)
    assert made.of == "proportion"


def test_a_condition_beside_the_sides_stays_a_condition(catalog):
    made = (
        step("do men and women differ in visits among smokers with plus", catalog)
        if False
        else step("do men and women with the family plan differ in visits", catalog)
    )
    assert made.by == "sex"
    assert isinstance(made.input, Filter)


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("is the plan normal", "one column of numbers"),
        ("is the age different between towns", "only one value"),
        ("paired test of visits by plan", "two columns of numbers"),
        ("is the town normal", "the same value in every row"),
    ],
)
def test_a_claim_that_cannot_be_tested_is_refused_with_a_reason(catalog, question, why):
    found = understand(question, catalog)
    assert found.status == "unanswerable"
    assert why in found.reason


@pytest.mark.parametrize("qualifier", ["for premium members of the club", "since the merger", "of the best vintages"])
@pytest.mark.parametrize("question", [c[0] for c in CLAIMS])
def test_a_claim_with_words_that_nobody_knows_is_not_tested(catalog, question, qualifier):
    assert understand(f"{question} {qualifier}", catalog).status != "answered"


def test_a_claim_about_a_column_that_is_not_there_is_not_tested(catalog):
    for question in ("do men and women differ in quandles", "is renewal different between the quandles", "is the mean quandle above 40"):
        assert understand(question, catalog).status != "answered"
