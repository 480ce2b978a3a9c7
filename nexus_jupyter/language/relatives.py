"""Relatives: rows of a table that another row of it leads to, by a table of pairs ("friends of Ann") or by a key ("their manager")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_jupyter.language.draft import NotUnderstood, Pred, Quantity
from nexus_jupyter.language.joins import edges_of
from nexus_jupyter.language.predicates import add
from nexus_jupyter.language.tokens import name_words, stem
from nexus_jupyter.language.vocabulary import Ref

if TYPE_CHECKING:
    from nexus_jupyter.language.draft import Draft
    from nexus_jupyter.language.reader import Reader

EARNING = frozenset({"earn", "earns", "earning", "make", "makes", "paid"})
PAY = "salary wage income earnings pay"
THEIR = frozenset({"their", "his", "her", "its", "the", "own"})
KNOWN = 0.9


def pairs(r: Reader, table: str) -> tuple[Ref, str, str] | None:
    """Give the key of the table whose rows a table of pairs links, and the two columns that hold it; None for any other table."""
    found: dict[Ref, list[str]] = {}
    for e in edges_of(r.catalog):
        for own, on, other, key, unique in (
            (e.left, e.left_on, e.right, e.right_on, e.unique_right),
            (e.right, e.right_on, e.left, e.left_on, e.unique_left),
        ):
            if own == table and other != table and unique and not e.also:
                found.setdefault(Ref(other, key), []).append(on)
    both = [(key, *dict.fromkeys(columns)) for key, columns in found.items() if len(set(columns)) == 2]
    return both[0] if len(both) == 1 else None  # type: ignore[return-value] # a key and two names


def linked(r: Reader, i: int) -> int | None:
    """Take "friends of Ann", "Ann's friends", "liked by Ann", "like Ann", where a table holds pairs of keys."""
    it, table = r.items[i], r.table(i)
    known = pairs(r, table) if table is not None else None
    if known is None or table is None or known[0].table not in r.scope:
        return None
    key, *columns = known
    label = r.label_of(key.table)
    if len(label) != 1:
        return None
    before, after = r.at(i - 1), r.at(i + 1)
    passive = after is not None and after.low == "by"
    owned = before is not None and before.mark == "'s" and i > 1 and any(v[0] == label[0] for v in r.items[i - 2].values)
    if owned:
        given = r.draft.preds[-1] if r.draft.preds and r.draft.preds[-1].ref == label[0] and r.draft.preds[-1].op == "==" else None
        if given is None:
            return None
        r.draft.preds.pop()
        end = i + 1
    else:
        j = r.skip(i + 2 if passive else i + 1)
        named = r.at(j)
        if named is None or not any(v[0] == label[0] for v in named.values):
            return None
        given, end = Pred("cmp", label[0], "==", r.value(j, label[0])[1]), j + 1
    noun = owned or (after is not None and after.low == "of")
    said = [c for c in columns if stem(it.low) in {stem(w) for w in name_words(c)}]
    if len(said) != 1:
        return None
    other = next(c for c in columns if c != said[0])
    shown, fixed = (said[0], other) if noun or passive else (other, said[0])
    r.consumed[i] = f"table {table}"
    r.near = key.table
    add(r, Pred("linked", key, value=(table, shown, fixed), parts=[given]))
    return end


def superior(r: Reader, i: int) -> Ref | None:
    """Give the key column that leads from a row to another row of the same table: "manager" is `manager_id` of employees."""
    found = [c for c, _ in r.candidates(i) if r.counted(i)]
    if len(found) != 1:
        return None
    key = r.key_of(found[0].table)
    if key is None or key == found[0] or r.info(key).kind is not r.info(found[0]).kind:
        return None
    held, own = set(r.profile(found[0]).values), set(r.profile(key).values)
    low, high = r.profile(key).minimum, r.profile(key).maximum
    if not r.profile(key).complete and low is not None and r.info(key).kind.numeric:
        return found[0] if sum(low <= v <= high for v in held) >= KNOWN * len(held) else None
    return found[0] if held and len(held & own) >= KNOWN * len(held) else None


def against(r: Reader, ref: Ref | None, op: str, j: int, start: int) -> int | None:
    """Take "more than their manager": the same column of the row to which a key leads."""
    at = r.at(j)
    k = j
    while at is not None and at.low in THEIR:
        k += 1
        at = r.at(k)
    if k == j and (r.at(j - 1) is None or r.items[j - 1].low not in THEIR):
        return None
    leads = superior(r, k)
    verb = r.at(start - 1)
    if leads is None:
        return None
    if ref is None and verb is not None and verb.low in EARNING:
        ref = r.hinted(PAY, [leads.table])
    if ref is None or ref.table != leads.table or not r.number(ref):
        return None
    r.consumed[k] = f"column {leads.table}.{leads.column}"
    add(r, Pred("peer", ref, op, leads))
    return k + 1


def counted_pairs(r: Reader, d: Draft) -> None:
    """Count the pairs where rows of the table itself are counted: "liked by more than one student" counts likes."""
    main = d.tables[0] if d.tables else None
    times = [h[0] for h in d.havings if h[0].func == "size" and h[0].table is None]
    others = list(dict.fromkeys([*d.tables[1:], *(t for t, negated in r.related if not negated)]))
    if times and main is not None and len(others) == 1:
        for q in times:  # "movies that were rated more than twice"
            q.table = others[0]
        r.related = [(t, negated) for t, negated in r.related if t != others[0]]
    between = [t for t, negated in r.related if not negated and t != main and (known := pairs(r, t)) is not None and known[0].table == main]
    counts: list[Quantity] = [h[0] for h in d.havings] + [e.quantity for e in d.extremes]
    own = [q for q in counts if q.func == "size" and q.table == main]
    if main is not None and len(between) == 1 and own:
        for q in own:
            q.table = between[0]
        r.related = [(t, negated) for t, negated in r.related if t != between[0]]
    elif main is not None and own and sum(r.table(i) == main for i in range(len(r.items))) > 1:
        shown = {q.ref for q in d.selects if q.ref} or set(r.label_of(main))
        if shown <= set(r.label_of(main)) or any(r.profile(ref).unique for ref in shown):
            raise NotUnderstood(f"rows of {main} counted for each row of {main}, with nothing that links them")
