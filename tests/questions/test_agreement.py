"""Both engines give the same: every answered question of the project's own is worked out in pandas and in polars."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

from nexus_jupyter.pipeline import Session
from nexus_jupyter.settings import Settings

SCRIPTS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def agreement() -> Any:
    """Load the script that compares."""
    spec = importlib.util.spec_from_file_location("agreement_of_engines", SCRIPTS / "agreement.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["agreement_of_engines"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def session() -> Any:
    own = Session(Settings())
    yield own
    own.close()


@pytest.mark.timeout(600)
def test_every_answer_is_the_same_in_pandas_and_in_polars(agreement):
    found = list(agreement.check_all(agreement.own()))
    answered = [f for f in found if f.came != "not answered"]
    assert [f"{f.question}: {f.why}" for f in answered if f.came != "equal"] == []
    assert len(answered) >= 200


def test_a_set_of_questions_in_a_folder_can_be_compared(agreement, tmp_path):
    (tmp_path / "data").mkdir()
    pd.DataFrame({"city": ["Ulm", "Bonn", "Ulm"], "rent": [10.0, 12.0, 14.0]}).to_csv(tmp_path / "data" / "flats.csv", index=False)
    rows = [
        {"id": "a", "question": "average rent by city", "files": ["data/flats.csv"]},
        {"id": "b", "question": "zorbic", "files": ["flats.csv"]},
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert [(f.id, f.came) for f in agreement.check_all(agreement.of_folder(tmp_path))] == [("a", "equal"), ("b", "not answered")]


ODD = {
    "times since a day in a zone": (
        pd.DataFrame({"booked": pd.to_datetime(["2024-02-01 00:30", "2024-01-31 23:30"]).tz_localize("Europe/Berlin"), "n": [1, 2]}),
        "how many rows after January 2024",
    ),
    "months without a year's century": (
        pd.DataFrame({"month": ["05/13", "06/13", "05/13", "01/14"], "n": [1, 2, 3, 4]}),
        "total n per month",
    ),
    "missing groups": (pd.DataFrame({"g": ["a", None, "a", "b"], "n": [1.0, 2.0, float("nan"), 4.0]}), "average n by g"),
    "all missing": (pd.DataFrame({"g": ["a", "b"], "n": [float("nan"), float("nan")]}), "total n by g"),
    "categories without rows": (
        pd.DataFrame({"size": pd.Categorical(["s", "l", "s"], categories=["s", "m", "l"]), "n": [1, 2, 3]}),
        "number of rows by size",
    ),
    "true and false": (pd.DataFrame({"paid": [True, False, True], "n": [1, 2, 3]}), "average n by paid"),
    "nullable integers": (pd.DataFrame({"k": ["a", "a", "b"], "n": pd.array([1, None, 3], dtype="Int64")}), "total n by k"),
    "times with a zone": (
        pd.DataFrame({"booked": pd.to_datetime(["2024-01-31 23:30", "2024-02-01 00:30"]).tz_localize("Europe/Berlin"), "n": [1, 2]}),
        "total n per month",
    ),
    "ties": (pd.DataFrame({"k": list("abcabc"), "n": [1, 1, 1, 1, 1, 1]}), "top 2 k by total n"),
    "a median of two": (pd.DataFrame({"k": ["a", "a"], "n": [1, 2]}), "median n by k"),
    "a deviation of one": (pd.DataFrame({"k": ["a", "b", "b"], "n": [1.0, 2.0, 4.0]}), "standard deviation of n by k"),
    "huge numbers": (pd.DataFrame({"k": ["a", "b", "b"], "n": [2**61, 2**60, 5]}), "maximum n by k"),
}


@pytest.mark.parametrize("case", ODD)
@pytest.mark.parametrize("flavor", ["pandas", "polars"])
def test_odd_columns_come_to_the_same_in_both_engines(case, flavor, session):
    frame, text = ODD[case]
    data = {"data": frame if flavor == "pandas" else pl.from_pandas(frame)}
    answer = session.ask(text, data=data)
    assert answer.status == "answered", answer.text
    if "zone" in case:
        assert any("Europe/Berlin" in a.text for a in answer.assumptions)
    assert [f.message for f in session.agree(answer, data)] == []
