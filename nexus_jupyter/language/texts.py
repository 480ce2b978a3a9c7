"""Texts inside a column's values: "with the letter a in their names"."""

from __future__ import annotations

from nexus_jupyter.language.conditions import add, letter
from nexus_jupyter.language.draft import Pred
from nexus_jupyter.language.reader import Reader

INSIDE = frozenset({"in", "within", "inside", "as", "part", "of", "their", "its", "his", "her", "the"})


def within(r: Reader, i: int) -> int | None:
    """Take a text that a column named after it has to contain."""
    if not r.cue(i, "like"):
        return None
    j = i + 1
    while (
        r.at(j) is not None
        and r.items[j].low in {"the", "letter", "word", "substring", "a", "an"}
        and r.items[j + 1 : j + 2]
        and _names_text(r, j + 1)
    ):
        j += 1
    while r.cue(j, "like", "contains"):  # "contain", "the word"
        j = r.skip(j + 1)
    it = r.at(j)
    if it is None or it.mark or (it.quote is None and len(it.lows) != 1):
        return None
    texts, k = [_said(r, j)], j + 1
    while r.cue(k, "logic", "or") and letter(r, k + 1):  # "the letters D or S in their names"
        texts.append(_said(r, k + 1))
        k += 2
    if r.at(k) is None or r.items[k].low not in {"in", "within", "inside"}:
        return _of_counted(r, i, texts, k)
    while r.at(k) is not None and r.items[k].low in INSIDE and not r.has_column(k):
        k += 1
    if not r.has_column(k):
        return None
    ref, how = r.column(k), (r.items[i].cue or ("", "contains"))[1]
    preds = [Pred("like", ref, how, text) for text in texts]
    add(r, preds[0] if len(preds) == 1 else Pred("or", parts=preds))
    return k + 1


def _of_counted(r: Reader, i: int, texts: list[str], k: int) -> int | None:
    """Take what a column that is counted has to contain: "how many titles contain the word X"."""
    b = i - 1
    while b > 0 and r.items[b].low in {"that", "which", "do", "does"}:
        b -= 1
    if b < 0 or b not in r.consumed or not r.has_column(b) or (r.has_table(b) and not r.is_column(b)) or r.cue(k, "cmp"):
        return None
    ref = r.column(b)
    if r.number(ref) or r.dated(ref):
        return None
    while r.cue(k, "logic", "or") and (more := r.at(r.skip(k + 1))) is not None and len(more.lows) == 1 and not (more.mark or more.cue):
        k = r.skip(k + 1)
        texts.append(_said(r, k))
        k += 1
    how = (r.items[i].cue or ("", "contains"))[1]
    preds = [Pred("like", ref, how, text) for text in texts]
    add(r, preds[0] if len(preds) == 1 else Pred("or", parts=preds))
    return k


def _said(r: Reader, i: int) -> str:
    it = r.items[i]
    return it.quote if it.quote is not None else it.text


def _names_text(r: Reader, i: int) -> bool:
    it = r.items[i]
    return it.quote is not None or it.low not in {"in", "within", "inside"}
