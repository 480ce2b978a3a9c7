"""The project's own questions, through the whole road: a floor under what works, so that no change loses it unseen."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
RIGHT, WRONG, REFUSED = 0.70, 0.09, 0.90


@pytest.fixture(scope="module")
def quality() -> Any:
    """Load the script that asks and judges."""
    spec = importlib.util.spec_from_file_location("quality", ROOT / "benchmarks" / "quality.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["quality"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def verdicts(quality: Any) -> list[Any]:
    return quality.ask_all(quality.questions())


def test_there_are_enough_questions_and_a_fifth_has_no_answer(quality):
    asked = list(quality.questions())
    refusable = [q for q in asked if q.expect in quality.REFUSALS]
    assert len(asked) >= 300
    assert len(refusable) >= len(asked) / 5
    assert len({q.text for q in asked}) == len(asked)


@pytest.mark.timeout(600)
def test_most_questions_are_right_and_few_are_wrong(quality, verdicts):
    found = [v for v in verdicts if v.question.expect not in quality.REFUSALS]
    count = Counter(v.verdict for v in found)
    wrong = "\n".join(f"{v.question.text!r}: {v.shown}, not {v.gold}" for v in found if v.verdict == "wrong")
    assert count["right"] >= RIGHT * len(found)
    assert count["wrong"] <= WRONG * len(found), wrong


@pytest.mark.timeout(600)
def test_what_the_data_does_not_know_is_refused(quality, verdicts):
    found = [v for v in verdicts if v.question.expect in quality.REFUSALS]
    answered = [v.question.text for v in found if v.verdict == "wrong"]
    assert len(answered) <= (1 - REFUSED) * len(found), answered


@pytest.mark.parametrize(
    ("gold", "got", "ordered", "equal"),
    [
        ([["a", 1.0]], [["a", 1.0000000001]], False, True),
        ([["a", 1.0]], [["a", 1.1]], False, False),
        ([["a", 1], ["b", 2]], [["b", 2], ["a", 1]], False, True),
        ([["a", 1], ["b", 2]], [["b", 2], ["a", 1]], True, False),
        ([["a", 1]], [["a", 1], ["b", 2]], False, False),
        ([["a", 1]], [["x", 1, "a"]], False, True),
    ],
)
def test_the_judge_tells_right_from_wrong(quality, gold, got, ordered, equal):
    assert quality.equal_tables(gold, got, ordered=ordered) is equal
