from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from nexus_jupyter.codegen.generate import generate
from nexus_jupyter.context.catalog import build_catalog
from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.context.frames import describe_frame
from nexus_jupyter.plan.expressions import Col, Compare, Lit
from nexus_jupyter.plan.plan import Output, Plan
from nexus_jupyter.plan.step import Measure, SortKey
from nexus_jupyter.plan.steps import Aggregate, Filter, Sort, Source
from nexus_jupyter.plan.summaries import Chart
from nexus_jupyter.review.review import review

FRAME = pd.DataFrame({"carrier": ["AA", "UA", "AA"], "origin": ["JFK", "LGA", "JFK"], "dep_delay": [1.0, 2.0, None]})
DATA = describe_frame("flights", FRAME)
CATALOG = Catalog(datasets=(DATA,))


def rules(code, plan=None):
    return [f.rule for f in review(code, plan, CATALOG)]


@pytest.fixture
def plan():
    source = Source(dataset="flights", table=DATA.schema)
    kept = Filter(input=source, where=Compare("==", Col("origin"), Lit("JFK")))
    grouped = Aggregate(input=kept, keys=("carrier",), measures=(Measure(name="delay", func="mean", column="dep_delay"),))
    ordered = Sort(input=grouped, by=(SortKey(column="delay"),))
    return Plan(outputs=(Output(step=Chart(input=ordered, kind="bar", x="carrier", y="delay"), form="chart", name="chart"),))


GOOD = """
import plotly.express as px
t = flights[flights["origin"] == "JFK"].groupby("carrier", as_index=False).agg(delay=("dep_delay", "mean")).sort_values("delay")
result = px.bar(t, x="carrier", y="delay")
"""


def test_a_good_program_has_no_findings(plan):
    assert rules(GOOD, plan) == []


def test_what_is_not_python_is_refused_by_line():
    (finding,) = review("x = 1\ny = = 2", None, CATALOG)
    assert (finding.rule, finding.line, finding.severity) == ("syntax", 2, "error")


@pytest.mark.parametrize("code", ["import os\nresult = flights", "result = flights.to_pickle('x')", "result = open('x')"])
def test_what_the_policy_refuses_is_found(code):
    assert any(r.startswith("policy-") for r in rules(code))


@pytest.mark.parametrize(
    ("allowed", "denied"),
    [
        ('result = flights["dep_delay"].mean()', 'result = flights["dep_delai"].mean()'),
        ('result = flights[["origin", "carrier"]]', 'result = flights[["origin", "carier"]]'),
        ('result = flights.groupby("carrier").size()', 'result = flights.groupby("carriers").size()'),
        ('result = flights.loc[flights["origin"] == "JFK", "dep_delay"]', 'result = flights.loc[flights["origin"] == "JFK", "delay"]'),
        ('t = flights.assign(late=1)\nresult = t["late"]', 'result = flights["late"]'),
    ],
)
def test_a_column_that_is_not_there_is_found(allowed, denied):
    assert rules(allowed) == []
    assert rules(denied) == ["column"]


def test_a_misspelt_column_is_corrected():
    (finding,) = review('result = flights["dep_delai"].mean()', None, CATALOG)
    assert "Did you mean `dep_delay`?" in finding.message


