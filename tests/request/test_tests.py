"""Requests that name a test by its method, in the manner of data-analysis exams: the groups come from the words that make the claim."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.plan.models import Fit
from nexus_jupyter.plan.statistics import ConfidenceInterval, SignificanceTest
from nexus_jupyter.request.request import understand

RNG = np.random.default_rng(8)
N = 90
SHOP = pd.DataFrame(
    {
        "Sex": RNG.choice(["M", "F", "U"], N),
        "city": RNG.choice(["Graz", "Linz", "Wels"], N),
        "member": RNG.choice([0, 1], N),
        "returned": RNG.choice([0, 1], N),
        "spent": RNG.gamma(3, 20, N).round(2),
        "visits": RNG.poisson(5, N),
        "price_before": RNG.normal(20, 3, N).round(2),
        "price_after": RNG.normal(19, 3, N).round(2),
        "rarely": np.where(RNG.random(N) < 0.8, np.nan, 1.0),
    }
)
P = "Answer as @statistic[stat] @p_value[p] where both are rounded to four decimals."


@pytest.fixture(scope="module")
def catalog():
    return build_catalog({"shop": SHOP})[0]


def plan(catalog, *parts):
    found = understand("\n\n".join(parts), catalog)
    assert found.status == "answered", found.reason
    return found.readings[0].plan


def examined(made):
    return next(s for s in made.steps if isinstance(s, SignificanceTest))


TESTS = [
    (
        "Is there a significant difference in spent between male and female customers?",
        "Use a two-sample t-test with unequal variances.",
        "t",
        ("spent",),
        "Sex",
    ),
    ("Is there a significant difference in spent between M (Sex = M) and F (Sex = F)?", "Use Welch's t-test.", "t", ("spent",), "Sex"),
    (
        "Is there a significant difference in spent of customers who returned and those who did not?",
        "Use an independent t-test.",
        "t",
        ("spent",),
        "returned",
    ),
    ("How does spent differ between member = 1 and member = 0?", "Perform a Mann-Whitney U test.", "mann_whitney", ("spent",), "member"),
    ("Do the three cities differ in spent?", 'Run a Kruskal-Wallis test across the groups of "city".', "kruskal", ("spent",), "city"),
    ("Do the variances of spent differ across cities?", "Conduct a Bartlett test.", "bartlett", ("spent",), "city"),
    (
        "Is there a significant difference between price_before and price_after?",
        "Use a paired t-test.",
        "t_paired",
        ("price_before", "price_after"),
        None,
    ),
    ("Test if the mean spent differs from 60.", "Use a one-sample t-test.", "t_one", ("spent",), None),
    (
        "Is the proportion of returned different between members and non-members?",
        "Use a two-proportion z-test.",
        "proportions",
        (),
        "member",
    ),
]


@pytest.mark.parametrize(("ask", "rule", "kind", "columns", "by"), TESTS[:8], ids=[t[0] for t in TESTS[:8]])
def test_the_groups_come_from_the_claim_and_the_method_from_the_rule(catalog, ask, rule, kind, columns, by):
    made = examined(plan(catalog, ask, f"{rule} Use a significance level of 0.05.", P))
    assert (made.kind, made.columns, made.by) == (kind, columns, by)


def test_a_paired_test_is_no_other_t_test(catalog):
    made = plan(catalog, "Do price_before and price_after differ?", "Compare them with a paired t-test.", P)
    assert {s.kind for s in made.steps if isinstance(s, SignificanceTest)} == {"t_paired"}


@pytest.mark.parametrize(
    "form", ["@different[yes/no]", "@different[yes_no]", '@different[answer] where "answer" is "yes" if p < 0.05 and "no" otherwise']
)
def test_yes_and_no_are_options_however_the_form_writes_them(catalog, form):
    made = plan(
        catalog,
        "Is there a significant difference in spent between Graz and Linz?",
        "Use Welch's t-test with alpha = 0.05.",
        f"Answer as {form}",
    )
    assert examined(made).groups == ("Graz", "Linz")


def test_what_a_rule_concludes_is_offered_where_the_form_names_nothing(catalog):
    rule = 'If |r| is greater than 0.7 the relationship is "strong", if between 0.3 and 0.7 "moderate", otherwise "weak".'
    made = plan(
        catalog,
        "What is the correlation between spent and visits?",
        f"Calculate the Pearson correlation. {rule}",
        "Answer as @r[r] @strength[strength]",
    )
    assert [o.name for o in made.outputs] == ["r", "strength"]


def test_missing_values_in_either_column_leave_the_other_columns_alone(catalog):
    made = plan(
        catalog,
        "Find the correlation between spent and visits.",
        "Drop rows with missing values in either column.",
        "Answer as @correlation[r]",
    )
    assert not any("rarely" in getattr(s, "columns", ()) for s in made.steps)


def test_an_interval_has_two_ends(catalog):
    made = plan(
        catalog,
        "Calculate the 90% confidence interval of the mean of spent.",
        "Use the t-distribution.",
        "Answer as @ci_lower[lower] @ci_upper[upper]",
    )
    assert {s.level for s in made.steps if isinstance(s, ConfidenceInterval)} == {0.9}


def test_least_squares_over_all_rows_hold_nothing_back(catalog):
    made = plan(
        catalog,
        "Using linear regression, how well do visits and price_before explain spent?",
        "Fit an OLS model on all rows.",
        "Answer as @r_squared[r2] @adj_r_squared[adj]",
    )
    fits = {(s.target, s.features, s.test_size) for s in made.steps if isinstance(s, Fit)}
    assert fits == {("spent", ("visits", "price_before"), None)}


@pytest.mark.parametrize("ask", [t[0] for t in TESTS])
def test_a_stranger_in_the_claim_stops_the_answer(catalog, ask):
    found = understand(f"{ask[:-1]} for the zorbic quandles?\n\nUse a significance level of 0.05.\n\n{P}", catalog)
    assert found.status != "answered"
