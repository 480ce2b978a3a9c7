"""Orders: "sort by price descending", "rank the y axis from high to low", "alphabetically"."""

from __future__ import annotations

from dataclasses import dataclass

from nexus_jupyter.language.draft import Order, Quantity
from nexus_jupyter.language.linking import KEY_WORDS
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.tokens import lemma, name_words
from nexus_jupyter.language.vocabulary import Ref

LISTING = frozenset({"list", "show", "display", "rank"})
NAMES = frozenset({"names", "name", "categories", "labels"})
BARS = frozenset({"bar", "bars"})
FILLING = frozenset("order ordering orders sorted rank to then manner axis by - from going ranking".split())
AFTER_LISTING = frozenset({"by", "in", "from", "the", "them", "it", "their", "its", "with"})


@dataclass(slots=True)
class _Said:
    """What an order has named so far; `by` is set once a word said that its target follows."""

    how: str
    target: Quantity | str | None = None
    descending: bool | None = None
    hint: str = ""
    by: bool = False
    listed: Quantity | None = None

    @property
    def bare(self) -> bool:
        """True while neither a target nor a direction was named."""
        return self.target is None and self.descending is None


def spanning(r: Reader, i: int) -> int | None:
    """Take "from the oldest to the youngest", "from the tallest player to the shortest"."""
    found = _ends(r, i)
    if found is None:
        return None
    ref, descending, end = found
    r.draft.orders.append(Order(Quantity("", ref), descending))
    return end


def _ends(r: Reader, i: int) -> tuple[Ref, bool, int] | None:
    """Read two ends of an order: the column of which they speak, the direction, and where they end."""
    k = r.skip(i + 1)
    if r.items[i].low != "from" or not r.cue(k, "adj"):
        return None
    direction, _, hints = (r.items[k].cue or ("", ""))[1].partition("|")
    j = r.skip(k + 1) if r.has_table(r.skip(k + 1)) else k
    to = r.at(j + 1)
    n = r.skip(j + 2)
    if to is None or to.low != "to" or not r.cue(n, "adj"):
        return None
    other, _, _ = (r.items[n].cue or ("", ""))[1].partition("|")
    tables = [t for t in [r.table(j), r.near, *r.draft.tables, *r.scope] if t]
    ref, descending = r.hinted(hints, tables), direction == "desc"
    if ref is None and hints == "age":
        ref, descending = r.hinted("birth birthday born", tables), not descending
    if ref is None or other == direction:
        return None
    end = r.skip(n + 1)
    return ref, descending, end + 1 if j != k and r.has_table(end) and r.table(end) == r.table(j) else n + 1


def order(r: Reader, i: int) -> int | None:
    """Take an order: a verb with a target or a direction, or a direction alone."""
    how = _how(r, i)
    if not how:
        return None
    before, said = (r.near, r.last), _Said(how, _before(r, i) if how == "alone" else None)
    j = i if how == "alone" else i + 1
    while r.at(j) is not None:
        if isinstance(said.target, Quantity) and said.descending is None and (ends := _ends(r, j)) is not None:
            said.descending, j = ends[1], ends[2]  # "ordered by birth year from the latest to the earliest"
            continue
        k = _direction(r, j, said) if _turns(r, j) else (_target(r, j, said) if said.target is None else None) or _filler(r, j, said)
        if k is None:
            break
        j = k
    r.near, r.last = before
    said.target = said.listed if said.target is None and said.listed else said.target
    if said.descending is None and (how != "strict" or said.target is None):
        return None
    if how == "weak" and isinstance(said.target, Quantity) and not r.chart and not said.by:
        return None
    if how == "alone" and said.target is None and said.descending is not None and r.draft.orders and not r.draft.orders[-1].said:
        r.draft.orders[-1] = Order(r.draft.orders[-1].target, said.descending)
        return j  # "in order of the year, most recent first"
    if said.target is None and said.hint:
        ref = r.hinted(said.hint, [*r.draft.tables, *r.scope])
        said.target = Quantity("", ref) if ref else None
    if said.listed and said.listed is not said.target and said.listed not in r.draft.selects:
        r.draft.selects.append(said.listed)
    r.draft.orders.append(Order(said.target or "", bool(said.descending), said.descending is not None))
    return j


def _before(r: Reader, i: int) -> Quantity | str | None:
    """Give what a clause of its own puts in order: ", names in ascending order", "with the towns from Z to A"."""
    h = i - 2
    while h > 0 and r.items[h].low in {"the", "their", "its"}:
        h -= 1
    apart = h >= 0 and (bool(r.items[h].mark) or r.items[h].low == "with")
    if r.chart and apart and r.cue(i - 1, "axis", "x", "y"):
        return (r.items[i - 1].cue or ("", ""))[1]  # ", x axis in descending order"
    if not r.chart or not apart or (r.items[h].mark and r.mark(h) != ","):
        return None
    if r.items[i - 1].low in NAMES:
        return "x"
    return Quantity("", r.last) if r.last is not None and r.last in [c for c, _ in r.candidates(i - 1)] else None


