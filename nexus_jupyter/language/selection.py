"""Columns that are asked for, with what a word beside them makes of them."""

from __future__ import annotations

import re

from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language.asks import low_at
from nexus_jupyter.language.draft import Pred, Quantity
from nexus_jupyter.language.predicates import YEARS, add
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.roles import roles_of, spread
from nexus_jupyter.language.tokens import name_words
from nexus_jupyter.language.vocabulary import DROPPED, EXACT, ONE

QUARTER = re.compile(r"[qh][1-4]")
TAILS = frozenset("name names type types code codes".split())


def described(r: Reader, i: int) -> str:
    """Say how a word tells of which kind the rows are: as the "adjective" of "full time employees", as the "verb" of "dogs that were abandoned"."""
    if r.has_table(i + 1) and not r.is_column(i + 1) and r.items[i].end == r.items[i + 1].start:
        return "adjective"
    verb = low_at(r, i - 1) in {"is", "are", "was", "were"} or r.relation(i - 1)
    return "verb" if verb and (r.draft.selects or r.draft.tables) else ""


def column(r: Reader, i: int) -> int | None:
    """Take a column that is asked for."""
    if not r.has_column(i) or (r.has_table(i) and not r.is_column(i)):
        return None
    d = r.draft
    if r.where and r.last_where(i):
        return None
    low = r.items[i].low
    best, tier = r.candidates(i)[0]
    if r.where and low_at(r, i - 1) in {"a", "an"} and not r.chart and d.selects:
        if best not in r.label_of(best.table) or best.table in d.tables:
            return None
        r.related.append((best.table, False))  # "that showed an episode": a row of the table whose rows are called so
        r.near, r.touched, r.consumed[i] = best.table, True, f"table {best.table}"
        return i + 1
    if low in {"first", "last", "middle"} and not (r.mark(i + 1) == "," or r.cue(i + 1, "logic", "and")):
        return None
    if (
        tier <= ONE + 0.01
        and low not in {"name", "names"}
        and (any(q.func for q in d.selects) or (r.has_column(i - 1) and r.items[i - 1].end == r.items[i].start))
    ):
        return None
    if (
        tier <= DROPPED
        and len(r.items[i].lows) == 1
        and r.info(best).role is Role.IDENTIFIER
        and {"id", "code", "key", "no", "number"} & set(name_words(best.column))
        and (r.where or d.selects or r.related or d.extremes)
    ):
        if r.profile(best).nulls == 0 and low_at(r, r.before(i)) in {"among", "of"} and d.extremes:
            return i + 1  # "the most common allergy among the students": what the rows are about
        if r.profile(best).nulls == 0 and (r.where or r.related) and (best.table in d.tables or any(t == best.table for t, _ in r.related)):
            return i + 1
        return None
    if _happened(r, i):
        return i + 1
    kind = described(r, i)
    if (tier < 1 or kind == "adjective") and (r.where or r.negate or kind) and (truth := r.flag(best)) is not None:
        wanted = not r.negate
        r.negate = False
        add(r, Pred("cmp", best, "==", truth[0] if wanted else truth[1]))
        return i + 1
    names = [ref for ref, s in r.candidates(i)]
    after = r.at(i + 1)
    generic = tier == EXACT and after is not None and after.start == r.items[i].end and after.low in TAILS and not r.has_table(i)
    if low in {"name", "names", "full name", "full names"} and not roles_of(r, i) and not (len(r.items[i].lows) > 1 and tier == EXACT):
        owner = r.owner(i) or (r.each_tables[-1] if r.each_tables and r.draft.tables[:1] == r.each_tables[-1:] else None)
        tables = [t for t in [owner, r.near, *d.tables, *r.scope] if t]
        labels = r.label_of(tables[0]) if tables else []
        texts = bool(labels) and r.info(labels[0]).kind is Kind.STRING
        if owner and texts and not set(labels) & set(names):  # "the name of each continent" is its column Continent
            names = [*names, *labels]
        possessed = owner is not None or (i > 0 and r.items[i - 1].low in {"its", "their", "whose"})
        if labels and not texts:  # names are asked for, and this table has only numbers
            if not any(r.info(x).kind is Kind.STRING for x in names):
                return None
            labels = []
        if len(labels) == 2 and len(names) > 1:
            d.selects += [Quantity("", x) for x in labels]
            r.near = labels[0].table
            return i + 1
        if labels and len(labels) == 1 and (labels[0] in names or (possessed and r.chart and tables[0] in r.each_tables)):
            d.selects.append(Quantity("", labels[0]))
            r.near, r.last = labels[0].table, labels[0]
            return i + 1
    ref = r.column(i)
    if d.preds and d.preds[-1].ref == ref and d.preds[-1].op == "==" and any(low_at(r, k) == "as" for k in range(i - 3, i)):
        return i + 1  # "a republic as their form of government"
    for each in spread(r, i, ref):
        if not any(q.ref == each and not q.func for q in d.selects):
            d.selects.append(Quantity("", each))
    r.near = ref.table
    if generic and low not in TAILS and not r.points(ref):
        d.cost += 0.1
        return i + 2  # "continent name": the name of a continent is what the column holds
    return i + 1


def _happened(r: Reader, i: int) -> bool:
    """Say whether a participle only tells which date a period behind it is of: "admitted in March", "signed up since 2020"."""
    it = r.items[i]
    refs = [ref for ref, _ in r.candidates(i)]
    if not it.lows[0].endswith("ed") or not {*it.lows[1:]} <= {"on", "at", "up", "in", "out"} or not all(r.dated(ref) for ref in refs):
        return False
    j = r.skip(i + 1)
    after = r.at(j)
    if after is None:
        return False
    k = r.skip(j + 1)
    if r.cue(j, "cmp") or after.low in {"last", "this", "until"}:
        return (
            not r.cue(j, "cmp")
            or r.cue(k, "monthname")
            or (r.at(k) is not None and (r.items[k].date is not None or r.items[k].number is not None))
        )
    return (
        r.cue(j, "monthname")
        or after.date is not None
        or (isinstance(after.number, int) and after.number in YEARS)
        or bool(QUARTER.fullmatch(after.low))
    )