@pytest.mark.parametrize(
    ("allowed", "denied", "rule"),
    [
        ("t = flights.copy()\nresult = t", "flights = {}\nresult = flights", "input-rebuilt"),
        (
            'import pandas as pd\nflights = pd.read_csv("f.csv")\nresult = flights',
            'import pandas as pd\nflights = pd.DataFrame({"carrier": [1]})\nresult = flights',
            "input-rebuilt",
        ),
        ("t = flights.assign(x=1)\nresult = t", 'flights["x"] = 1\nresult = flights', "input-written"),
        ("t = flights.copy()\nt['x'] = 1\nresult = t", "flights.loc[0, 'carrier'] = 'x'\nresult = flights", "input-written"),
        ("result = flights.dropna()", "flights.dropna(inplace=True)\nresult = flights", "input-written"),
        ("result = len(flights)", "result = 3", "input-unread"),
        ("t = flights\nt = t.assign(x=1)\nresult = t", "t = flights\nt['x'] = 1\nresult = t", "input-written"),
        ("t = flights\nresult = t.dropna()", "t = s = flights\ns.dropna(inplace=True)\nresult = t", "input-written"),
        ("t, n = flights.copy(), 1\nt['x'] = n\nresult = t", "t, n = flights, 1\nt['x'] = n\nresult = t", "input-written"),
        (
            'import pandas as pd\nt = pd.DataFrame({"what": ["a", "b"], "n": [len(flights), 2]})\nresult = t',
            'import pandas as pd\nt = pd.DataFrame({"carrier": ["AA", "UA", "AA"], "dep_delay": [1.0, 2.0, 5.0]})\nresult = t, len(flights)',
            "input-rebuilt",
        ),
    ],
)
def test_a_program_reads_its_input_and_leaves_it_alone(allowed, denied, rule):
    assert not [r for r in rules(allowed) if r.startswith("input")]
    assert rule in rules(denied)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('groupby("carrier", as_index=False)', 'groupby("origin", as_index=False)', None),
        ('.groupby("carrier", as_index=False).agg(delay=("dep_delay", "mean"))', "", "conformity-group"),
        ('"JFK"', '"LGA"', "conformity-filter"),
        ('.sort_values("delay")', "", "conformity-sort"),
        ('.sort_values("delay")', '.sort_values("delay", ascending=False)', "conformity-direction"),
        ('.sort_values("delay")', '.nlargest(5, "delay")', "conformity-direction"),
        ('.sort_values("delay")', '.sort_values(["delay"], ascending=[True])', None),
        ('"mean"', '"median"', "conformity-measure"),
        ("px.bar(", "px.pie(", "conformity-chart"),
    ],
)
def test_what_the_plan_asks_for_has_to_be_in_the_program(plan, old, new, rule):
    found = rules(GOOD.replace(old, new), plan)
    assert rule in found if rule else not [r for r in found if "direction" in r or "measure" in r]


@pytest.mark.parametrize(
    ("allowed", "denied"),
    [
        ('m = flights["dep_delay"].mean()\nresult = {"mean": m}', 'm = flights["dep_delay"].mean()\nresult = {"mean": 1.5}'),
        (
            "parts = []\nfor c in ['AA', 'UA']:\n    parts.append((flights['carrier'] == c).sum())\nresult = parts",
            "n = len(flights)\nresult = [2, 1]",
        ),
        ("def mean(column):\n    return flights[column].mean()\nresult = mean('dep_delay')", "n = len(flights)\nresult = 1.5"),
    ],
)
def test_an_answer_is_computed_from_the_data(allowed, denied):
    assert rules(allowed) == []
    assert rules(denied) == ["answer-constant"]


def test_the_line_of_a_finding_is_the_line_of_the_cell(tmp_path):
    (tmp_path / "trips.csv").write_text("carrier,fare\nAA,1.0\nUA,2.0\n")
    catalog, _ = build_catalog({"trips": tmp_path / "trips.csv"})
    source = Source(dataset="trips", table=catalog.dataset("trips").schema)
    grouped = Aggregate(input=source, keys=("carrier",), measures=(Measure(name="fare", func="mean", column="fare"),))
    program = generate(Plan(outputs=(Output(step=grouped, form="table", name="fares"),)), catalog)
    wrong = replace(program, body=tuple(b.replace('"fare"', '"fair"') for b in program.body))
    (finding,) = [f for f in review(wrong, None, catalog) if f.rule == "column"]
    assert '"fair"' in wrong.text.splitlines()[finding.line - 1]
    assert '"fair"' not in wrong.job.splitlines()[finding.line - 1 : finding.line]