def _how(r: Reader, i: int) -> str:
    """Say how an order begins here: with its own verb, with a verb of listing, with a direction, or not at all."""
    if r.cue(i, "sort"):
        column = r.items[i].low in {"rank", "order", "ranking", "ordered"} and r.has_column(i)
        return "" if column and not r.cue(i + 1, "each") and not r.cue(i + 1, "dir") else "strict"
    return "alone" if _turns(r, i) else "weak" if r.cue(i, "weak") or r.items[i].low in LISTING else ""


def _turns(r: Reader, i: int) -> bool:
    """Say whether a direction stands here: "descending", "from low to high", "heaviest first"."""
    after = r.at(i + 1)
    foremost = (r.cue(i, "adj") or r.cue(i, "sup", "desc", "asc", "most", "least")) and after is not None and after.low == "first"
    return r.cue(i, "dir") or foremost or _foremost(r, i)


def _foremost(r: Reader, i: int) -> bool:
    """Say whether the greatest groups are to come first: "the most frequent destinations first"."""
    return r.chart and r.cue(i, "sup", "common", "rare") and r.wordy(i + 1) and r.at(i + 2) is not None and r.items[i + 2].low == "first"


def _direction(r: Reader, j: int, said: _Said) -> int | None:
    if said.descending is not None:
        return None
    kind, arg = r.items[j].cue or ("dir", "asc")
    direction, _, said.hint = arg.partition(" " if kind == "dir" else "|")
    said.descending = direction in {"desc", "most", "common"}
    if said.target is None and any(w.startswith(("alphabet", "lexico")) for w in r.items[j].lows):
        said.target = "x"
    return j + 1 if kind == "dir" else j + 3 if _foremost(r, j) else j + 2


def _target(r: Reader, j: int, said: _Said) -> int | None:
    """Take what is ordered by: an axis, a measure, a count, a column, a table's label."""
    low, k = r.items[j].low, r.skip(j + 1)
    arg = (r.items[j].cue or ("", ""))[1]
    if r.cue(j, "axis"):
        said.target = arg
    elif low in NAMES and r.chart and not (r.has_table(k) and not r.cue(k, "dir")):
        said.target = "x"
    elif r.cue(j, "agg") and r.has_column(k):
        said.target, j = Quantity(arg, r.column(k, want="number")), k
    elif r.cue(j, "agg", "sum") or (r.cue(j, "agg") and r.chart and any(q.func == arg for q in r.draft.selects)):
        said.target = "y"
    elif r.cue(j, "count"):
        if r.has_table(k) and not r.is_column(k):
            said.target, j = Quantity("size", None, r.table(k)), k
        elif r.has_column(k):
            said.target, j = Quantity("count", r.column(k)), k
        else:
            said.target = Quantity("size")
    elif r.has_column(j) and (r.is_column(j) or r.chart):
        said.target = Quantity("", r.column(j))
    elif r.has_table(j) and not said.listed and (label := r.label_of(r.table(j) or "")):
        said.target = Quantity("", label[0])
    elif r.chart and (key := _called(r, low)):
        said.target = Quantity("", key)
    elif r.cue(j, "unit") and r.draft.bins + r.draft.keys:
        said.target = "x"
    else:
        return None
    return j + 1


def _called(r: Reader, low: str) -> Ref | None:
    """Give the only group whose name ends in a general noun, or has it before "code" or "name": "ranked by the category"."""
    found = [k for k, unit in r.draft.keys if not unit and lemma(low) in {w for w in name_words(k.column) if w not in KEY_WORDS}]
    return found[0] if len(found) == 1 else None


def _filler(r: Reader, j: int, said: _Said) -> int | None:
    """Step over words that belong to an order; "by" and "of" after a listed column say that the target comes now."""
    it = r.items[j]
    if it.mark == "," and said.target is not None and said.descending is None and _turns(r, j + 1):
        return j + 1  # "ranked by price, descending"
    follows = r.cue(j, "each", "by") or it.low == "by"
    if (
        (follows or it.low == "of")
        and isinstance(said.target, Quantity)
        and said.descending is not None
        and not said.by
        and not said.listed
    ):
        said.listed, said.target = said.target, None
    said.by = said.by or follows
    if r.has_table(j) and isinstance(said.target, Quantity):
        return j + 1
    if r.chart and it.low in BARS and not r.wordy(j) and (said.how == "strict" or r.cue(j + 1, "dir") or r.cue(j + 1, "each", "by")):
        return j + 1  # "order the bars by price"
    if r.cue(j, "each", "by", "each") or it.low in FILLING or r.cue(j, "sort"):
        stray = said.how == "weak" and said.bare and not r.cue(j, "each", "by") and it.low not in {"from", "in", "by"}
        return None if stray else j + 1
    if not it.free or (it.mark and it.mark not in {"'s", "-"}):
        return None
    return None if said.how == "weak" and said.bare and it.low not in AFTER_LISTING else j + 1
