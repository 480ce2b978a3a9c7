"""Units that a question says are held against those of the data."""

from __future__ import annotations

import pandas as pd
import pytest

import nexus_jupyter

BIRDS = pd.DataFrame(
    {"kind": ["a", "b", "a", "b"], "body_mass_g": [4000.0, 5200.0, 6100.0, 900.0], "delay": [10, 70, 90, 5], "hour": [1, 2, 3, 4]}
)


def ask(question):
    return nexus_jupyter.ask(question, data={"birds": BIRDS})


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("how many birds have a body mass above 5 kg", 2),
        ("how many birds have a body mass above 5000 grams", 2),
        ("average body mass in grams", 4050.0),
        ("how many birds have a delay of more than 60 minutes", 2),
    ],
)
def test_a_unit_is_that_of_the_column_or_is_converted(question, value):
    assert ask(question).value == value


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("how many birds have a body mass above 5000 minutes", "not measured in minute"),
        ("average body mass in pounds", "not converted"),
        ("how many birds have a delay of more than 2 hours", "does not say in which unit"),
    ],
)
def test_a_unit_that_would_be_a_guess_is_refused(question, why):
    answer = ask(question)
    assert answer.status == "unanswerable"
    assert why in answer.text


def test_a_unit_that_is_taken_for_granted_is_said():
    texts = [a.text for a in ask("how many birds have a delay of more than 60 minutes").assumptions]
    assert "delay is taken to be in minutes, as it stands." in texts


def test_a_column_named_like_a_unit_is_still_grouped_by():
    assert list(ask("average delay by hour").table["hour"]) == [1, 2, 3, 4]
