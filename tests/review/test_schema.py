from __future__ import annotations

import ast

import pytest

from nexus_jupyter.context.dataset import Catalog, Dataset
from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.review.finding import Finding
from nexus_jupyter.review.schema import check

NAMES = ("carrier", "dest", "dep_delay")
CATALOG = Catalog(
    datasets=(Dataset(name="flights", schema=Schema(tuple(Column(name=n, kind=Kind.FLOAT, role=Role.MEASURE) for n in NAMES))),)
)
GROUPED = 't = flights.groupby("carrier", as_index=False).agg(mean_delay=("dep_delay", "mean"))\n'


def found(code):
    return check(ast.parse(code), CATALOG)


@pytest.mark.parametrize(
    ("allowed", "denied"),
    [
        (GROUPED, GROUPED.replace("dep_delay", "dep_dela")),
        (GROUPED + 'x = t.sort_values("mean_delay")', GROUPED + 'x = t.sort_values("mean_dely")'),
        (GROUPED + 'x = px.bar(t, x="carrier", y="mean_delay")', GROUPED + 'x = px.bar(t, x="carrier", y="mean_dely")'),
        ('x = flights[flights["dest"] == 1].groupby("dest").size()', 'x = flights[flights["dest"] == 1].groupby("dst").size()'),
        ('x = flights.assign(late=lambda d: d["dep_delay"])["late"]', 'x = flights.assign(late=lambda d: d["dep_delai"])["late"]'),
        ('x = flights.select(pl.col("dep_delay").mean())', 'x = flights.select(pl.col("dep_delai").mean())'),
        ('x = flights.rename(columns={"dest": "to"})["to"]', 'x = flights.rename(columns={"dest": "to"})["two"]'),
        (
            'x = flights.with_columns(pl.col("dest").alias("to")).sort("to")',
            'x = flights.with_columns(pl.col("dest").alias("to")).sort("too")',
        ),
        ('t = flights.copy()\nt["to"] = 1\nx = t["to"]', 't = flights.copy()\nt["to"] = 1\nx = t["tow"]'),
        ('x = flights.nlargest(3, "dep_delay")', 'x = flights.nlargest(3, "delay")'),
    ],
)
def test_a_column_is_in_the_data_or_made_by_the_program(allowed, denied):
    assert found(allowed) == ()
    (finding,) = found(denied)
    assert (finding.rule, finding.severity) == ("column", "error")


@pytest.mark.parametrize(
    "code",
    [
        'x = flights["carrier"].value_counts()["UA"]',
        'x = flights.describe().loc["mean", "dep_delay"]',
        'x = flights.pivot_table(index="carrier", columns="dest", values="dep_delay").reset_index()["JFK"]',
        'names = {"UA": "United"}\nx = names["UA"]',
        'x = [row["anything"] for row in rows]',
    ],
)
def test_what_the_text_cannot_tell_is_let_pass(code):
    assert found(code) == ()


def test_a_finding_says_what_was_meant_at_its_line():
    (finding,) = found('import pandas as pd\nx = flights["dep_delai"]')
    assert (finding.line, finding.hint) == (2, "Write `dep_delay`.")


def test_a_finding_survives_json():
    (finding,) = found('x = flights["dep_delai"]')
    assert Finding.from_dict(finding.to_dict()) == finding
