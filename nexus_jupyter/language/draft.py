"""The draft: what was understood so far, in terms of the catalog's columns, before it is a plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nexus_jupyter.language.vocabulary import Ref

if TYPE_CHECKING:
    from nexus_jupyter.language.sides import Sides

Key = tuple[Ref, str]  # a column and a unit of time, "" for the column itself


TIMELINE = "timeline-"
"""Before a unit of time: points on the time line, whether or not the data stay within a year."""


@dataclass(slots=True)
class Quantity:
    """A number that a question speaks of: a function of a column, or a count of a table's rows.

    With `times` the column is multiplied by another one first; with `where` only those rows count; `less` is taken off and `over` divides,
    both worked out by themselves, so that a ratio is one of totals; `scale` is 100 for percents; `name` is what it is then called; `q` is the place
    of a quantile, from 0 to 1; `absolute` drops the sign.
    """

    func: str
    ref: Ref | None = None
    table: str | None = None
    times: Ref | None = None
    where: Pred | None = None
    less: Quantity | None = None
    over: Quantity | None = None
    scale: int = 1
    name: str = ""
    q: float | None = None
    absolute: bool = False

    @property
    def aggregate(self) -> bool:
        """True where it is computed over several rows."""
        return bool(self.func)

    @property
    def composed(self) -> bool:
        """True where it is made of several numbers, or of some rows only."""
        return bool(self.times or self.where or self.less or self.over or self.scale != 1)

    def parts(self) -> Iterator[Quantity]:
        """Walk the quantity and those that it is made of."""
        yield self
        if self.times is not None:
            yield Quantity("sum", self.times)
        for other in (self.less, self.over):
            if other is not None:
                yield from other.parts()


@dataclass(slots=True)
class Pred:
    """A condition: `kind` is cmp, in, between, like, null, exists, unit, linked, peer, or, or and.

    `denied` where "no" or "do not" says that nothing fits, `anded` where "and" ties it to the one before.
    """

    kind: str
    ref: Ref | None = None
    op: str = "=="
    value: Any = None
    high: Any = None
    negated: bool = False
    denied: bool = False
    unit: str = ""
    parts: list[Pred] = field(default_factory=list)
    table: str = ""
    joined: str = ""
    anded: bool = False


@dataclass(slots=True)
class Order:
    """An order: by a quantity, or by "x", "y" or "" (nothing named)."""

    target: Quantity | str
    descending: bool
    said: bool = True


@dataclass(slots=True)
class Extreme:
    """The rows or groups with the most or least of something.

    `of_rows` where an adjective ("the farthest") speaks of single rows; `rank` is 2 for the second.
    """

    quantity: Quantity
    descending: bool
    n: int = 1
    said_n: bool = False
    of_rows: bool = False
    rank: int = 1


@dataclass(slots=True)
class Draft:
    """Everything that the words of one request asked for."""

    selects: list[Quantity] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    preds: list[Pred] = field(default_factory=list)
    havings: list[tuple[Quantity, str, Any, Any]] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    extremes: list[Extreme] = field(default_factory=list)
    limit: int | None = None
    limit_end: str = ""
    distinct: bool = False
    tables: list[str] = field(default_factory=list)
    series: list[Key] = field(default_factory=list)
    bins: list[tuple[Ref | None, str]] = field(default_factory=list)
    facets: list[Key] = field(default_factory=list)
    places: dict[str, Ref] = field(default_factory=dict)
    looks: set[str] = field(default_factory=set)
    asked_bins: int | None = None
    mark: str = ""
    mode: str = ""
    statistic: str = ""
    combine: str = ""
    left_words: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    ties: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    cost: float = 0.0
    asked: list[str] = field(default_factory=list)
    wh: str = ""
    tests: list[str] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)
    alternative: str = "two-sided"
    span: bool = False
    again: bool = False
    change: str = ""
    percent: bool = False
    absolute: bool = False
    sides: Sides | None = None

    def refs(self) -> list[Ref]:
        """Name every column that is used, in order of mention."""
        found = [x.ref for q in self.selects for x in q.parts()] + [k for k, _ in self.keys] + [r for p in self.preds for r in refs_of(p)]
        found += [q.ref for q, *_ in self.havings] + [o.target.ref for o in self.orders if isinstance(o.target, Quantity)]
        found += [e.quantity.ref for e in self.extremes] + [k for k, _ in [*self.series, *self.facets]] + [r for r, _ in self.bins]
        return list(dict.fromkeys(r for r in found if r is not None))


def refs_of(pred: Pred) -> list[Ref]:
    """Name the columns that a condition reads in the joined table (not those inside an existence test)."""
    if pred.kind == "exists":
        return []
    found = [pred.ref] if pred.ref is not None else []
    found += [pred.value] if isinstance(pred.value, Ref) else []
    for part in pred.parts:
        found += refs_of(part)
    return found


class NotUnderstood(Exception):
    """The reading at hand cannot be finished; the text says why."""


class Impossible(NotUnderstood):
    """The question is understood, and the data has no answer: the text says why, and what would be possible. No other reading may make one up."""


def day(text: str) -> dt.date | None:
    """Read an ISO day."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
