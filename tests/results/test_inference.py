from __future__ import annotations

import re

import pandas as pd
import pytest

from nexus_jupyter.results.inference import Inference, tell
from nexus_jupyter.results.result import Part

T = {"statistic": 7.94, "p_value": 1e-9, "df": 436.7, "n_1": 340, "n_2": 550, "mean_1": 48.4, "mean_2": 22.1, "effect": 0.55}
FARE = Inference(kind="t", columns=("fare",), by="survived", groups=("1", "0"))


def prose(about, *rows):
    return tell(Part(name="answer", form="table", table=pd.DataFrame(list(rows))), about)


def test_a_difference_is_said_with_its_numbers():
    assert prose(FARE, T).text == (
        "The mean fare differs significantly between 1 (48.40) and 0 (22.10): Welch's t = **7.94**, df = 436.70, p < 0.001; Cohen's d = 0.55."
    )


def test_no_difference_is_said_as_none():
    assert prose(FARE, {**T, "p_value": 0.2}).text.startswith("There is no significant difference in the mean fare between 1")


def test_alpha_decides_what_is_significant():
    strict = Inference(kind="t", columns=("fare",), by="survived", groups=("1", "0"), alpha=0.01)
    row = {**T, "p_value": 0.03}
    assert "differs significantly" in prose(FARE, row).text
    assert "no significant difference" in prose(strict, row).text


@pytest.mark.parametrize(
    ("about", "row", "said"),
    [
        (Inference(kind="pearson", columns=("a", "b")), {"statistic": -0.8, "p_value": 0.001, "n": 40}, "a and b are significantly negatively"),
        (Inference(kind="chi2", columns=("a", "b")), {"statistic": 1.0, "p_value": 0.4, "df": 1}, "no significant association between a and b"),
        (Inference(kind="shapiro", columns=("a",)), {"statistic": 0.9, "p_value": 0.001, "n": 99}, "a is not normally distributed"),
        (Inference(kind="shapiro", columns=("a",)), {"statistic": 0.9, "p_value": 0.3, "n": 99}, "consistent with a normal distribution"),
        (Inference(kind="anova", columns=("x",), by="g"), {"statistic": 9.0, "p_value": 0.01, "groups": 3}, "between the 3 groups of g"),
        (Inference(kind="t_one", columns=("x",), mean=5), {"statistic": 2.0, "p_value": 0.3, "mean_1": 5.5}, "(5.50) does not differ significantly from 5"),
        (Inference(kind="levene", columns=("x",), by="g", groups=("u", "v")), {"statistic": 2.0, "p_value": 0.01}, "The variances of x differ significantly between u and v"),
        (Inference(kind="interval", columns=("x",)), {"estimate": 5.0, "low": 4.0, "high": 6.0, "n": 30}, "The mean x is **5**, between 4 and 6"),
        (Inference(kind="scores", columns=("y",), held_out=True), {"r2": 0.5}, "**50.0%** of the variance of y on the held-out rows"),
        (Inference(kind="scores", columns=("y",), held_out=True), {"r2": -0.5}, "says less about y"),
        (Inference(kind="scores", columns=("y",)), {"accuracy": 0.755}, "tells y right for **75.5%** of the rows"),
        (Inference(kind="prediction", columns=("y",)), {"prediction": 12.0}, "The predicted y is **12**"),
    ],
    ids=lambda v: getattr(v, "kind", None) if isinstance(v, Inference) else None,
)  # fmt: skip
def test_each_family_has_its_sentence(about, row, said):
    assert said in prose(about, row).text


@pytest.mark.parametrize(
    ("about", "row", "warned"),
    [
        (Inference(kind="chi2", columns=("a", "b")), {"statistic": 8.0, "p_value": 0.01, "df": 1, "expected": 2.5}, "smallest expected count is 2.50"),
        (FARE, {**T, "n_2": 8}, "only 8 values in the smallest sample"),
        (Inference(kind="shapiro", columns=("a",)), {"statistic": 0.99, "p_value": 0.01, "n": 9000}, "With 9,000 values even small departures"),
        (Inference(kind="pearson", columns=("a", "b")), {"statistic": 0.9, "p_value": 0.01, "n": 5}, "only 5 rows"),
    ],
    ids=["chi2", "t", "shapiro", "pearson"],
)  # fmt: skip
def test_doubtful_conditions_are_said(about, row, warned):
    assert warned in prose(about, row).text


def test_conditions_that_hold_are_passed_over():
    assert prose(FARE, T).text.count(". ") == 0


def test_what_could_not_be_computed_is_said():
    assert prose(FARE, {**T, "p_value": float("nan")}).text == "There is nothing to test in fare: too few rows, or all values are the same."


def test_every_number_of_the_prose_is_bound_to_a_computed_one():
    told = prose(FARE, T)
    words = "".join(p if isinstance(p, str) else "" for p in told.pieces)
    assert not re.search(r"\d\.\d", words)
    assert {b.source for b in told.bindings} >= {"answer.statistic[0]", "answer.p_value[0]", "answer.mean_1[0]"}


def test_the_terms_of_a_model_name_the_most_significant():
    rows = [{"term": t, "coefficient": c, "p_value": p} for t, c, p in (("intercept", 1.0, 0.0), ("a", 2.0, 0.04), ("b_x", -3.0, 0.002))]
    text = prose(Inference(kind="terms", columns=("y",)), *rows).text
    assert text == "y changes by **2** for a (p = 0.040); by **-3** for b_x (p = 0.002). The most significant is b_x (p = 0.002)."
