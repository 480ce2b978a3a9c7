"""Confidence: how often readings like this one are right, from what was doubtful in them."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass

from nexus_jupyter.language.language import Understanding
from nexus_jupyter.plan.expressions import And, Expr, IsNull
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.steps import Filter

MOST_CONDITIONS = 3
WEAK = 0.7
"""Links below it are parts of names, abbreviations and words of another meaning; see `explaining.LEVELS`."""
BASE = -3.8
WEIGHTS = (0.7, 0.8, 0.4, 0.6)
"""What each doubt adds to the log-odds of being wrong, in the order of `Doubts`.

A logistic regression with weights of at least 0, over the answers to five public sets of questions and the project's own; `benchmarks/confidence.py`
fits it, each time leaving one set out, from the counts in `benchmarks/confidence.csv`. Rounded, so that nothing hangs on a third digit.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """What goes with wrong answers; see docs/quality.md for how much it tells.

    Attributes
    ----------
    conditions
        How many conditions restrict the rows, at most three: each may be read amiss.
    rivals
        1 where another reading was passed over.
    weak
        1 where a column was found by less than its name.
    slips
        1 where a word was read as another one, spelled otherwise.
    """

    conditions: int = 0
    rivals: int = 0
    weak: int = 0
    slips: int = 0


def doubts(found: Understanding) -> Doubts:
    """Count what is doubtful in the best reading of a question."""
    plan = found.readings[0].plan
    return Doubts(
        conditions=min(MOST_CONDITIONS, _conditions(plan)),
        rivals=int(len(found.readings) > 1),
        weak=int(any(x.target.startswith("column ") and x.score < WEAK for x in found.links)),
        slips=int(any(a.about == "word" for a in plan.assumptions)),
    )


def confidence(found: Understanding) -> float:
    """Give the share of right answers that readings with such doubts have.

    Examples
    --------
    >>> round(chance(Doubts()), 2), round(chance(Doubts(conditions=2, rivals=1)), 2)
    (0.98, 0.83)
    """
    return chance(doubts(found))


def chance(d: Doubts) -> float:
    """Give the chance of being right that belongs to some doubts."""
    wrong = BASE + sum(w * n for w, n in zip(WEIGHTS, astuple(d), strict=True))
    return 1 / (1 + math.exp(wrong))


def _conditions(plan: Plan) -> int:
    return sum(_count(step.where) for step in plan.steps if isinstance(step, Filter))


def _count(where: Expr) -> int:
    """Count the conditions that have to hold together; one that a value is there is none of the question's."""
    if isinstance(where, And):
        return sum(_count(part) for part in where.parts)
    return int(not (isinstance(where, IsNull) and where.negated))
