"""The search: a reading is a walk with choices, and the cheapest walks are tried first."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = tuple[Hashable, ...]
Prescribed = frozenset[tuple[Key, int]]
CLOSE = 0.25
"""Two readings whose costs differ by less are both offered."""
MOST_TRIES, MOST_AFTER = 32, 10


@dataclass(slots=True)
class Trail:
    """The choices of one try: those prescribed from before, and those made; a choice that nothing prescribes takes the first option."""

    prescribed: Prescribed = frozenset()
    made: dict[Key, tuple[int, tuple[float, ...]]] = field(default_factory=dict)
    _ahead: dict[Key, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index what is prescribed."""
        self._ahead = dict(self.prescribed)

    def ahead(self, key: Key) -> int:
        """Tell which option is prescribed for a choice, without making it."""
        return self._ahead.get(key, 0)

    def choose(self, key: Key, costs: tuple[float, ...]) -> int:
        """Choose one of several options, each with a cost; the same choice asked again gives the same answer."""
        taken = min(self._ahead.get(key, 0), len(costs) - 1)
        if key not in self.made:
            self.made[key] = (taken, costs)
        return taken

    @property
    def cost(self) -> float:
        """What the choices cost together."""
        return sum(costs[taken] for taken, costs in self.made.values())

    def others(self) -> Iterable[tuple[float, Prescribed]]:
        """Give the neighbouring walks: one choice turned to its next option, with what that costs more."""
        for key, (taken, costs) in self.made.items():
            if taken + 1 < len(costs):
                rest = frozenset((k, n) for k, n in self.prescribed if k != key)
                yield costs[taken + 1] - costs[taken], rest | {(key, taken + 1)}


S = TypeVar("S")
T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Found(Generic[T]):
    """What one try gave: its result, what it costs in all (None where it failed), and whether other choices could mend it."""

    result: T
    trail: Trail
    total: float | None
    hopeful: bool = True


def search(starts: Iterable[tuple[float, S]], attempt: Callable[[S, Trail], Found[T]]) -> tuple[list[Found[T]], bool]:
    """Try walks from the cheapest on, until none that is left can come near the best.

    Returns
    -------
    tuple
        The tries in the order in which they were made, and whether some that might have come near were not made.
    """
    serial = itertools.count()
    heap: list[tuple[float, int, bool, S, Prescribed]] = [(prior, next(serial), False, start, frozenset()) for prior, start in starts]
    heapq.heapify(heap)
    seen: set[tuple[int, Prescribed]] = set()
    tries: list[Found[T]] = []
    bound, most = float("inf"), MOST_TRIES
    while heap and len(tries) < most and heap[0][0] < bound:
        prior, _, _, start, prescribed = heapq.heappop(heap)
        trail = Trail(prescribed)
        found = attempt(start, trail)
        tries.append(found)
        if found.total is not None:
            bound, most = min(found.total + CLOSE, bound), min(most, len(tries) + MOST_AFTER)
        elif not found.hopeful:
            continue
        reached = prior if found.total is None else max(prior, found.total)
        for more, walk in trail.others():
            key = (id(start), walk)
            if key not in seen and reached + more < bound:
                seen.add(key)
                tied = found.total is not None and trail.cost + more < CLOSE
                heapq.heappush(heap, (reached + more, next(serial), tied, start, walk))
    return tries, any(tied and prior < bound for prior, _, tied, *_ in heap)
