from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from nexus_jupyter.codegen import pandas as pandas_steps
from nexus_jupyter.codegen import (  # noqa: F401 - they register
    pandas_conversions,
    pandas_expressions,
    pandas_models,
    pandas_preparation,
    pandas_statistics,
    pandas_summaries,
    pandas_surveys,
    polars_conversions,
    polars_expressions,
    polars_models,
    polars_preparation,
    polars_statistics,
    polars_summaries,
    polars_surveys,
)
from nexus_jupyter.codegen import polars as polars_steps
from nexus_jupyter.codegen.generate import generate
from nexus_jupyter.errors import CodegenError
from nexus_jupyter.plan.serial import EXPRESSIONS, STEPS
from nexus_jupyter.review.agreement import compare
from nexus_jupyter.review.review import review
from nexus_jupyter.sandbox.policy import check

GOLDEN = Path(__file__).parent / "golden"


def run(program, frames):
    names = dict(frames)
    exec(program.job, names)
    return names["result"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("dispatch", [pandas_steps.table, polars_steps.table], ids=["pandas", "polars"])
def test_every_step_is_registered_in_both_dialects(step, dispatch):
    assert dispatch.dispatch(step) is not dispatch.dispatch(object)


@pytest.mark.parametrize("expression", EXPRESSIONS)
@pytest.mark.parametrize("dispatch", [pandas_expressions.expression, polars_expressions.expression], ids=["pandas", "polars"])
def test_every_expression_is_registered_in_both_dialects(expression, dispatch):
    assert dispatch.dispatch(expression) is not dispatch.dispatch(object)


def test_every_step_is_in_some_plan_of_these_tests(plans):
    assert {type(s) for p in plans.values() for s in p.steps} == set(STEPS)


@pytest.mark.parametrize("dialect", ["pandas", "polars"])
def test_the_code_is_what_was_kept(case, plans, catalog, dialect):
    """Set REFRESH_GOLDEN=1 to write the files again, and read the difference."""
    text = generate(plans[case], catalog, dialect=dialect).text + "\n"
    kept = GOLDEN / dialect / f"{case}.py"
    if os.environ.get("REFRESH_GOLDEN"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(text)
    assert kept.read_text() == text


def test_both_dialects_give_the_same_results(case, plans, catalog, frames):
    import polars as pl

    plan = plans[case]
    first = run(generate(plan, catalog), frames)
    second = run(generate(plan, catalog, dialect="polars"), {n: pl.from_pandas(f) for n, f in frames.items()})
    assert list(first) == list(second)
    for name in first:
        if hasattr(first[name], "to_plotly_json"):
            assert first[name].to_plotly_json().keys() == second[name].to_plotly_json().keys()
        else:
            assert compare(first[name], second[name], ordered=True, ignore=frozenset({"type"})) == ()


def test_the_users_frames_are_not_changed(case, plans, catalog, frames):
    before = {n: f.copy() for n, f in frames.items()}
    run(generate(plans[case], catalog), frames)
    assert all(frames[n].equals(before[n]) for n in frames)


def test_the_columns_named_as_inputs_are_enough(case, plans, catalog, frames):
    program = generate(plans[case], catalog)
    fewer = {n: frames[n] if columns is None else frames[n][list(columns)] for n, columns in program.inputs}
    assert set(run(program, fewer)) >= {name for name, _, _ in program.outputs}


@pytest.mark.parametrize("dialect", ["pandas", "polars"])
def test_generated_code_passes_policy_and_review(case, plans, catalog, dialect):
    program = generate(plans[case], catalog, dialect=dialect)
    assert check(program.job) == ()
    assert review(program, plans[case], catalog) == ()


def test_a_chart_is_small_and_needs_no_rows(case, plans, catalog, frames):
    result = run(generate(plans[case], catalog), frames)
    for value in result.values():
        if hasattr(value, "to_plotly_json"):
            assert len(value.to_json()) < (60_000 if case == "scat" else 4_000)


def test_a_cell_shows_its_output_last(plans, catalog, frames):
    program = generate(plans["two"], catalog)
    assert len(program.cells) == 3
    names = dict(frames)
    for cell, (_, variable, _) in zip(program.cells, program.outputs, strict=True):
        exec(cell, names)
        assert cell.splitlines()[-1] == variable


def test_bars_keep_the_order_of_the_table(plans, catalog, frames):
    result = run(generate(plans["chart"], catalog), frames)
    figure, table = result["by_carrier"], result["by_carrier.table"]
    assert list(figure.data[0].x) == table["carrier"].tolist()
    assert figure.layout.xaxis.type == "category"
    assert table["mean_dep_delay"].is_monotonic_decreasing


def test_markup_in_a_title_is_shown_and_not_obeyed(plans, catalog):
    assert "&lt;b&gt;delay&lt;/b&gt;" in generate(plans["chart"], catalog).text


def test_weekday_names_come_in_the_order_of_the_calendar(plans, catalog, frames):
    days = run(generate(plans["wd"], catalog), frames)["answer"]["day"].astype(str).tolist()
    assert days == list(pandas_expressions.WEEKDAYS)


def test_a_missing_value_is_not_unequal(plans, catalog, frames):
    left = run(generate(plans["ne"], catalog), frames)["answer"]
    assert left["carrier"].notna().all()
    assert set(left["carrier"]) == {"UA", "DL"}


def test_an_unknown_dialect_is_refused(plans, catalog):
    with pytest.raises(CodegenError, match="pandas or polars"):
        generate(plans["value"], catalog, dialect="sql")


def test_generating_is_quick(plans, catalog):
    generate(plans["chart"], catalog)
    start = time.perf_counter()
    for _ in range(20):
        generate(plans["chart"], catalog)
    assert (time.perf_counter() - start) / 20 < 0.05
