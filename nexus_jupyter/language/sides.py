"""Two sides that are set against each other: two periods, "from 2012 to 2013", or two groups, "between men and women"."""

from __future__ import annotations

from dataclasses import dataclass

from nexus_jupyter.language.draft import Impossible, NotUnderstood, Pred
from nexus_jupyter.language.predicates import YEARS, low_at
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.spans import ending, span
from nexus_jupyter.language.vocabulary import Ref

JOINTS = {"from": frozenset({"to", "until", "through"}), "between": frozenset({"and", "&"})}
AGAINST = frozenset({"and", "&", "to", "with", "than", "versus", "vs", "against", "compared", "minus"})
FARTHEST = 7
"""So many words at most stand between a side and "than"."""
LENGTHS = {365: "year", 31: "month", 92: "quarter", 7: "week", 1: "day"}


@dataclass(frozen=True, slots=True)
class Side:
    """A period or a group: its condition, what it is called, where it ends, and what was taken for granted."""

    pred: Pred
    said: str
    end: int
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sides:
    """Two sides in the order in which they are said; `start` and `end` are the items that say them, `periods` that both are times."""

    one: Side
    other: Side
    start: int
    joint: str

    @property
    def periods(self) -> bool:
        """Say whether the sides are periods of time."""
        return bool(self.one.unit)

    @property
    def ref(self) -> Ref:
        """The column that tells the sides apart."""
        assert self.one.pred.ref is not None
        return self.one.pred.ref

    @property
    def later(self) -> tuple[Side, Side]:
        """The sides of two periods, the later one first; groups as they are said."""
        if self.periods and self.one.pred.value < self.other.pred.value:
            return self.other, self.one
        return self.one, self.other


def sides(r: Reader, *, periods: bool) -> Sides | None:
    """Find the two sides of a question, those behind "from" and "between" first, then those around "than"."""
    found = [s for i in range(len(r.items)) if (s := _at(r, i)) is not None and (s.periods or not periods)]
    return min(found, key=lambda s: (low_at(r, s.start) not in JOINTS, s.joint != "than", s.start), default=None)


def _at(r: Reader, i: int) -> Sides | None:
    opener = low_at(r, i)
    k = r.skip(i + 1) if opener in JOINTS else i
    if opener not in JOINTS and r.items[i].free:
        return None
    one = _period(r, k)
    j = one.end if one is not None else k + 1
    if one is None and (opener == "from" or not _named(r, k)):
        return None
    joints = JOINTS.get(opener, AGAINST)
    if opener not in JOINTS:
        j = _filled(r, j, one=k)
    if (joint := low_at(r, j)) not in joints:
        return None
    n = _again(r, j + 1, k)
    if one is not None:
        other = _period(r, n)
        if other is None or other.pred.ref != one.pred.ref:
            return None
        one = _dated(r, k, one, other)
        return Sides(one, other, i, joint) if one.pred.value != other.pred.value and one.pred.kind == other.pred.kind else None
    return _groups(r, i, k, n, joint) if _named(r, n) else None


def _filled(r: Reader, j: int, *, one: int) -> int:
    """Step over grammar between the first side and what joins it to the other."""
    k = j
    while k - one <= FARTHEST and low_at(r, k) != "than" and r.at(k) is not None and (r.items[k].free or r.relation(k)) and not r.mark(k):
        k += 1
    return k if low_at(r, k) == "than" else j


def _again(r: Reader, j: int, upto: int) -> int:
    """Step over prepositions, and over a measure that is said a second time."""
    before = {it.low for it in r.items[:upto]}
    while (it := r.at(j)) is not None and not r.mark(j) and not r.has_value(j):
        if not (
            it.free or it.low in {"than", "that", "those"} or (it.low in before and (r.cue(j, "agg") or r.cue(j, "count") or r.wordy(j)))
        ):
            break
        j += 1
    return j


def _named(r: Reader, i: int) -> bool:
    return r.has_value(i) and not r.is_column(i) and not r.has_table(i)


def _groups(r: Reader, i: int, k: int, n: int, joint: str) -> Sides | None:
    """Read two values of one column."""
    common = {v[0] for v in r.items[k].values} & {v[0] for v in r.items[n].values if v[0].table in r.scope}
    if not common:
        return None
    ref = next(iter(common)) if len(common) == 1 else r.value(k)[0]
    if ref not in common:
        return None
    (_, one), (_, other) = r.value(k, ref), r.value(n, ref)
    if one == other:
        return None
    after = n + 2 if r.has_column(n + 1) and ref in [c for c, _ in r.candidates(n + 1)] else n + 1
    return Sides(Side(Pred("cmp", ref, "==", one), str(one), k + 1), Side(Pred("cmp", ref, "==", other), str(other), after), i, joint)


def _period(r: Reader, i: int) -> Side | None:
    """Read a year, a quarter or a month, with or without its year."""
    it = r.at(i)
    if it is None or r.has_value(i) or not (it.number is not None or it.cue is not None or it.low[:1] in "qhfst1234"):
        return None
    if it.number is not None and it.number not in YEARS:
        return None
    try:
        ref = r.only_date([t for t in [r.near, *r.draft.tables] if t])
    except NotUnderstood:
        return None
    if r.info(ref).kind.numeric:
        return Side(Pred("cmp", ref, "==", it.number), it.text, i + 1, "year") if it.number is not None else None
    found = span(r, i, ref)
    if found is None:
        return None
    (start, end), j, note = found
    length = (end - start).days
    unit = next((unit for days, unit in LENGTHS.items() if days - 3 <= length <= days + 1), None)
    if unit is None:  # half a year, for one, is no step of a timeline
        return None
    last = ending(r, ref)
    if last is not None and start > last:
        raise Impossible(f"`{ref.column}` ends on {last}, and {it.text} is later.")
    return Side(Pred("span", ref, value=start, high=end), " ".join(x.text for x in r.items[i:j]), j, unit, note)


def _dated(r: Reader, k: int, one: Side, other: Side) -> Side:
    """Give the first month or quarter the year that is only said with the second: "from January to March 2013"."""
    if not one.note or other.note or one.unit == "year":
        return one
    start = one.pred.value.replace(year=other.pred.value.year)
    length = one.pred.high.year - one.pred.value.year
    return Side(
        Pred("span", one.pred.ref, value=start, high=one.pred.high.replace(year=start.year + length)), r.items[k].text, one.end, one.unit
    )
