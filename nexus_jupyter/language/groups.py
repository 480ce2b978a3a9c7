"""Groups: "for each X", "by X", "per month"."""

from __future__ import annotations

from nexus_jupyter.context.schema import Role
from nexus_jupyter.language.asks import COUNTED
from nexus_jupyter.language.draft import TIMELINE, Extreme, NotUnderstood, Quantity
from nexus_jupyter.language.lexicon import RELATIONS
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.tokens import lemma
from nexus_jupyter.language.vocabulary import DROPPED, EXACT, OWN, PART, Ref


def each(r: Reader, i: int) -> int | None:
    """Take "for each X", "by X", "per month"."""
    if not r.cue(i, "each"):
        return None
    weak = r.cue(i, "each", "by")
    d = r.draft
    if r.items[i].low == "the different" and not r.chart and not any(r.cue(k, "count") or r.cue(k, "agg") for k in range(len(r.items))):
        d.distinct = True  # without a measure it asks for a list
        return i + 1
    if r.items[i].low.startswith(("across", "for all")) and not r.chart:
        j = r.skip(i + 1, also=frozenset({"all"}))
        listed = r.has_table(j) and not r.is_column(j) and not any(q.func for q in d.selects)
        if d.selects and ((all(q.func for q in d.selects) and (r.has_column(j) or r.has_table(j))) or listed):
            if r.has_table(j):
                r.mention(j)
            return j + 1
    if r.cue(i, "each", "overtime"):
        ref = (r.year_of(d.tables) if "years" in r.items[i].lows else None) or r.only_date(d.tables)
        d.keys.append((ref, "" if r.info(ref).kind.numeric else "auto"))
        return i + 1
    j = r.skip(i + 1, also=frozenset({"different", "all", "every", "each", "distinct", "unique", "attribute", "various", "the"}))
    while r.cue(j, "distinct") or r.cue(j, "each"):
        j = r.skip(j + 1)
    if (
        r.items[i].low == "by"
        and not r.chart
        and j == r.skip(i + 1)
        and r.items[i - 1].lows[-1] in RELATIONS
        and r.has_table(j)
        and not r.is_column(j)
    ):
        r.mention(j)  # "points scored by players": who did it, and not a group
        return j + 1
    if r.items[i].low in {"vs", "versus", "against"} and (r.cue(j, "count") or r.cue(j, "agg")):
        return j
    if weak and r.relation(i - 1) and r.has_table(j) and not r.is_column(j) and any(r.cue(k, "each", "each") for k in (j + 1, j + 2)):
        r.mention(j)
        return j + 1  # "treatments done by professionals of each role"
    if (
        r.cue(j, "count")
        and (weak or r.chart)
        and r.has_column(k := r.skip(j + 1))
        and r.is_column(k)
        and any(r.number(c) for c, _ in r.candidates(k))
    ):
        j = k  # "by number of engines"
    if r.people(j) and d.selects:
        return j + 1
    if (
        not weak
        and d.keys
        and (r.cue(j, "count") or r.cue(j, "agg"))
        and any(r.items[k].low in {"group", "groups"} for k in range(i + 1, j))
    ):
        return j  # "each group's total"
    if weak and r.has_column(j) and _valued(r, j):
        return j  # "by team BS1" is a condition
    if r.cue(j, "bin") and d.bins:
        return j + 1
    if _period(r, j) and (d.bins or any(r.cue(k, "bin") for k in range(j + 1, len(r.items)))):
        return j + 1
    if _period(r, j) and r.at(j + 1) is not None and r.items[j + 1].low == "of" and r.has_column(k := r.skip(j + 1)):
        if not r.dated(r.candidates(k)[0][0]):
            return None
        d.keys.append((r.column(k, want="date"), (r.items[j].cue or ("", ""))[1]))  # "by month of the hire date"
        return k + 1
    if _period(r, j):
        d.keys.append((r.only_date([t for t in [r.near, *d.tables] if t]), (r.items[j].cue or ("", ""))[1]))
        return j + 1
    following = r.at(j)
    if (
        not weak
        and (
            following is None
            or following.mark
            or following.low in {"one", "other", "and"}
            or r.relation(j)
            or r.cue(j, "idle")
            or r.cue(j, "sort")
            or r.cue(j, "mark")
        )
        and (d.selects or r.chart)
    ):
        d.statistic = d.statistic or "each"
        return j + 1 if following is not None and following.low == "one" else j
    if (
        not weak
        and d.selects
        and all(q.func == "mean" for q in d.selects)
        and following is not None
        and lemma(following.low) in COUNTED
        and not r.wordy(j)
    ):
        return j + 1
    if (
        weak
        and d.limit is not None
        and d.limit_end != "head"
        and r.has_column(j)
        and r.number(r.candidates(j)[0][0])
        and (d.selects or d.tables)
    ):
        d.extremes.append(Extreme(Quantity("", r.column(j, want="number")), d.limit_end == "desc", d.limit, said_n=True))
        d.limit = None
        return j + 1
    if not (r.has_column(j) or r.has_table(j)):
        return j if weak and not r.cue(j, "unit") and r.at(j) is not None else None
    if weak and not (d.selects or r.chart or d.tables):
        return None
    while True:
        if r.has_table(j) and not r.is_column(j):
            table = r.table(j) or ""
            k = r.skip(j + 1)
            own = r.mark(j + 1) == "'s" or (k == j + 1)
            if (
                r.is_column(k) and own and not r.cue(k, "sort") and not (r.chart and r.info(r.candidates(k)[0][0]).role is Role.MEASURE)
            ):  # "each student's name", "each team name"
                r.mention(j)
                owned = r.column(k, prefer=table)
                if any(q.func for q in d.selects) or r.chart:
                    d.keys.append((owned, ""))
                else:
                    d.selects.append(Quantity("", owned))  # a measure that follows makes it a group
                j = k
            elif (
                not r.chart and d.selects and not any(q.func for q in d.selects) and any(q.ref and q.ref.table == table for q in d.selects)
            ):
                r.mention(j)
                return j + 1
            else:
                own_column = _called(r, j)
                labels = [own_column] if own_column else r.label_of(table)
                if not labels:
                    return None
                d.notes.append(("column", f"Each row of {table} is called by {' and '.join(x.column for x in labels)}."))
                d.statistic = d.statistic or f"each:{table}"
                r.each_tables.append(table)
                r.mention(j)
                d.keys += [(x, "") for x in labels]
        else:
            d.keys.append((r.column(j), ""))
        n = j + 1
        if r.cue(n, "logic", "and") and (r.cue(r.skip(n + 1), "unit") and not r.is_column(r.skip(n + 1))):
            d.keys.append((r.only_date(d.tables), (r.items[r.skip(n + 1)].cue or ("", ""))[1]))
            return r.skip(n + 1) + 1
        if r.cue(n, "logic", "and") and r.at(n + 1) is not None and r.items[n].low == "and":
            m = r.skip(n + 1)
            after = r.skip(m + 1)
            if (
                r.has_column(m)
                and (r.is_column(m))
                and m <= n + 2
                and not r.cue(after, "cmp")
                and not r.cue(after, "dir")
                and not r.number(r.candidates(m)[0][0])
            ):
                j = m
                continue
        return n


