"""Places in an ordered column: percentiles, quartiles, their range, and the spread against the mean."""

from __future__ import annotations

import re

from nexus_jupyter.language.draft import Quantity
from nexus_jupyter.language.reader import Reader

QUARTILES = {
    "first": 0.25, "1st": 0.25, "lower": 0.25, "bottom": 0.25, "second": 0.5, "2nd": 0.5, "middle": 0.5, "third": 0.75, "3rd": 0.75, "upper": 0.75, "top": 0.75,
}  # fmt: skip
PERCENT = 100


def quantile(r: Reader, i: int) -> int | None:
    """Take "90th percentile of X", "third quartile of X", "interquartile range of X", "coefficient of variation of X"."""
    text, j = _spoken(r, i)
    if text == "":
        return None
    k = r.skip(j)
    if not (r.is_column(k) and any(r.number(c) for c, _ in r.candidates(k))):
        return None
    ref = r.column(k, want="number")
    r.draft.selects.append(_made(text, Quantity("", ref)))
    r.near, r.where = ref.table, False
    return k + 1


def _made(text: str, of: Quantity) -> Quantity:
    ref = of.ref
    column = ref.column if ref is not None else ""
    if text == "iqr":
        return Quantity("quantile", ref, q=0.75, less=Quantity("quantile", ref, q=0.25), name=f"interquartile_range_{column}")
    if text == "variation":
        return Quantity("std", ref, over=Quantity("mean", ref), name=f"variation_{column}")
    return Quantity("quantile", ref, q=float(text))


def _spoken(r: Reader, i: int) -> tuple[str, int]:
    """Read what is asked for and where it ends: "0.9", "iqr", "variation", or "" where nothing is."""
    words: list[tuple[str, int]] = []  # each word with the item that ends with or after it
    k = i
    while (it := r.at(k)) is not None and len(words) < 5 and not (it.mark and it.mark != "-"):
        words += [(w, k + 1) for w in it.lows if w != "-"]
        k += 1
    lows = [w for w, _ in words]
    share = re.fullmatch(r"(\d{1,2}(?:\.\d+)?)(?:st|nd|rd|th)?", lows[0]) if lows else None
    if share and lows[1:2] == ["percentile"]:
        return str(float(share[1]) / PERCENT), words[1][1]
    if lows[:1] == ["percentile"] and len(lows) > 1 and re.fullmatch(r"\d{1,2}", lows[1]):
        return str(float(lows[1]) / PERCENT), words[1][1]
    if len(lows) > 1 and lows[0] in QUARTILES and lows[1] == "quartile":
        return str(QUARTILES[lows[0]]), words[1][1]
    for said, text in (
        (["interquartile", "range"], "iqr"),
        (["inter", "quartile", "range"], "iqr"),
        (["iqr"], "iqr"),
        (["coefficient", "of", "variation"], "variation"),
    ):
        if lows[: len(said)] == said:
            return text, words[len(said) - 1][1]
    return "", i
