from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

from nexus_jupyter.magic.completion import candidates, question_before

SPACE = {
    "flights": pd.DataFrame({"dep_delay": [1], "Carrier": ["x"]}),
    "planes": pl.LazyFrame({"deck": [1]}),
    "_hidden": pd.DataFrame(),
    "n": 3,
}


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("%nexus ave", " ave"),
        ("x = %nexus ave", " ave"),
        ("%%nexus --as ch", " --as ch"),
        ("%%nexus\naverage d", "\naverage d"),
        ("print('%nexus')", None),
        ("dep_d", None),
        ("%%time\nx", None),
    ],
)
def test_only_our_magics_are_completed(text, before):
    assert question_before(text, len(text)) == before


@pytest.mark.parametrize(
    ("before", "first"),
    [
        (" --as ch", "chart"),
        (" -e m", "model"),
        (" --fr", "--frames"),
        (" -d fl", "flights"),
        (" -d flights,pl", "flights,planes"),
        (" hi", "history"),
        (" average dep_d", "dep_delay"),
        (" average carr", "Carrier"),
        ("\nde", "dep_delay"),
        (" by fli", "flights"),
        (" mean de", "dep_delay"),
    ],
)
def test_options_commands_frames_and_columns_are_offered(before, first):
    assert next(candidates(before, SPACE))[0] == first


def test_lazy_columns_are_known_and_hidden_frames_are_not():
    assert ("deck", "column") in list(candidates(" x de", SPACE))
    assert list(candidates(" -d _h", SPACE)) == []


def test_nothing_is_offered_for_an_empty_word():
    assert list(candidates(" average ", SPACE)) == []