def _period(r: Reader, i: int) -> bool:
    """Say whether a word like "day" is a unit of time here, and not a column that is called so."""
    return r.cue(i, "unit") and (not r.is_column(i) or r.candidates(i)[0][1] < PART)


def _valued(r: Reader, i: int) -> bool:
    """Say whether the column is followed by one of its values, or by a number where it is a key."""
    it = r.at(i + 1)
    refs = [ref for ref, _ in r.candidates(i)]
    return it is not None and (any(v[0] in refs for v in it.values) or (it.number is not None and r.info(refs[0]).role is Role.IDENTIFIER))


def _called(r: Reader, i: int) -> Ref | None:
    """Find the table's own column that has the noun's name: whole, or generic words aside where the table only ends in it."""
    it, table = r.items[i], r.table(i)
    whole = max((s for t, s in it.tables if t == table), default=EXACT) > OWN
    own = [ref for ref, s in it.columns if ref.table == table and s >= (EXACT if whole else DROPPED) and not r.profile(ref).unique]
    return own[0] if len(own) == 1 else None


def periodic(r: Reader, i: int) -> int | None:
    """Take "monthly", "daily" before what is measured, and "which month"."""
    it = r.items[i]
    if r.cue(i, "unit") and i and r.items[i - 1].low in {"which", "what"} and not r.is_column(i):  # "which month had the most orders"
        try:
            r.draft.keys.append((r.only_date(r.draft.tables), (it.cue or ("", ""))[1]))
        except NotUnderstood:
            return None
        return i + 1
    if not r.cue(i, "unit") or not (it.low.endswith("ly") or it.low == "annual") or r.is_column(i):
        return None
    r.draft.keys.append((r.only_date(r.draft.tables), TIMELINE + (it.cue or ("", ""))[1]))
    return i + 1


def pair(r: Reader, i: int) -> int | None:
    """Take "between A and B" where A and B are values: they are compared."""
    if not r.cue(i, "cmp", "between") or not r.has_value(r.skip(i + 1)) or r.has_column(r.skip(i + 1)):
        return None
    r.compared = True
    return i + 1


def which(r: Reader, i: int) -> int | None:
    """Take "which month", "in what year" where one of them is to be chosen: groups of a period."""
    if not i or not r.cue(i, "unit") or r.items[i - 1].low not in {"which", "what"} or (r.is_column(i) and r.candidates(i)[0][1] >= PART):
        return None
    if not any(r.cue(k, "sup") or r.cue(k, "adj") for k in range(i + 1, len(r.items))):
        return None
    ref = r.only_date([t for t in [r.near, *r.draft.tables] if t])
    r.draft.keys.append((ref, (r.items[i].cue or ("", ""))[1]))
    r.draft.wh = "period"
    return i + 1
