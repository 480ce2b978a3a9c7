"""How outliers are found, and what becomes of them."""

from __future__ import annotations

import re
from dataclasses import replace

from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.recipe import CS, Outlying, Recipe
from nexus_jupyter.request.sentences import RULE

_SPOKEN = r"outl(?:ier|ying)|anomal"
_ZSCORE = r"z - scores?|z scores?|standard deviations? (?:away|from)"
_BOUND = r"(?:greater than|exceeds?|above|higher than|less than|lesser than|below|threshold(?: value)? (?:of|=|is|:)|>|<|more than|-) (?:or equal to )?(?:\+ ?/ ?- )?<n(\d+)>"
_HIGH = r"z - score (?:is )?(?:greater|above|higher|exceed)\w*(?: than)? <n|> <n"
_LOW = r"(?:less(?:er)? than|below|<|lower than) (?:<n|-)"
_AWAY = r"\b(?:remov|exclud|drop|eliminat|filter|delet|discard|without|trim)\w*"
_CLAIMED = r"(?:greater|less(?:er)?|higher|lower|more|smaller|exceed\w*|above|below|beyond|outside|threshold|assume|consider\w*|data points?|point|defined|without|standard deviations? away)\b(?: than| of)?|<n\d+>"
_PLACES = rf"(?:outl\w+|anomal\w+|z - scores?|detection)\b(?: \w+){{0,4}} (?:in|of|for|from|on|within|based on) (?:\w+ ){{0,3}}?{CS}"


def outliers(r: Recipe, line: Line) -> None:
    """Read how outliers are found, of which columns, and whether they go."""
    mask = line.mask
    if not re.search(rf"{_SPOKEN}|z - scores?|\biqr\b|interquartile|standard deviations? away", mask):
        return
    told = r.outlying or Outlying()
    spoken = bool(re.search(_SPOKEN, mask))
    if re.search(_ZSCORE, mask) and (
        spoken or (told.method in {"", "zscore"} and (r.outlying or re.search(r"greater|less|>|threshold", mask)))
    ):
        told = _scored(told, line)
    elif re.search(r"\biqr\b|interquartile|quartile", mask):
        factors = [float(n) for n in line.targets(mask, "n") if isinstance(n, float)]
        told = replace(told, method="iqr", threshold=factors[0] if factors else told.threshold)
    elif re.search(r"\bmad\b|median absolute deviation", mask):
        told = replace(told, method="mad")
    if re.search(_AWAY, mask) and re.search(r"outl|these|them", mask):
        told = replace(told, action=told.action or "remove")
    m = re.search(r"replac\w*.*(?:with|by) (?:the |its )?(mean|median)", mask)
    if m and (spoken or "deviation" in mask):
        told = replace(told, action="median" if m[1] == "median" else "mean")
    if not told.columns:
        near = [c for f in line.find(_PLACES) for c in line.targets(f[0])] or [
            c for f in line.find(r"replace any <c\d+>") for c in line.targets(f[0])
        ]
        near = [c for c in near or line.targets(mask)[:1] if c in r.linker.made or r.linker.number(c)]
        told = replace(told, columns=tuple(dict.fromkeys(near)))
    r.outlying = told
    for m in line.find(_CLAIMED):
        line.claim(m.start(), m.end(), "outliers")


def _scored(told: Outlying, line: Line) -> Outlying:
    """Read a z-score's threshold and side."""
    told = replace(told, method=told.method or "zscore")
    found = [abs(float(line.pieces[int(m[1])].target)) for m in line.find(_BOUND)]
    bounds = [n for n in found if 1 <= n <= 6]
    if bounds:
        one_sided = re.search(_HIGH, line.mask) and not re.search(_LOW, line.mask) and not re.search(r"absolute|\|", line.mask)
        told = replace(told, threshold=bounds[0], side="high" if one_sided and line.zone == RULE else told.side)
    return replace(told, ddof=0) if re.search(r"scipy|zscore|population", line.mask) else told
