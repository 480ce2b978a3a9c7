"""Which columns join two datasets: evidence of names and of values together.

A pair of columns is looked at when both hold values of one kind and at least one side does not repeat. It is *named* when
the columns share a name that is not generic, or when one column's name, without `id` or `code`, names the other table or
its key. Names alone and values alone are each misleading; a pair that only its values speak for is kept apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from nexus_jupyter.context.composite import find_composite
from nexus_jupyter.context.dataset import Dataset, Edge
from nexus_jupyter.context.keys import Key, keys_of
from nexus_jupyter.context.naming import is_contact, singular, words_of
from nexus_jupyter.context.schema import Kind

__all__ = ["find_edges"]

CONTAINED = 0.9
LOOSE = 0.5
_MOST = 40
_KEPT = 1000
_KNOWN: dict[tuple[Any, ...], list[Edge]] = {}
_KEY_WORDS = frozenset(["id", "ids", "code", "codes", "no", "nr", "num", "number", "key", "pk", "fk", "ref", "idx", "uuid"])
_GENERIC = frozenset(
    (
        "id ids no nr num number name code key date details description type title status value index year month day time hour minute note "
        "notes comment comments count amount total price cost age gender sex rank rating score level unit quantity other first last middle "
        "text remark remarks start end from to at of in the is has distance weight height size color colour nationality result points"
    ).split()
)


@dataclass(frozen=True, slots=True)
class _Side:
    """One column as a candidate for a join."""

    table: str
    column: str
    key: Key
    words: tuple[str, ...]
    core: tuple[str, ...]
    names: frozenset[str]
    first: bool
    leads: bool
    empty: bool

    @property
    def keyed(self) -> bool:
        """True where the name says that it is a key: `id`, `code`, `number`."""
        return any(w in _KEY_WORDS for w in self.words)

    @property
    def plural(self) -> bool:
        """True where the name is a plural: `Home_Games` counts games, it names none."""
        last = words_of(self.column)[-1:]
        return bool(last) and singular(last[0]) != last[0]

    @property
    def generic(self) -> bool:
        """True where the name alone says nothing about what it identifies."""
        return all(w in _GENERIC for w in self.words) or len(self.words[0] if len(self.words) == 1 else "long") == 1


def find_edges(datasets: Sequence[Dataset], frames: Mapping[str, object]) -> tuple[Edge, ...]:
    """Find the columns by which datasets join.

    Parameters
    ----------
    datasets
        The described datasets.
    frames
        The frames by dataset name; a dataset without a frame takes no part.

    Returns
    -------
    tuple of Edge
        Best first for each pair of datasets; named edges before those that only values speak for. Edges of one pair with
        nearly the same score are different roles (`origin` and `dest`), and the question has to choose.
    """
    here = [d for d in datasets if d.name in frames]
    sides: dict[str, list[_Side]] = {}
    edges: list[Edge] = []
    for pair in combinations(here, 2):
        key = tuple((d.name, d.fingerprint, d.schema.names) for d in pair)
        known = _KNOWN.get(key) if all(d.fingerprint for d in pair) else None
        if known is None:
            for dataset in pair:
                if dataset.name not in sides:
                    sides[dataset.name] = _sides(dataset, frames[dataset.name])
            known = _between(sides[pair[0].name], sides[pair[1].name])
            if not any(e.named for e in known) and (together := find_composite(*pair, [frames[d.name] for d in pair])):
                known = [together, *known]
            while len(_KNOWN) >= _KEPT:
                _KNOWN.pop(next(iter(_KNOWN)), None)
            _KNOWN[key] = known
        edges += known
    return tuple(edges)


def _sides(dataset: Dataset, frame: object) -> list[_Side]:
    names = _tokens(words_of(dataset.name))
    found = []
    for position, key in enumerate(keys_of(dataset, frame)):
        words = tuple(singular(w) for w in words_of(key.column))
        core = tuple(w for w in words if w not in _KEY_WORDS)
        found.append(
            _Side(
                table=dataset.name,
                column=key.column,
                key=key,
                words=words,
                core=core,
                names=names,
                first=position == 0,
                leads=position == 0 and key.unique and (not core or bool(set(core) & names)),
                empty=dataset.rows == 0,
            )
        )
    return found


def _tokens(words: Sequence[str]) -> frozenset[str]:
    return frozenset(singular(w) for w in words if w not in {"ref", "tbl", "table", "dim", "fact", "data", "df", "list"})


def _between(lefts: list[_Side], rights: list[_Side]) -> list[Edge]:
    named: list[Edge] = []
    valued: list[Edge] = []
    for left in lefts:
        for right in rights:
            if not _comparable(left, right):
                continue
            strength = _named(left, right)
            if strength is None and ((left.generic and right.generic) or is_contact(left.column) or is_contact(right.column)):
                continue
            if strength is None and len(valued) >= _MOST:
                continue
            edge = _measured(left, right, strength)
            if edge is not None:
                (named if edge.named else valued).append(edge)
    named.sort(key=lambda e: -e.score)
    valued.sort(key=lambda e: -e.score)
    if named:
        best = named[0].score
        named = [e for e in named if e.score >= best - 0.25]
        used = {(e.left_on, e.right_on) for e in named}
        valued = [e for e in valued if (e.left_on, e.right_on) not in used]
    return named + valued[:8]


def _comparable(left: _Side, right: _Side) -> bool:
    if left.empty or right.empty:
        return True
    if left.key.family != right.key.family:
        return False
    return (left.key.unique and left.key.distinct > 0) or (right.key.unique and right.key.distinct > 0)


def _named(left: _Side, right: _Side) -> float | None:
    """Say how strongly the names speak for the pair, from 0 to 1, or None where they do not."""
    scores = [s for s in (_same(left, right), _points(left, right), _points(right, left)) if s is not None]
    return max(scores) if scores else None


def _same(left: _Side, right: _Side) -> float | None:
    if left.words != right.words or left.generic:
        return None
    about = set(left.core) & (left.names | right.names)
    if is_contact(left.column) and not about:
        return None
    if left.keyed:
        return 1.0 if about else 0.9
    return 0.95 if about else 0.75


def _points(many: _Side, one: _Side) -> float | None:
    """Say whether the column `many` names the table of `one`, or its key, and `one` is a key that can be pointed at."""
    if not one.key.unique and not one.empty:
        return None
    core = set(many.core) - {"name"}
    own = many.leads and many.key.unique and core <= many.names
    if not core or own or (is_contact(many.column) and not (core <= one.names)):
        return None
    if many.key.family == "number" and not many.keyed and many.plural:
        return None
    if not (one.leads or (one.first and one.keyed) or set(one.core) <= one.names or set(one.words) & {"name"}):
        return None
    of_other = core & one.names
    if of_other and (core <= one.names or one.names <= core or many.core[-1] in one.names or many.core[0] in one.names):
        whole = 0.15 if core == set(one.names) else 0.05 if core <= one.names else 0.0
        plain = 0.1 if one.leads or (one.core == () and one.words) else 0.0
        kinds = 0.1 if many.keyed == one.keyed else 0.0
        return 0.6 + whole + plain + kinds
    ends = one.core and many.core[-len(one.core) :] == one.core and not set(one.core) <= _GENERIC
    return 0.65 if ends and (one.leads or one.keyed) else None


def _measured(left: _Side, right: _Side, strength: float | None) -> Edge | None:
    share, swapped = _containment(left, right)
    many, one = (right, left) if swapped else (left, right)
    if share < CONTAINED and not (strength is not None and strength >= 0.75 and share >= LOOSE and left.words == right.words):
        return None
    if many.leads and many.key.unique and one.table != many.table and strength is not None and not set(many.core) & one.names:
        strength = None if left.words != right.words else strength
    edge = Edge(
        left=left.table,
        right=right.table,
        left_on=left.column,
        right_on=right.column,
        score=0.0,
        named=strength is not None,
        unique_left=left.key.unique,
        unique_right=right.key.unique,
        containment=round(share, 4),
    )
    if strength is None and many.leads and many.key.unique and many.key.family == "number":
        return None
    told = f"{share:.0%} of `{many.table}.{many.column}` is found in `{one.table}.{one.column}`, which does not repeat"
    if strength is not None:
        how = "share a name" if left.words == right.words else "name each other"
        return replace(edge, score=round(strength * (0.7 + 0.3 * share), 4), reason=f"The columns {how}; {told}.")
    score = _by_value(many, one, share)
    return None if score is None else replace(edge, score=score, reason=f"Only the values speak for it: {told}.")


def _containment(left: _Side, right: _Side) -> tuple[float, bool]:
    """Give the share of the many side's values found on the one side, and whether the left is the one side."""
    if left.empty or right.empty:
        return 1.0, left.key.unique and not right.key.unique
    choices = []
    if right.key.unique:
        choices.append((left.key.within(right.key), False))
    if left.key.unique:
        choices.append((right.key.within(left.key), True))
    return max(choices, key=lambda c: (round(c[0], 2), not c[1]))


def _by_value(many: _Side, one: _Side, share: float) -> float | None:
    """Score a pair that has no name in common: codes of text say much, small whole numbers say nearly nothing."""
    if many.empty or one.empty or share < CONTAINED:
        return None
    if many.key.family == "text":
        if many.key.distinct < 3:
            return None
        return round(min(0.5, 0.2 + 0.05 * min(many.key.distinct, 6)) * share, 4)
    if one.key.family == Kind.DATE:
        return None
    large = (many.key.maximum or 0) > 1000 and many.key.distinct > 20
    keyed = many.keyed + one.keyed
    return round((0.3 + 0.1 * keyed if large else 0.1 + 0.05 * keyed) * share, 4)
