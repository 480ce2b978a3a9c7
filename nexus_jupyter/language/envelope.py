"""The envelope of a request: kind of chart, order, bins, series and limits, each covered word by word."""

from __future__ import annotations

from nexus_jupyter.language.draft import Order, Quantity
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.vocabulary import Ref

BIN_WORDS = 14


def mark(r: Reader, i: int) -> int | None:
    """Take the kind of chart."""
    it = r.items[i]
    if not r.cue(i, "mark") or it.cue is None or (it.columns and r.has_column(i)):
        return None
    kind = it.cue[1]
    d = r.draft
    if kind == "auto":
        d.mark = d.mark or "auto"
    elif kind in {"stack", "group"}:
        d.mark, d.mode = "bar", kind
    elif kind.startswith("group"):
        d.mark, d.mode = kind.removeprefix("group"), "group"
    elif not (kind == "line" and d.mark not in {"", "auto"}):
        d.mark = kind
    r.where = False
    return i + 1


def order(r: Reader, i: int) -> int | None:
    """Take an order: a verb with a target or a direction, or a direction alone."""
    strict, weak, alone = r.cue(i, "sort"), r.cue(i, "weak") or r.items[i].low in {"list", "show", "display", "rank"}, r.cue(i, "dir")
    if not (strict or weak or alone):
        return None
    if (
        strict
        and r.items[i].low in {"rank", "order", "ranking", "ordered"}
        and r.has_column(i)
        and not r.cue(i + 1, "each")
        and not r.cue(i + 1, "dir")
    ):
        return None
    before = (r.near, r.last)
    j, hint = i if alone else i + 1, ""
    target: Quantity | str | None = None
    descending: bool | None = None
    while (it := r.at(j)) is not None:
        if r.cue(j, "dir"):
            if descending is not None:
                break
            direction, _, hint = (it.cue[1] if it.cue else "asc").partition(" ")
            descending = direction == "desc"
        elif r.cue(j, "axis") and target is None:
            target = it.cue[1] if it.cue else "x"
        elif (
            it.low in {"names", "name", "categories", "labels", "bars", "bar"}
            and target is None
            and r.chart
            and not (r.has_table(r.skip(j + 1)) and not r.cue(r.skip(j + 1), "dir"))
        ):
            target = "x"
        elif r.cue(j, "agg") and target is None and r.has_column(k := r.skip(j + 1)):
            target = Quantity(it.cue[1] if it.cue else "", r.column(k, want="number"))
            j = k
        elif r.cue(j, "agg", "sum") and target is None:
            target = "y"
        elif r.cue(j, "count") and target is None:
            k = r.skip(j + 1)
            if r.has_table(k) and not r.is_column(k):
                target, j = Quantity("size", None, r.table(k)), k
            elif r.has_column(k):
                target, j = Quantity("count", r.column(k)), k
            else:
                target = Quantity("size")
        elif r.has_column(j) and target is None and (r.is_column(j) or r.chart):
            target = Quantity("", r.column(j))
        elif r.has_table(j) and isinstance(target, Quantity):
            pass
        elif r.has_table(j) and target is None and r.label_of(r.table(j) or ""):
            target = Quantity("", r.label_of(r.table(j) or "")[0])
        elif r.cue(j, "unit") and target is None and r.draft.bins + r.draft.keys:
            target = "x"
        elif (
            r.cue(j, "each", "by", "each")
            or it.low
            in {"order", "ordering", "orders", "sorted", "rank", "to", "then", "manner", "axis", "by", "-", "from", "going", "ranking"}
            or r.cue(j, "sort")
        ):
            if weak and target is None and descending is None and not r.cue(j, "each", "by") and it.low not in {"from", "in", "by"}:
                break
        elif not (it.free and (not it.mark or it.mark in {"'s", "-"})) or (
            weak
            and target is None
            and descending is None
            and it.low not in {"by", "in", "from", "the", "them", "it", "their", "its", "with"}
        ):
            break
        j += 1
    if descending is None and (not strict or target is None):
        r.near, r.last = before
        return None
    if weak and not alone and descending is None:
        return None
    if weak and isinstance(target, Quantity) and not r.chart and not any(r.items[k].low == "by" for k in range(i, j)):
        r.near, r.last = before
        return None
    if target is None and hint:
        ref = r.hinted(hint, [*r.draft.tables, *r.scope])
        target = Quantity("", ref) if ref else None
    r.draft.orders.append(Order(target if target is not None else "", bool(descending), descending is not None))
    r.near, r.last = before
    return j


def bins(r: Reader, i: int) -> int | None:
    """Take a bin: a date and a unit of time, in this order: "bin the hire date of employees into month intervals"."""
    if not r.cue(i, "bin"):
        return None
    ref: Ref | None = None
    before = (r.near, r.last)
    j = i + 1
    while (it := r.at(j)) is not None and j - i <= BIN_WORDS:
        if r.cue(j, "unit") and (ref is not None or not r.is_column(j)) and not _spoken_of(r, j):
            end = j + 1
            while (r.at(end) is not None and r.items[end].low in {"interval", "intervals", "level", "time"}) or r.cue(end, "bin"):
                end += 1
            r.draft.bins.append((ref, (it.cue or ("", ""))[1]))
            r.near, r.last = before
            return end
        if r.has_column(j) and ref is None:
            ref = r.column(j, want="date")
        elif r.has_table(j) and not r.is_column(j):
            r.mention(j)
        elif not (
            r.cue(j, "each", "by", "each")
            or r.cue(j, "bin")
            or r.cue(j, "axis", "x")
            or r.cue(j, "unit")
            or it.low in {"into", "in", "by", "interval", "intervals", "time", "level", "per", "to", "it", "date", "dates"}
            or (it.free and not it.mark)
        ):
            break
        j += 1
    r.near, r.last = before
    return None


def _spoken_of(r: Reader, i: int) -> bool:
    """Say whether a unit is only how the date is called: "bin the opening day by weekday"."""
    return any(r.cue(k, "unit") for k in range(i + 1, i + 4)) and r.cue(i + 1, "each", "by", "each")


def series(r: Reader, i: int) -> int | None:
    """Take what the colours mean."""
    if not r.cue(i, "series"):
        return None
    j = r.skip(i + 1, also=frozenset({"different", "each", "every", "all"}))
    if r.has_table(j) and not r.is_column(j) and (labels := r.label_of(r.table(j) or "")):
        r.mention(j)
        r.draft.series.append((labels[0], ""))
        return j + 1
    if r.has_column(j):
        r.draft.series.append((r.column(j), ""))
        return j + 1
    return None


def limit(r: Reader, i: int) -> int | None:
    """Take "top 5", "first 3"."""
    if not r.cue(i, "limit"):
        return None
    j = r.skip(i + 1)
    it = r.at(j)
    if it is None or it.number is None or not isinstance(it.number, int):
        return None
    if r.cue(j + 1, "sup") and r.asked_n is None:  # "the top 3 highest": the superlative says of what
        r.asked_n = it.number
        return j + 1
    arg = (r.items[i].cue or ("", ""))[1]
    if r.cue(j + 1, "sup") or r.cue(j + 1, "adj"):  # "top 3 highest"
        r.asked_n = it.number
        return j + 1
    r.draft.limit, r.draft.limit_end = it.number, "asc" if r.items[i].low == "last" else arg
    return j + 1
