"""Fit the weights of the engine's confidence, and say how true it is on sets that it was not fitted on.

    python benchmarks/confidence.py              # the weights, and the table of docs/quality.md

`benchmarks/confidence.csv` holds, for each set of questions and each combination of doubts (`nexus_jupyter.language.confidence.Doubts`),
how many answers were right and wrong. The sets are public: seed (questions that a published system tests itself with), DABench, Spider's
development split (given the tables that a question needs), VisEval, WikiTableQuestions; and the project's own. VisEval and WikiTableQuestions were
counted some hours before the others, with the conditions of the reading in place of those of the plan.
"""

from __future__ import annotations

import csv
import dataclasses
import itertools
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

COUNTS = Path(__file__).with_suffix(".csv")
BANDS = (0.0, 0.7, 0.9, 0.95, 0.97, 1.0)
PULL = 4.0
"""How strongly weights are drawn to 0: few answers say little."""


@dataclasses.dataclass(frozen=True, slots=True)
class Count:
    """How many answers of a set with the same doubts were right and wrong."""

    set: str
    doubts: tuple[int, ...]
    right: int
    wrong: int


def counts() -> list[Count]:
    """Read the counts."""
    with COUNTS.open(encoding="utf-8", newline="") as file:
        return [
            Count(r["set"], tuple(int(r[k]) for k in ("conditions", "rivals", "weak", "slips")), int(r["right"]), int(r["wrong"]))
            for r in csv.DictReader(file)
        ]


def fit(found: Sequence[Count]) -> Any:
    """Fit base and weights: a logistic regression with weights of at least 0."""
    import numpy as np
    from scipy.optimize import minimize

    x = np.array([c.doubts for c in found], dtype=float)
    right, wrong = (np.array([getattr(c, k) for c in found], dtype=float) for k in ("right", "wrong"))

    def loss(b: Any) -> tuple[float, Any]:
        z = b[0] + x @ b[1:]
        pulled = PULL * b[1:]
        slope = (right + wrong) / (1 + np.exp(-z)) - wrong
        value = (right * np.logaddexp(0, z) + wrong * np.logaddexp(0, -z)).sum() + (pulled * b[1:]).sum() / 2
        return float(value), np.r_[slope.sum(), x.T @ slope + pulled]

    start = np.r_[-3.0, np.zeros(x.shape[1])]
    return minimize(loss, start, jac=True, bounds=[(None, None)] + [(0, None)] * x.shape[1]).x


def chances(weights: Any, found: Iterable[Count]) -> list[float]:
    """Give the chance of being right of each count."""
    import numpy as np

    return [float(1 / (1 + np.exp(weights[0] + np.dot(weights[1:], c.doubts)))) for c in found]


def left_out(found: Sequence[Count]) -> list[tuple[Count, float]]:
    """Give each count with the chance from weights that were fitted without its set."""
    told = []
    for name in dict.fromkeys(c.set for c in found):
        mine = [c for c in found if c.set == name]
        told += list(zip(mine, chances(fit([c for c in found if c.set != name]), mine), strict=True))
    return told


def loss(told: Iterable[tuple[Count, float]]) -> float:
    """Give the mean logarithmic loss, which is smaller the truer the chances are."""
    import numpy as np

    pairs = list(told)
    total = sum(c.right + c.wrong for c, _ in pairs)
    return float(-sum(c.right * np.log(p) + c.wrong * np.log(1 - p) for c, p in pairs) / total)


def table(told: Sequence[tuple[Count, float]]) -> list[str]:
    """Write the reliability table: what was said, and what came of it."""
    lines = ["| confidence | answers | right | share | said on average |", "|---|--:|--:|--:|--:|"]
    for low, high in itertools.pairwise(BANDS):
        inside = [(c, p) for c, p in told if low <= p < high]
        right, all_ = sum(c.right for c, _ in inside), sum(c.right + c.wrong for c, _ in inside)
        if all_:
            said = sum(p * (c.right + c.wrong) for c, p in inside) / all_
            lines.append(f"| {low:.2f} to {high:.2f} | {all_:,} | {right:,} | {right / all_:.1%} | {said:.1%} |")
    return lines


def shipped(found: Sequence[Count]) -> list[tuple[Count, float]]:
    """Give each count with the chance that the engine gives."""
    from nexus_jupyter.language.confidence import Doubts, chance

    return [(c, chance(Doubts(conditions=c.doubts[0], rivals=c.doubts[1], weak=c.doubts[2], slips=c.doubts[3]))) for c in found]


def constant(found: Sequence[Count]) -> list[tuple[Count, float]]:
    """Give each count the share of right answers of the other sets."""
    told = []
    for c in found:
        others = [o for o in found if o.set != c.set]
        told.append((c, sum(o.right for o in others) / sum(o.right + o.wrong for o in others)))
    return told


def main() -> int:
    """Print the weights and the tables."""
    found = counts()
    weights = fit(found)
    print("base and weights:", ", ".join(f"{w:.2f}" for w in weights))
    told = left_out(found)
    print(f"logarithmic loss on the set that was left out: {loss(told):.4f}; of the engine's rounded weights: {loss(shipped(found)):.4f}")
    print(f"of one chance for all: {loss(constant(found)):.4f}")
    print("\n".join(table(told)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
