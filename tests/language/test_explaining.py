"""Every word of a question is accounted for: what it became, or that it was left over."""

from __future__ import annotations

import pandas as pd
import pytest

from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.language.language import understand


@pytest.fixture(scope="module")
def catalog():
    frame = pd.DataFrame(
        {"species": ["Adelie", "Gentoo"] * 4, "sex": ["male", "female", None, "male"] * 2, "body_mass_g": range(3000, 3800, 100)}
    )
    return build_catalog({"penguins": frame})[0]


def became(text, catalog):
    return {x.words: (x.target, x.why) for x in understand(text, catalog).links}


def test_each_word_of_an_answered_question_says_what_it_became(catalog):
    found = became("average body mass of male penguins by species", catalog)
    assert found["body mass"] == ("column penguins.body_mass_g", "a part of the name")
    assert found["male"] == ("value of penguins.sex", "found among its values")
    assert found["species"] == ("column penguins.species", "called so")
    said = " ".join(found).replace(",", "").split()
    assert sorted(said) == sorted("average body mass of male penguins by species".split())


def test_a_word_that_is_left_over_is_told_apart_from_words_without_meaning(catalog):
    found = became("average body mass of the shallow penguins", catalog)
    assert found["shallow"] == ("nothing", "left over")
    assert found["body mass"][0] == "column penguins.body_mass_g"
    assert found["of, the"] == ("nothing", "words that carry no meaning here")


def test_the_word_that_is_named_is_the_one_that_was_written(catalog):
    assert understand("penguins without zorbic", catalog).unknown == ("zorbic",)
    assert "not" not in understand("body mass without", catalog).unknown


def test_without_a_category_means_that_it_is_missing(catalog):
    found = understand("how many penguins without a sex", catalog)
    assert found.status == "answered", found.reason
    where = found.readings[0].plan.steps[1].where
    assert type(where).__name__ == "IsNull"
