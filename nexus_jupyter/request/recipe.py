"""The recipe: what a request says is to be done with the rows before anything is computed, and by which methods."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from nexus_jupyter.plan.expressions import Expr
from nexus_jupyter.plan.step import Step
from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.mentions import Linker

DROP, FILL, DERIVE, FILTER, OUTLIER, SCALE = range(6)
"""The order of a recipe, where the words give none."""

_TAIL = r"(?: (?:columns?|variables?|features?|fields?|attributes?|values?|scores?|prices?|data|levels?|of today))*"
C = rf"(?:the |both |each |its |this |new |all |any |a |an |their |total |number of |recorded )*<c\d+>{_TAIL}"
CS = rf"{C}(?:(?: ,| and| , and| &| /| as well as| plus) {C})*"

Rule: TypeAlias = "tuple[str, str, Callable[[Recipe, Line, re.Match[str]], bool]]"


@dataclass(frozen=True, slots=True)
class Change:
    """Something done to the rows: when it comes by default, what it is called in the gate, and how it is done."""

    rank: int
    why: str
    apply: Callable[[Step], Step]
    column: str = ""


@dataclass(frozen=True, slots=True)
class Outlying:
    """How outliers are found, and what becomes of them: counted, removed, or replaced."""

    columns: tuple[str, ...] = ()
    method: Literal["", "zscore", "iqr", "mad"] = ""
    threshold: float | None = None
    side: Literal["both", "high", "low"] = "both"
    ddof: int = 1
    action: Literal["", "remove", "mean", "median"] = ""


@dataclass(slots=True)
class Learning:
    """A model as a request describes it."""

    kind: str = ""
    target: str = ""
    features: list[str] = field(default_factory=list)
    test_size: float | None = None
    folds: int | None = None
    seed: int | None = None
    balanced: bool = False
    whole: bool = False
    scale: str = "none"
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Recipe:
    """Everything that the sentences say of how."""

    linker: Linker
    changes: list[Change] = field(default_factory=list)
    made: dict[str, Callable[[], Expr] | None] = field(default_factory=dict)
    labels: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)
    pairs: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)
    outlying: Outlying | None = None
    learning: Learning | None = None
    alpha: float = 0.05
    population: bool = False
    biased: bool = False
    roles: dict[str, set[str]] = field(default_factory=dict)
    new: str = ""
    period: str = ""
    shares: list[Expr] = field(default_factory=list)
    conditions: dict[str, list[tuple[Expr, str]]] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    gaps: bool = False
    dummies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    picked: tuple[str, str] | None = None
    used: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    filled: dict[str, tuple[str, Any]] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def add(self, rank: int, why: str, apply: Callable[[Step], Step], column: str = "") -> None:
        """Add a change, once."""
        if not any((c.rank, c.why) == (rank, why) for c in self.changes):
            self.changes.append(Change(rank, why, apply, column))

    def role(self, role: str, *columns: str) -> None:
        """Note what columns are there for."""
        for c in columns:
            self.roles.setdefault(c, set()).add(role)


def run(recipe: Recipe, line: Line, rules: tuple[Rule, ...]) -> None:
    """Apply rules to a line; what one matches is explained by it."""
    for why, pattern, rule in rules:
        for m in line.find(pattern):
            if rule(recipe, line, m):
                line.claim(m.start(), m.end(), why)
