"""The envelope of a request: kind of chart, bins, series and limits, each covered word by word."""

from __future__ import annotations

from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.vocabulary import PART, Ref

BIN_WORDS = 14


def mark(r: Reader, i: int) -> int | None:
    """Take the kind of chart."""
    it = r.items[i]
    if not r.cue(i, "mark") or it.cue is None or (it.columns and r.has_column(i)):
        return None
    kind = it.cue[1]
    d = r.draft
    if kind in {"auto", "multiples"}:
        d.mark = d.mark or "auto"
        d.looks |= {kind} - {"auto"}
    elif kind in {"stack", "group"}:
        d.mark, d.mode = "bar", kind
    elif kind in {"horizontal", "percent"}:
        d.mark, d.mode = "bar", "stack" if kind == "percent" else d.mode
        d.looks.add(kind)
    elif kind.startswith("group"):
        d.mark, d.mode = kind.removeprefix("group"), "group"
    elif not (kind == "line" and d.mark not in {"", "auto"}):
        d.mark = kind
    r.where = False
    return i + 1


def bins(r: Reader, i: int) -> int | None:
    """Take a bin: a date and a unit of time, in this order: "bin the hire date of employees into month intervals"."""
    if not r.cue(i, "bin"):
        return None
    number = r.items[i - 1].number if i else None
    if r.items[i].low in {"bins", "intervals", "bin"} and isinstance(number, int) and r.chart and i - 1 in r.left:
        r.left.remove(i - 1)
        r.draft.asked_bins = number  # "with 10 bins"
        return i + 1
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
        if r.has_column(j) and ref is None and (it.low not in {"date", "dates", "day", "time"} or r.candidates(j)[0][1] >= PART):
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


def look(r: Reader, i: int) -> int | None:
    """Take how a chart looks: a logarithmic axis, bars that lie down."""
    if not r.chart or not r.cue(i, "look") or r.has_column(i):
        return None
    r.draft.looks.add((r.items[i].cue or ("", ""))[1])
    return i + 1


def series(r: Reader, i: int) -> int | None:
    """Take what the colours mean, or what the small charts are for."""
    if not r.cue(i, "series") and not r.cue(i, "facet"):
        return None
    if r.cue(i, "series", "before"):
        return _coloured(r, i)
    kept = r.draft.facets if r.cue(i, "facet") else r.draft.series if r.chart else r.draft.keys
    j = r.skip(i + 1, also=frozenset({"different", "each", "every", "all"}))
    if r.cue(j, "count") and r.is_column(r.skip(j + 1)):
        j = r.skip(j + 1)  # "one line for each number of cylinders"
    if r.has_table(j) and not r.is_column(j) and (labels := r.label_of(r.table(j) or "")):
        r.mention(j)
        kept.append((labels[0], ""))
        return j + 1
    if r.has_column(j):
        kept.append((r.column(j), ""))
        return j + 1
    return None


def _coloured(r: Reader, i: int) -> int | None:
    """Take "with the level as the colour": what stands right before is what the colours mean."""
    refs = [ref for ref, _ in r.candidates(i - 1)]
    if r.last is None or r.last not in refs or not r.chart:
        return None
    d = r.draft
    d.selects[:] = [q for q in d.selects if q.func or q.ref != r.last]
    d.keys[:] = [k for k in d.keys if k[0] != r.last]
    d.series.append((r.last, ""))
    return i + 1


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
