from __future__ import annotations

from typing import Any

import pytest

from nexus_jupyter.answer import Answer
from nexus_jupyter.pipeline import Session
from nexus_jupyter.request.mentions import Linker
from nexus_jupyter.request.rules import compiled
from nexus_jupyter.request.sentences import sentences
from nexus_jupyter.request.slots import declared, places


@pytest.fixture(scope="module")
def plots() -> Any:
    """Plots of a field: yields by crop, with gaps, an outlier and two kinds of soil."""
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(7)
    n = 80
    rain = rng.normal(500, 60, n)
    yields = 0.01 * rain + rng.normal(0, 0.3, n)
    yields[5] = 40.0
    return pd.DataFrame(
        {
            "plot_id": range(n),
            "crop": [("wheat", "barley", "rye")[i % 3] for i in range(n)],
            "Zone": [1 + i % 3 for i in range(n)],
            "rainMM": rain,
            "yield_t": yields,
            "soil depth": [None if i % 10 == 0 else 30.0 + i % 7 for i in range(n)],
            "irrigated": [i % 2 for i in range(n)],
            "sown": pd.date_range("2020-03-01", periods=n, freq="D").strftime("%d-%b-%y"),
        }
    )


@pytest.fixture(scope="module")
def session() -> Session:
    return Session()


def ask(session: Session, plots: Any, text: str) -> Answer:
    return session.ask(text, data={"plots": plots}, engine="rules")


# --- sentences and slots
def test_dressing_is_no_part_of_a_sentence() -> None:
    found = sentences("Question 2: What is it?\n\n{\n- Use pandas, e.g. mean().\n1. Round it.\n}\n\nAnswer as @x[y] where y is a number.")
    assert [(s.text, s.zone) for s in found] == [
        ("What is it?", "ask"),
        ("Use pandas, e.g. mean().", "rule"),
        ("Round it.", "rule"),
        ("@x[y] where y is a number.", "form"),
    ]


def test_slots_share_what_is_said_of_several_and_keep_their_own() -> None:
    form = '@mean_x[mean] @sd_x[sd] @kind[kind] where "mean" and "sd" are numbers rounded to three decimal places and "kind" is a string, either "high" or "low".'
    mean, sd, kind = declared(form, "")
    assert (mean.head, mean.decimals, sd.head, sd.decimals) == ("mean", 3, "std", 3)
    assert (kind.type, kind.options, kind.decimals) == ("label", ("high", "low"), None)


@pytest.mark.parametrize(
    ("said", "n"),
    [
        ("rounded to two decimal places", 2),
        ("to the nearest hundredth", 2),
        ("the third decimal place", 3),
        ("with 4 decimals", 4),
        ("two to three", None),
    ],
)
def test_rounding_is_read_in_words(said: str, n: int | None) -> None:
    assert places(said) == n


# --- decision rules
@pytest.mark.parametrize(
    ("said", "options", "wanted"),
    [
        ("If the p-value is less than 0.05, reject the null hypothesis of normality. Otherwise it is normal.", ("normal", "not normal"), {(0.01, 0): "not normal", (0.2, 0): "normal"}),
        ("Call it strong if the absolute value of r is at least 0.7, moderate if it is between 0.3 and 0.7, and weak if it is less than 0.3.", ("strong", "moderate", "weak"), {(0, -0.8): "strong", (0, 0.5): "moderate", (0, -0.1): "weak"}),
        ("A correlation value > 0 means a positive relation, while a value < 0 means a negative relation.", ("positive", "negative", "none"), {(0, 0.2): "positive", (0, -0.2): "negative", (0, 0): "none"}),
        ("It is linear if p < 0.05 and |r| >= 0.5. It is nonlinear if p < 0.05 and |r| < 0.5. If p >= 0.05, report no significant correlation.", ("linear", "nonlinear", "none"), {(0.01, 0.6): "linear", (0.01, 0.1): "nonlinear", (0.5, 0.6): "none"}),
    ],
)  # fmt: skip
def test_rules_choose_the_option_that_their_words_mean(said: str, options: tuple[str, ...], wanted: dict[tuple[float, float], str]) -> None:
    rules = compiled([said], options, standard="normal" if "normal" in options else "")
    for (p, r), option in wanted.items():
        values = {"p": p, "r": r, "skew": 0.0, "kurt": 0.0, "stat": 0.0}
        assert next(rule.option for rule in rules if all(t.holds(values) for t in rule.terms)) == option


