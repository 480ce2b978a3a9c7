"""Text that is a date or a number, and text that only looks like one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus_jupyter.context.wording import date_format, number_format, number_unit, unparsed

FORMATS = [
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%Y/%m/%d %H:%M",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%Y-%m-%dT%H:%M:%S",
    "%d-%b-%y",
    "%m/%d/%Y %I:%M %p",
    "%Y-%m",
]


@given(
    st.sampled_from(FORMATS),
    st.lists(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2029, 1, 1)), min_size=30, max_size=40, unique_by=lambda d: d.date()),  # noqa: DTZ001 - text of dates has no zone
)
@settings(max_examples=50, deadline=None)
def test_dates_written_in_one_format_are_read_by_the_found_one(form: str, days: list[dt.datetime]) -> None:
    texts = [day.strftime(form) for day in days]
    found = date_format(texts)
    assert found is not None
    assert unparsed(texts, found) == ()


@pytest.mark.parametrize(
    ("texts", "form"),
    [
        (["13/02/2013", "01/03/2013"], "%d/%m/%Y"),
        (["02/13/2013", "03/01/2013"], "%m/%d/%Y"),
        (["2013-01-01T05:00:00Z", "2013-01-01T06:00:00Z"], "%Y-%m-%dT%H:%M:%S%z"),
        (["1979-01-02", "September 21, 1979", "October 19, 1979"], "mixed"),
        (["2002/03", "2003/04", "2004/05"], None),
        (["555-1234", "555-2345"], None),
        (["1.2.3", "1.10.0"], None),
        (["May", "June"], None),
        (["10:30", "11:45"], None),
        (["a", "b"], None),
        ([], None),
    ],
)
def test_what_is_a_date_and_what_is_none(texts: list[str], form: str | None) -> None:
    assert date_format(texts) == form


def test_bare_years_are_dates_only_where_the_name_says_so() -> None:
    assert date_format(["1999", "2001"]) is None
    assert date_format(["1999", "2001", "?"], bare_years=True) == "%Y"


@pytest.mark.parametrize(
    ("texts", "form", "unit"),
    [
        (["5,350,380", "1,200"], "1,234", None),
        (["$1200.50", "$3"], "$1234.5", "$"),
        (["15.17%", "2%"], "1234.5%", "%"),
        (["12 km", "3 km"], "1234 km", "km"),
        (["216 794", "24 538"], "1 234", None),
        (["12", "-", "?", "3"], "1234", None),
        (["$11 million", "$30 million"], "$1234 million", "$ million"),
        (["$11 million", "$3 billion"], None, None),
        (["$5", "€5"], None, None),
        (["1,5", "22,75"], None, None),
        (["1.234,50", "2.000,75"], None, None),
        (["(3)", "4"], None, None),
        (["5 metres", "6 metres"], None, None),
        (["02134", "10001"], None, None),
        (["A1", "B2"], None, None),
        (["1-2", "3-4"], None, None),
    ],
)
def test_numbers_in_text_are_offered_only_where_code_reads_them_right(texts: list[str], form: str | None, unit: str | None) -> None:
    assert number_format(texts) == form
    assert number_unit(form) == unit


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=30), st.sampled_from(["", "$", "€"]), st.sampled_from(["", "%", " km"]))
@settings(max_examples=60, deadline=None)
def test_taking_away_all_but_the_number_gives_the_number(numbers: list[int], prefix: str, suffix: str) -> None:
    import pandas as pd

    texts = [f"{prefix}{n:,}{suffix}" for n in numbers]
    form = number_format(texts)
    if form is not None:
        read = pd.to_numeric(pd.Series(texts, dtype="str").str.replace(r"[^\d.\-eE]", "", regex=True), errors="coerce")
        assert read.tolist() == numbers


def test_a_month_with_days_is_no_month_with_years() -> None:
    assert date_format(["July 17", "July 23", "July 22", "July 26", "July 25", "July 24"]) is None
    assert date_format(["Jul 21", "Aug 21", "Sep 21", "Oct 21"]) == "%b %y"
    assert date_format(["June 19", "June 20", "June 21", "June 22", "June 23"]) == "%B %y"
    assert date_format(["June 88", "July 93", "May 97"]) == "%B %y"
