"""Nouns that only say again what a column beside them is, or what each row is about."""

from __future__ import annotations

from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language.draft import Quantity
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.tokens import lemma, name_words
from nexus_jupyter.language.vocabulary import DROPPED, ONE, OWN, Ref

CLASSES = frozenset(
    "city country state place location airport scheme type kind category class style status level group name label brand".split()
)
BEFORE = frozenset("of for from by in among with those these all".split())
SHORT_VERB = 6
KEYS = frozenset({"id", "code", "key", "no", "number"})


def apposition(r: Reader, i: int) -> int | None:
    """Take "city" in "each origin city": the class of what the text column before it holds."""
    it = r.items[i]
    if not r.chart or len(it.lows) != 1 or lemma(it.low) not in CLASSES or r.wordy(i) or it.cue is not None or i == 0:
        return None
    before = r.items[i - 1]
    if before.end != it.start or r.last is None or not any(ref == r.last and tier >= OWN for ref, tier in before.columns):
        return None
    if r.info(r.last).kind is not Kind.STRING:
        return None
    r.draft.notes.append(("column", f"“{before.text} {it.text}” is read as {r.last.column}."))
    return i + 1


def happened(r: Reader, i: int) -> int | None:
    """Take a verb that tells which date is meant: "stations that were installed in each year" and `installation_date`."""
    low, before = r.items[i].low, r.items[i - 1].low if i else ""
    passive = before in {"is", "are", "was", "were", "been", "be"} or (r.has_column(i) and all(r.dated(ref) for ref, _ in r.candidates(i)))
    if not r.chart or not low.endswith("ed") or len(low) < SHORT_VERB or not passive:
        return None
    if not any((r.cue(k, "unit") and not r.is_column(k)) or r.cue(k, "bin") for k in range(len(r.items))):
        return None
    dates = [Ref(t, c.name) for t in r.scope for c in r.catalog.dataset(t).schema if r.dated(Ref(t, c.name))]
    return i + 1 if any(w.startswith(low[:-2]) for ref in dates for w in name_words(ref.column)) else None


def dated(r: Reader, i: int) -> int | None:
    """Take "date" in "the check-in date" where the column before it holds dates."""
    if r.items[i].low not in {"date", "day", "time"} or i == 0 or r.wordy(i) or r.last is None or not r.dated(r.last):
        return None
    before = r.items[i - 1]
    return i + 1 if before.end == r.items[i].start and any(ref == r.last for ref, _ in before.columns) else None


def measured_in(r: Reader, i: int) -> int | None:
    """Take "dollars" in "a price above 700 dollars" where the column that was compared says so in its name."""
    preds = r.draft.preds
    if i == 0 or r.items[i - 1].number is None or not preds or preds[-1].ref is None or preds[-1].kind not in {"cmp", "between"}:
        return None
    ref = preds[-1].ref
    if [c for c, _ in r.candidates(i)] != [ref] or name_words(ref.column)[-1] != lemma(r.items[i].low):
        return None
    return i + 1


def entity(r: Reader, i: int) -> int | None:
    """Take "customers" in "amounts of all customers" where each row names its customer by a key: a word for what the rows are about."""
    found = r.candidates(i)
    if not r.chart and found and _counted_over(r, i):
        r.consumed[i] = f"what each row of {found[0][0].table} is about"
        return i + 1
    if not r.chart and found and _counted_kind(r, i):
        ref = found[0][0]
        r.draft.selects[-1] = Quantity("size") if r.profile(ref).unique else Quantity("count_distinct", ref)
        r.consumed[i] = f"column {ref.table}.{ref.column}"
        return i + 1
    if not r.chart or not found or r.has_table(i) or i == 0 or not (r.draft.selects or r.where):
        return None
    ref, tier = found[0]
    words = name_words(ref.column)
    keyed = ONE - 0.05 <= tier <= DROPPED and (r.info(ref).role is Role.IDENTIFIER or r.key_of(ref.table) == ref) and words[-1] in KEYS
    if not keyed or r.profile(ref).nulls or {lemma(w) for w in r.items[i].lows} - set(words):
        return None
    h = i - 1
    while h > 0 and r.items[h].low in {"the", "a", "an"}:
        h -= 1
    before = r.items[h]
    compound = before.end == r.items[i].start and any(c.table == ref.table for c, _ in before.columns)
    if not (compound or before.low in BEFORE):
        return None
    r.consumed[i] = f"what each row of {ref.table} is about"
    return i + 1


def _counted_over(r: Reader, i: int) -> bool:
    """Say whether a plural noun only names what a measure is taken over: "the median age of female patients" with a column PatientName."""
    ref = r.candidates(i)[0][0]
    if r.draft.statistic == "share" and not r.draft.selects and not r.draft.keys:
        return _keyed(r, i) and "of" in r.items[i - 1].lows
    if not _keyed(r, i) or not r.draft.selects or not all(q.func and q.func != "size" and q.ref != ref for q in r.draft.selects):
        return False
    before = r.items[i - 1]
    return before.low in BEFORE or r.consumed.get(i - 1, "").startswith("value of") or r.tiers.get(i - 1) == 1.0


def _keyed(r: Reader, i: int) -> bool:
    """Say whether a plural noun stands for rows by the column of their names or keys: "patients" with PatientName."""
    ref, tier = r.candidates(i)[0]
    words, low = name_words(ref.column), r.items[i].low
    named = bool({*words[-1:]} & (KEYS | {"name"})) and ONE - 0.05 <= tier <= DROPPED
    itself = words == (lemma(low),) and r.profile(ref).unique and r.info(ref).role is Role.IDENTIFIER  # "respondents": Respondent
    return i > 0 and not r.has_table(i) and low != lemma(low) and (named or itself)


def _counted_kind(r: Reader, i: int) -> bool:
    """Say whether the noun is what was counted, with its kind said before it: "how many female patients"."""
    plain = [(q.func, q.ref, q.table) for q in r.draft.selects] == [("size", None, None)]
    before = r.consumed.get(i - 1, "")
    described = before.startswith("value of") or r.taken.get(i - 1) == "flagged"
    return plain and _keyed(r, i) and described and r.items[i - 1].end == r.items[i].start
