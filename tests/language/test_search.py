from __future__ import annotations

from nexus_jupyter.language.search import MOST_TRIES, Found, Trail, search


def run(costs: dict[str, tuple[float, ...]], good: dict[tuple[int, ...], float]) -> tuple[list[Found[tuple[int, ...]]], bool]:
    def attempt(_: str, trail: Trail) -> Found[tuple[int, ...]]:
        taken = tuple(trail.choose((name,), options) for name, options in costs.items())
        extra = good.get(taken)
        return Found(result=taken, trail=trail, total=None if extra is None else trail.cost + extra)

    return search([(0.0, "start")], attempt)


def test_first_options_are_taken_where_they_work() -> None:
    tries, open_end = run({"a": (0.0, 1.0), "b": (0.0, 1.0)}, {(0, 0): 0.0})
    assert [t.result for t in tries] == [(0, 0)]
    assert not open_end


def test_cheapest_other_walk_is_tried_when_the_first_fails() -> None:
    tries, _ = run({"a": (0.0, 1.0), "b": (0.0, 0.5)}, {(0, 1): 0.0, (1, 0): 0.0})
    assert [t.result for t in tries] == [(0, 0), (0, 1)]


def test_walks_that_cost_the_same_are_all_tried() -> None:
    tries, _ = run({"a": (0.0, 0.0)}, {(0,): 0.0, (1,): 0.0})
    assert {t.result for t in tries} == {(0,), (1,)}


def test_number_of_tries_is_bounded() -> None:
    tries, _ = run({str(n): (0.0, 0.5, 0.6) for n in range(12)}, {})
    assert len(tries) == MOST_TRIES


def test_hopeless_try_is_not_varied() -> None:
    def attempt(_: str, trail: Trail) -> Found[int]:
        return Found(result=trail.choose(("a",), (0.0, 0.1)), trail=trail, total=None, hopeful=False)

    tries, _ = search([(0.0, "start")], attempt)
    assert len(tries) == 1


def test_choice_asked_again_gives_the_same_answer_and_costs_once() -> None:
    trail = Trail(frozenset({(("a",), 1)}))
    assert trail.choose(("a",), (0.0, 0.4)) == trail.choose(("a",), (0.0, 0.4)) == 1
    assert trail.cost == 0.4