def test_rules_that_overlap_or_choose_nothing_decide_nothing() -> None:
    assert compiled(["Say yes if p < 0.5.", "Say no if p > 0.2."], ("yes", "no")) == ()
    assert compiled(["Say yes if it rains."], ("yes", "no")) == ()


# --- mentions
@pytest.mark.parametrize(
    ("words", "column"),
    [
        ("the soil depth", "soil depth"),
        ("rain MM", "rainMM"),
        ("the RainMM column", "rainMM"),
        ("yield t", "yield_t"),
        ("plot zone (Zone)", "Zone"),
    ],
)
def test_words_link_to_columns_however_they_are_written(plots: Any, words: str, column: str) -> None:
    from nexus_jupyter.context.catalog import build_catalog

    line = Linker(build_catalog({"plots": plots})[0].datasets[0]).line(words, "ask")
    assert [p.target for p in line.pieces if p.kind == "column"] == [column]


# --- whole requests
def test_several_answers_come_in_order_under_their_names(session: Session, plots: Any) -> None:
    found = ask(
        session,
        plots,
        'Calculate the mean and standard deviation of the "yield_t" column.\n\nAnswer as @mean_yield[mean], @std_yield[std] where "mean" and "std" are numbers rounded to two decimal places.',
    )
    assert found.value == {"mean_yield": round(plots.yield_t.mean(), 2), "std_yield": round(plots.yield_t.std(), 2)}


def test_outliers_are_removed_before_what_comes_after_is_computed(session: Session, plots: Any) -> None:
    text = 'Remove outliers in the "yield_t" column using the Z-score method with a threshold of 3. Then calculate the mean of "yield_t".\n\nAnswer as @mean_before[m], @mean_after[m], @removed_outliers[n] where "m" is a number with three decimals and "n" is an integer.'
    y = plots.yield_t
    kept = y[((y - y.mean()) / y.std()).abs() <= 3]
    assert ask(session, plots, text).value == {
        "mean_before": round(y.mean(), 3),
        "mean_after": round(kept.mean(), 3),
        "removed_outliers": len(y) - len(kept),
    }


def test_conclusions_are_computed_by_the_rule_that_was_given(session: Session, plots: Any) -> None:
    from scipy.stats import pearsonr

    text = 'Is there a correlation between the rainMM and yield_t columns?\n\nCalculate the Pearson correlation. If the absolute value of r is at least 0.5, the relationship is strong; otherwise it is weak.\n\nAnswer as @r[r_value], @strength[kind] where "r_value" is rounded to three decimal places and "kind" is a string, either "strong" or "weak".'
    r = pearsonr(plots.rainMM, plots.yield_t)[0]
    assert ask(session, plots, text).value == {"r": round(r, 3), "strength": "strong" if abs(r) >= 0.5 else "weak"}


def test_groups_are_named_by_the_slots(session: Session, plots: Any) -> None:
    text = "Calculate the median yield_t for each crop.\n\nAnswer as @median_wheat[m], @median_rye[m] where m is a number rounded to 2 decimal places."
    medians = plots.groupby("crop").yield_t.median().round(2)
    assert ask(session, plots, text).value == {"median_wheat": medians["wheat"], "median_rye": medians["rye"]}


def test_a_new_column_is_a_column_from_then_on(session: Session, plots: Any) -> None:
    text = 'Create a new column called "water use" by dividing rainMM by yield_t. Calculate the maximum of "water use".\n\nAnswer as @max_water_use[m] where m is rounded to one decimal place.'
    assert ask(session, plots, text).value == round((plots.rainMM / plots.yield_t).max(), 1)


def test_missing_values_are_filled_as_told(session: Session, plots: Any) -> None:
    text = 'Replace the missing values in the "soil depth" column with the median and calculate the standard deviation of "soil depth".\n\nAnswer as @sd[sd] where sd is rounded to 4 decimal places.'
    depth = plots["soil depth"]
    assert ask(session, plots, text).value == round(depth.fillna(depth.median()).std(), 4)


