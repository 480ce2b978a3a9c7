"""Which columns are believed to join two frames, and which are not."""

from __future__ import annotations

import pandas as pd

from nexus_jupyter.context.dataset import Edge
from nexus_jupyter.context.frames import describe_frame
from nexus_jupyter.context.joins import find_edges


def edges_of(**frames: pd.DataFrame) -> tuple[Edge, ...]:
    """Describe the frames and find their edges."""
    return find_edges([describe_frame(name, frame) for name, frame in frames.items()], frames)


def pairs(edges: tuple[Edge, ...], *, named: bool = True) -> list[tuple[str, str]]:
    """Give the columns of the edges."""
    return [(e.left_on, e.right_on) for e in edges if e.named is named]


def test_the_same_name_with_contained_values_joins() -> None:
    edges = edges_of(
        orders=pd.DataFrame({"order_id": range(8), "customer_id": [1, 2, 3, 1, 2, 3, 1, 1]}),
        customers=pd.DataFrame({"customer_id": range(1, 6), "name": list("abcde")}),
    )
    assert pairs(edges) == [("customer_id", "customer_id")]
    assert (edges[0].unique_left, edges[0].unique_right, edges[0].containment) == (False, True, 1.0)


def test_a_column_that_names_the_other_table_joins_its_key() -> None:
    edges = edges_of(
        models=pd.DataFrame({"Id": range(10, 16), "Maker": [1, 2, 3, 1, 2, 1]}),
        car_makers=pd.DataFrame({"Id": [1, 2, 3, 4], "FullName": ["Fiat", "Volvo", "Saab", "Audi"]}),
    )
    assert pairs(edges) == [("Maker", "Id")]


def test_a_generic_name_alone_never_joins() -> None:
    edges = edges_of(
        songs=pd.DataFrame({"id": range(1, 6), "name": list("abcde"), "year": [2001, 2002, 2003, 2004, 2005]}),
        pets=pd.DataFrame({"id": range(1, 6), "name": list("abcde"), "year": [2001, 2002, 2003, 2004, 2005]}),
    )
    assert edges == ()


def test_places_and_contacts_never_join() -> None:
    edges = edges_of(
        shops=pd.DataFrame({"shop": list("pqrs"), "city": ["Oslo", "Rome", "Bern", "Kyiv"], "phone": ["1-2", "3-4", "5-6", "7-8"]}),
        staff=pd.DataFrame({"person": list("wxyz"), "city": ["Oslo", "Rome", "Bern", "Kyiv"], "phone": ["1-2", "3-4", "5-6", "7-8"]}),
    )
    assert edges == ()


def test_values_alone_are_kept_apart_and_score_low() -> None:
    edges = edges_of(
        flights=pd.DataFrame({"origin": ["JFK", "LGA", "EWR"] * 5, "dest": ["LAX", "JFK", "SFO", "ORD", "BOS"] * 3}),
        airports=pd.DataFrame({"faa": ["JFK", "LGA", "EWR", "LAX", "SFO", "ORD", "BOS", "DEN"], "alt": range(8)}),
    )
    assert pairs(edges) == []
    assert set(pairs(edges, named=False)) == {("origin", "faa"), ("dest", "faa")}
    assert all(e.score <= 0.5 for e in edges)


def test_two_keys_to_one_table_are_two_roles_of_similar_score() -> None:
    edges = edges_of(
        matches=pd.DataFrame({"match": range(6), "home_team_id": [1, 2, 3, 4, 1, 2], "away_team_id": [2, 3, 4, 1, 3, 4]}),
        teams=pd.DataFrame({"team_id": [1, 2, 3, 4], "town": list("abcd")}),
    )
    found = [e for e in edges if e.named]
    assert {(e.left_on, e.right_on) for e in found} == {("home_team_id", "team_id"), ("away_team_id", "team_id")}
    assert abs(found[0].score - found[1].score) < 0.05


def test_nothing_joins_where_neither_side_is_unique() -> None:
    edges = edges_of(one=pd.DataFrame({"team_id": [1, 1, 2]}), two=pd.DataFrame({"team_id": [1, 2, 2]}))
    assert edges == ()


def test_values_that_are_not_there_do_not_join() -> None:
    edges = edges_of(one=pd.DataFrame({"team_id": [1, 2, 3]}), two=pd.DataFrame({"team_id": [10, 20, 20]}))
    assert edges == ()


def test_numbers_never_join_text() -> None:
    edges = edges_of(one=pd.DataFrame({"team_id": [1, 2, 3]}), two=pd.DataFrame({"team_id": ["1", "2", "2"]}))
    assert edges == ()


def test_a_column_of_floats_that_are_whole_joins_integers() -> None:
    edges = edges_of(
        orders=pd.DataFrame({"order_id": range(4), "customer_id": [1, 2, None, 2]}),
        customers=pd.DataFrame({"customer_id": [1, 2, 3], "age": [5, 6, 7]}),
    )
    assert pairs(edges) == [("customer_id", "customer_id")]


def test_a_large_column_is_measured_on_a_part_of_its_values() -> None:
    size = 300_000
    edges = edges_of(
        visits=pd.DataFrame({"visit_id": range(size), "user_id": range(size)}),
        users=pd.DataFrame({"user_id": range(size + 10), "age": [1] * (size + 10)}),
    )
    assert ("user_id", "user_id") in pairs(edges)


def _hours(count: int) -> pd.DataFrame:
    """Weather: one row an airport and hour."""
    hours = pd.date_range("2024-01-01", periods=count, freq="h")
    return pd.DataFrame(
        {
            "origin": ["JFK"] * count + ["LGA"] * count,
            "time_hour": [*hours, *hours],
            "wind": [float(i) for i in range(2 * count)],
        }
    )


def test_columns_that_only_together_are_a_key_join() -> None:
    weather = _hours(40)
    flights = weather[["origin", "time_hour"]].sample(100, replace=True, random_state=3).assign(delay=1.5)
    edge = edges_of(flights=flights, weather=weather)[0]
    assert edge.pairs == (("origin", "origin"), ("time_hour", "time_hour"))
    assert (edge.unique_left, edge.unique_right) == (False, True)
    assert "identify the rows of `weather`" in edge.reason


def test_a_key_of_several_columns_that_repeats_a_little_says_how_often() -> None:
    weather = _hours(1000)
    weather = pd.concat([weather, weather.head(1)])
    flights = weather[["origin", "time_hour"]].sample(100, random_state=3).assign(delay=1.5)
    edge = edges_of(flights=flights, weather=weather)[0]
    assert not edge.unique_right
    assert "but for 1 that repeat" in edge.reason


def test_columns_that_identify_nothing_together_do_not_join() -> None:
    left = pd.DataFrame({"origin": ["JFK", "LGA"] * 10, "season": ["s", "s", "w", "w"] * 5, "delay": [0.5] * 20})
    right = pd.DataFrame({"origin": ["JFK", "LGA"] * 12, "season": ["s", "w"] * 12, "wind": [0.5] * 24})
    assert not edges_of(left=left, right=right)


def test_one_column_that_joins_is_enough() -> None:
    planes = pd.DataFrame({"tailnum": [f"N{i}" for i in range(30)], "maker": ["A", "B"] * 15})
    flights = pd.DataFrame({"tailnum": [f"N{i % 30}" for i in range(90)], "maker": ["A", "B"] * 45, "delay": [0.5] * 90})
    assert edges_of(flights=flights, planes=planes)[0].pairs == (("tailnum", "tailnum"),)
