from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from nexus_jupyter.errors import QuestionError
from nexus_jupyter.magic.interpolation import interpolate

NAMES = {"n": 5, "names": ["a", "b"], "city": {"far": "Oslo"}, "o": SimpleNamespace(x="price"), "i": -1, "f": lambda: "called"}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("top {n} by {o.x}", "top 5 by price"),
        ("in {city['far']}", "in Oslo"),
        ("{names[-1]} {names[i]} {names}", "b b a, b"),
        ("{f()} {n + 1} {missing} {o.nothing} {}", "{f()} {n + 1} {missing} {o.nothing} {}"),
        ("{o.__class__} {lambda: 1} {[x for x in names]}", "{o.__class__} {lambda: 1} {[x for x in names]}"),
        ("{n} and {'text'}", "5 and {'text'}"),
    ],
)
def test_names_attributes_and_items_are_looked_up_and_nothing_else(text, read):
    assert interpolate(text, dict(NAMES), {})[0] == read


def test_a_frame_is_replaced_by_its_name():
    frame = pd.DataFrame({"a": [1]})
    text, frames = interpolate("mean of a in {sales}", {"sales": frame}, {})
    assert text == "mean of a in sales"
    assert frames["sales"] is frame


def test_a_frame_without_a_name_of_its_own_is_asked_for_one():
    with pytest.raises(QuestionError, match="name of its own"):
        interpolate("mean of {d['x']}", {"d": {"x": pd.DataFrame()}}, {})


def test_cells_results_and_errors_are_looked_up():
    frame = pd.DataFrame({"a": [1]})
    names = {"In": ["", "x = 1"], "Out": {2: 7, 3: frame}}
    text, frames = interpolate("In[1] gave Out[2], Err[4], mean of a in Out[3]", names, {4: "KeyError: 'b'"})
    assert text == "x = 1 gave 7, KeyError: 'b', mean of a in _3"
    assert frames["_3"] is frame


@pytest.mark.parametrize("text", ["Out[9]", "In[9]", "In[0]", "Err[1]", "Err[-1]"])
def test_what_is_not_there_is_said(text):
    with pytest.raises(QuestionError, match="There is no"):
        interpolate(text, {"In": [""], "Out": {}}, {})