@pytest.mark.parametrize(
    "extra", ["for premium farms", "since the merger", "last week", "for the zorbic quandles", "in the northern valley"]
)
def test_a_word_that_the_data_cannot_know_stops_the_answer(session: Session, plots: Any, extra: str) -> None:
    found = ask(
        session,
        plots,
        f"Calculate the mean of the rainMM column {extra}.\n\nUse pandas to compute the mean.\n\nAnswer as @mean_rain[m] where m is rounded to 2 decimal places.",
    )
    assert found.status == "unanswerable"
    assert found.unknown


# --- what declares nothing
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("What is the mean and standard deviation of soil depth, and how many are missing?", lambda d: {"mean_soil_depth": d["soil depth"].mean(), "standard_deviation_soil_depth": d["soil depth"].std(), "missing_soil_depth": int(d["soil depth"].isna().sum())}),
        ("How many missing values are there in soil depth? Replace them with the mean and calculate the correlation between soil depth and yield_t.", lambda d: {"missing_soil_depth": int(d["soil depth"].isna().sum()), "correlation_soil_depth_yield_t": d["soil depth"].fillna(d["soil depth"].mean()).corr(d.yield_t)}),
        ("Is rainMM normally distributed? What is its skewness?", lambda d: {"rainmm_is_normal": True, "skewness_rainmm": d.rainMM.skew()}),
    ],
)  # fmt: skip
def test_asks_become_answers_in_their_order(session: Session, plots: Any, text: str, wanted: Any) -> None:
    found = ask(session, plots, text)
    assert found.status == "answered"
    assert found.value == pytest.approx(wanted(plots))


def test_a_numbered_list_is_answered_point_by_point(session: Session, plots: Any) -> None:
    found = ask(session, plots, "1. What is the average rainMM?\n2. How many rows are there for each crop?")
    assert [p.form for p in found.parts] == ["value", "table"]
    assert found.value == plots.rainMM.mean()


def test_a_later_question_may_use_what_an_earlier_one_found(plots: Any) -> None:
    from nexus_jupyter.context.catalog import build_catalog
    from nexus_jupyter.language.language import understand
    from nexus_jupyter.plan.expressions import InStep
    from nexus_jupyter.plan.steps import Filter
    from nexus_jupyter.request.several import several

    catalog = build_catalog({"plots": plots})[0]

    def simple(question: str) -> Any:
        found = understand(question, catalog)
        return found.readings[0].plan if found.status == "answered" else None

    plan = several("Which crop has the highest average yield_t? What is the average rainMM for that crop?", catalog, simple)
    assert plan is not None
    inner = plan.outputs[1].step.inputs[0]
    assert isinstance(inner, Filter)
    assert isinstance(inner.where, InStep)


# --- bugs that were found
def test_two_slots_that_would_be_the_same_are_not_answered(session: Session, plots: Any) -> None:
    text = "Calculate the mean yield_t.\n\nAnswer as @mean_high_plots[m], @mean_low_plots[m] where m is a number."
    assert ask(session, plots, text).status == "unanswerable"


def test_a_slot_without_a_group_is_not_answered_over_all_groups(session: Session, plots: Any) -> None:
    text = "Calculate the mean yield_t for each crop.\n\nAnswer as @mean_yield[m] where m is a number."
    assert ask(session, plots, text).status == "unanswerable"


def test_a_share_is_of_the_rows_that_its_condition_leaves_out_as_well(session: Session, plots: Any) -> None:
    text = "What percentage of the plots are irrigated?\n\nAnswer as @irrigated_percentage[p] where p is rounded to one decimal."
    assert ask(session, plots, text).value == 50.0


def test_a_split_is_read_from_the_words_before_and_behind_its_numbers(session: Session, plots: Any) -> None:
    text = "Split the data into a training set (80%) and a testing set (20%) with a random state of 42 and train a linear regression model to predict yield_t based on rainMM. Report the mean squared error.\n\nAnswer as @mse[m] where m is rounded to 4 decimals."
    found = ask(session, plots, text)
    assert found.plan is not None
    assert [s.test_size for s in found.plan.steps if hasattr(s, "test_size")] == [0.2]


def test_an_ask_without_a_row_is_no_answer(session: Session, plots: Any) -> None:
    text = "What is the median yield_t of plots with a Zone of 2 and a plot_id of 0?\n\nAnswer as @median[m] where m is a number."
    assert ask(session, plots, text).status == "unanswerable"
