from __future__ import annotations

import pytest

from nexus_jupyter.language.tokens import number_of, stem, tokenize


@pytest.mark.parametrize(("one", "other"), [("cities", "city"), ("closing", "close"), ("matches", "match"), ("Flights", "flight")])
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_names_come_apart_and_quotes_stay_whole() -> None:
    assert [t.text for t in tokenize('dep_delay of "New York", isn\'t it')][:5] == ["dep", "delay", "of", '"New York"', ","]


@pytest.mark.parametrize(("text", "value"), [("1,200", 1200), ("$5.50", 5.5), ("12%", 12), ("abc", None)])
def test_written_numbers_are_read(text: str, value: float | None) -> None:
    assert number_of(text) == value
