"""Text read as times, and times with a zone: the same in both engines."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import polars as pl
import pytest

from nexus_jupyter.codegen.generate import generate
from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.plan.plan import Output, Plan
from nexus_jupyter.plan.step import Cast
from nexus_jupyter.plan.steps import Select, Source


def moment(*parts):
    return dt.datetime(*parts, tzinfo=None)  # noqa: DTZ001 - what clocks show


def read(frame, cast):
    """Give the column `at` as both engines read it."""
    catalog, _ = build_catalog({"log": frame})
    rows = Select(input=Source(dataset="log", table=catalog.dataset("log").schema, casts=(cast,)), columns=("at",))
    plan = Plan(outputs=(Output(step=rows, form="table", name="answer", label="times"),))
    found = []
    for dialect in ("pandas", "polars"):
        names = {"log": frame if dialect == "pandas" else pl.from_pandas(frame)}
        exec(generate(plan, catalog, dialect=dialect).job, names)
        table = names["result"]["answer"]
        cells = table["at"].to_list()
        found.append([None if pd.isna(c) else dt.datetime.fromisoformat(str(c)).replace(tzinfo=None) for c in cells])
    return found


@pytest.mark.parametrize(
    ("text", "written", "time"),
    [
        ("7:08 PM", "%I:%M %p", moment(1900, 1, 1, 19, 8)),
        ("19:08:30", "%H:%M:%S", moment(1900, 1, 1, 19, 8, 30)),
        ("May 5", "%b %d", moment(1900, 5, 5)),
        ("05/13", "%m/%y", moment(2013, 5, 1)),
        ("2013-05", "%Y-%m", moment(2013, 5, 1)),
        ("5.6.2013", "%d.%m.%Y", moment(2013, 6, 5)),
    ],
)
def test_parts_that_the_text_does_not_have_are_filled_in_alike(text, written, time):
    one, two = read(pd.DataFrame({"at": [text, "no date", None]}), Cast(column="at", to="datetime", format=written))
    assert one == two == [time, None, None]


def test_times_with_a_zone_are_read_as_its_clocks_show_them():
    times = pd.to_datetime(["2024-01-31 23:30", "2024-07-01 00:30"]).tz_localize("Europe/Berlin")
    one, two = read(pd.DataFrame({"at": times}), Cast(column="at", to="local"))
    assert one == two == [moment(2024, 1, 31, 23, 30), moment(2024, 7, 1, 0, 30)]
