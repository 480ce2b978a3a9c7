from __future__ import annotations

import pytest

import nexus_jupyter as nexus


@pytest.fixture(scope="module")
def rides():
    import pandas as pd

    n = 60
    return pd.DataFrame(
        {
            "line": [("red", "blue", "green", "amber")[i % 4] for i in range(n)],
            "minutes": [20 + (i * 7) % 23 + (40 if i % 4 == 3 else 0) for i in range(n)],
            "distance": [5.5 + (i * 5) % 17 + (30 if i % 4 == 1 else 0) for i in range(n)],
            "fare": [2.25 + (i * 3) % 11 for i in range(n)],
            "lap_time": [60.5 + (i * 11) % 29 for i in range(n)],
        }
    )


def first(question, frame):
    answer = nexus.ask(question, data={"rides": frame})
    assert answer.status == "answered", answer.text
    return answer.table.to_numpy().tolist()


@pytest.mark.parametrize(
    ("question", "column", "func", "largest"),
    [
        ("which line has the longest average minutes", "minutes", "mean", True),
        ("which line has the longest total fare", "fare", "sum", True),
        ("the line with the shortest median minutes", "minutes", "median", False),
        ("which line has the latest average minutes", "minutes", "mean", True),
        ("which line has the farthest average distance", "distance", "mean", True),
        ("which line has the fastest average lap time", "lap_time", "mean", False),
        ("which line has the slowest average lap time", "lap_time", "mean", True),
        ("which line has the biggest mean fare", "fare", "mean", True),
    ],
)
def test_adjective_before_an_aggregate_compares_groups_by_it(rides, question, column, func, largest):
    groups = rides.groupby("line")[column].agg(func)
    wanted = groups.idxmax() if largest else groups.idxmin()
    assert first(question, rides) == [[wanted, pytest.approx(groups[wanted])]]


def test_several_groups_are_compared_by_the_aggregate_that_follows_the_adjective(rides):
    wanted = rides[rides.fare > 4].groupby("line").minutes.mean().nlargest(3)
    got = first("which three lines have the longest average minutes among rides with a fare above 4", rides)
    assert [row[0] for row in got] == list(wanted.index)


def test_adjective_without_a_measure_speaks_of_single_rows(rides):
    got = first("which line has the longest ride", rides)
    assert got == [["blue", rides.distance.max()]]


@pytest.mark.parametrize(
    ("question", "column", "func", "n", "largest"),
    [
        ("sum of the 5 largest fares", "fare", "sum", 5, True),
        ("average of the top 10 distances", "distance", "mean", 10, True),
        ("mean of the 3 lowest fares", "fare", "mean", 3, False),
    ],
)
def test_measure_is_of_the_rows_with_the_most(rides, question, column, func, n, largest):
    rows = rides[column].nlargest(n) if largest else rides[column].nsmallest(n)
    assert nexus.ask(question, data={"rides": rides}).value == pytest.approx(rows.agg(func))


@pytest.mark.parametrize(
    "question",
    [
        "total of the top 3 fares by line",
        "average fare of the highest distance ride",
        "average fare of the 5 largest rides",
    ],
)
def test_measure_of_the_most_is_not_read_as_two_numbers(rides, question):
    frame = rides.assign(ride_id=range(1000, 1000 + len(rides)))
    assert nexus.ask(question, data={"rides": frame}).status != "answered"


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("longest distance per line", {"red": "max", "blue": "max", "green": "max", "amber": "max"}),
        ("which line has the longest distance", "max"),
    ],
)
def test_an_adjective_before_its_own_measure_speaks_of_single_rows(rides, question, wanted):
    longest = rides.groupby("line").distance.max()
    rows = first(question, rides)
    if isinstance(wanted, dict):
        assert {row[0]: row[-1] for row in rows} == longest.to_dict()
    else:
        assert rows[0][0] == longest.idxmax()
        assert rows[0][-1] == pytest.approx(longest.max())


def test_the_heaviest_on_average_compares_means():
    import pandas as pd

    birds = pd.DataFrame({"kind": ["owl", "owl", "jay", "jay", "jay"], "weight_g": [900.0, 100.0, 300.0, 600.0, 630.0]})
    answer = nexus.ask("which kind is the heaviest on average?", data={"birds": birds})
    assert answer.status == "answered", answer.text
    assert "jay" in answer.text
    assert "510" in answer.text


def test_words_that_and_joins_are_not_one_abbreviated_name():
    import pandas as pd

    stops = pd.DataFrame({"dep_delay": [1.0, 2.0, 4.0, 3.0], "dep_time": [5, 3, 8, 9], "arr_delay": [2.0, 2.5, 5.0, 3.5]})
    answer = nexus.ask("correlation between departure delay and arrival delay", data={"stops": stops})
    assert answer.value == pytest.approx(stops.dep_delay.corr(stops.arr_delay))
