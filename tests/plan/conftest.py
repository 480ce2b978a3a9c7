"""Schemas and plans that several tests of the room share."""

from __future__ import annotations

import pytest

from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.plan.expressions import And, Cell, Col, Compare, In, IsNull
from nexus_jupyter.plan.plan import Output, Plan
from nexus_jupyter.plan.step import Cast, Measure, SortKey
from nexus_jupyter.plan.steps import Aggregate, Filter, Sort, Source, Top
from nexus_jupyter.plan.summaries import Chart


@pytest.fixture
def flights() -> Schema:
    """A table with a column of each kind that matters here."""
    return Schema(
        (
            Column(name="carrier", kind=Kind.STRING, role=Role.CATEGORY),
            Column(name="dep_delay", kind=Kind.FLOAT, role=Role.MEASURE, unit="min"),
            Column(name="distance", kind=Kind.INTEGER, role=Role.MEASURE, nullable=False),
            Column(name="time_hour", kind=Kind.DATETIME, role=Role.DATE),
            Column(name="written", kind=Kind.STRING, role=Role.DATE),
            Column(name="tags", kind=Kind.NESTED, role=Role.TEXT),
        ),
    )


@pytest.fixture
def source(flights: Schema) -> Source:
    """The table as a step, with its text date read as one."""
    return Source(dataset="flights", table=flights, casts=(Cast(column="written", to="datetime", format="%d-%b-%y"),))


@pytest.fixture
def plan(source: Source) -> Plan:
    """A plan with a look-up, a filter, groups, an order and a chart."""
    overall = Aggregate(input=source, measures=(Measure(name="overall", func="mean", column="dep_delay"),))
    late = Filter(
        input=source,
        where=And(
            (
                Compare(">", Col("dep_delay"), Cell(overall, "overall")),
                In(Col("carrier"), ("UA", "AA")),
                IsNull(Col("distance"), negated=True),
            )
        ),
    )
    groups = Aggregate(input=late, keys=("carrier",), measures=(Measure(name="mean_dep_delay", func="mean", column="dep_delay"),))
    worst = Top(
        input=Sort(input=groups, by=(SortKey(column="mean_dep_delay", descending=True),)),
        n=3,
        by=(SortKey(column="mean_dep_delay", descending=True),),
    )
    chart = Chart(input=worst, kind="bar", x="carrier", y="mean_dep_delay")
    return Plan(
        outputs=(
            Output(step=worst, form="table", name="by_carrier", label="average dep_delay by carrier"),
            Output(step=chart, form="chart", name="fig", label="average dep_delay by carrier"),
        ),
    )
