"""What is done to the cells: missing values filled or dropped, duplicates dropped, numbers scaled, categories coded."""

from __future__ import annotations

import re
from typing import Any, Literal

from nexus_jupyter.plan.preparation import Encode, Scale
from nexus_jupyter.plan.steps import Distinct, DropMissing, FillMissing
from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.recipe import CS, DROP, FILL, SCALE, C, Recipe, Rule

MISSING = r"\b(?:missing|nulls?|nan|na|empty|blank)\b"
WHICHEVER = r"(?:either|both|these|those|two|<n\d+>|relevant|selected|respective|involved) (?:columns?|variables?|features?|of them)"
_HOW: dict[str, Literal["mean", "median", "mode"]] = {"mean": "mean", "average": "mean", "median": "median", "mode": "mode", "most": "mode"}


def _fill(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    spoken = re.search(MISSING + r"|imput", line.mask) or (r.gaps and re.search(r"\b(?:them|these|those)\b", m[0]))
    if not spoken and not re.search(MISSING, r.linker.dataset.name):
        return False
    head = line.mask[: m.end()]
    columns = line.targets(m[0]) or line.targets(head)[-3:] or line.targets(line.mask)
    columns = columns or (r.last if re.search(r"\b(?:them|it|these|those)\b", m[0]) else [])
    columns = [c for c in columns if c in r.linker.columns]
    if not columns and re.search(r"(?:each|respective|all|every|any|numeric\w*) ", line.mask):
        columns = [c for c in r.linker.columns if r.linker.dataset.schema.column(c).kind.numeric]
    how: Literal["mean", "median", "mode", "value"] = next((h for w, h in _HOW.items() if re.search(rf"\b{w}\b", m["how"])), "value")
    numbers = line.targets(m["how"], "n")
    value: Any = numbers[0] if numbers else 0 if "zero" in m["how"] else None
    within = re.match(
        rf"(?: values?)?(?: \w+)? (?:of|for|in|within|per|by) (?:each|every|its|their|the respective|the same|the corresponding) ({C})(?: group)?",
        line.mask[m.end() :],
    )
    by = tuple(line.targets(within[1])) if within and how != "value" else ()
    by = tuple(c for c in by if c in r.linker.columns and c not in line.targets(m[0]) and not (r.linker.number(c) and not r.linker.code(c)))
    columns = [c for c in columns if c not in by]
    if not columns or (how == "value" and value is None):
        return False
    if within and by:
        line.claim(m.end(), m.end() + within.end(), f"fill {columns[0]}")
    for c in columns:
        if c not in r.filled:
            r.filled[c] = (how, value)
            r.role("filled", c)
            r.add(FILL, f"fill {c}", lambda s, c=c: FillMissing(input=s, column=c, how=how, value=value, by=by), c)  # type: ignore[misc]
    return True


def _also(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take ", and of B with its median" as one more column that is filled."""
    column = line.targets(m[0])[-1]
    if not re.search(MISSING + r"|imput", line.mask) or column not in r.linker.columns or column in r.filled:
        return False
    how = _HOW[m["how"]]
    r.filled[column] = (how, None)
    r.role("filled", column)
    r.add(FILL, f"fill {column}", lambda s: FillMissing(input=s, column=column, how=how), column)
    return True


def _drop(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    columns = [c for c in line.targets(m[0]) if c in r.linker.columns]
    if not columns and re.search(WHICHEVER, line.mask):
        columns = [c for c in r.named if c in r.linker.columns]
    if not columns and not re.search(r"\bany\b|all rows|every row|rows with missing", m[0]):
        return False
    chosen = tuple(columns)
    r.role("dropped", *columns)
    r.add(DROP, f"drop {' '.join(columns)}", lambda s: DropMissing(input=s, columns=chosen))
    return True


def _dedupe(r: Recipe, _line: Line, _m: re.Match[str]) -> bool:
    r.add(DROP, "dedupe", lambda s: Distinct(input=s))
    return True


# --- scales and codes
def _scale(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    columns = [c for c in line.targets(line.mask) if c in r.linker.made or (c in r.linker.columns and r.linker.number(c))]
    said = line.mask
    method = (
        "minmax"
        if re.search(r"min - max|minmax|min max|between <n\d+> and <n\d+>|range", said)
        else "standard"
        if re.search(r"z - score|standard|standardi", said)
        else ""
    )
    near = [
        c
        for f in line.find(rf"(?:normaliz\w*|normalis\w*|scal\w+|standardi\w+) (?:the |variables? |columns? |features? |\( )*{CS}")
        for c in line.targets(f[0])
    ]
    columns = [c for c in (near or columns) if c in columns]
    if not method or not columns or (r.outlying and "z - score" in said and "normal" not in said):
        return False
    chosen = tuple(dict.fromkeys(columns))
    r.role("scaled", *chosen)
    for ends in line.find(r"(?:range |between )?(?:of |from )?<n\d+> (?:and|to|-) <n\d+>"):
        line.claim(ends.start(), ends.end(), "scale")
    for c in chosen:
        r.add(SCALE, f"scale {c}", lambda s, c=c: Scale(input=s, columns=(c,), method=method), c)  # type: ignore[arg-type, misc]
    return True


_MOST = 30


def _encode(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    columns = [c for c in line.targets(line.mask) if c in r.linker.columns and not r.linker.number(c)]
    coded = [
        (line.pieces[int(f[1])].target, line.pieces[int(f[2])].target)
        for f in line.find(r"<v(\d+)>(?: \w+){0,3}? (?:as|=|is|to|with) <n(\d+)>|<v(\d+)> and (?=$)")
        if f[1]
    ]
    ands = [
        (line.pieces[int(f[1])].target, line.pieces[int(f[2])].target)
        for f in line.find(r"and <v(\d+)>(?: (?:is|as|=|is coded as))+ <n(\d+)>")
    ]
    turned = [
        (line.pieces[int(f[2])].target, line.pieces[int(f[1])].target)
        for f in line.find(r"<n(\d+)> (?:for|=|to|is|:|if) (?:the )?<v(\d+)>")
    ]
    pairs = dict([*coded, *ands, *(turned if not coded else [])])
    if re.search(r"(?:one|<n\d+>) - hot|onehot|dummy", line.mask) and columns and not pairs:
        for c in columns:
            values = tuple(sorted(v for v in r.linker.values(c) if isinstance(v, str)))
            if c not in r.dummies and 1 < len(values) <= _MOST:
                r.dummies[c] = values
                r.add(SCALE, f"encode {c}", lambda s, c=c, values=values: Encode(input=s, column=c, method="onehot", values=values), c)  # type: ignore[misc]
        line.claim(0, len(line.mask), "encode")
        return True
    if r.learning is not None and not pairs:
        return True
    if not pairs and not re.search(r"label encod|labelencoder", line.mask):
        return False
    if pairs:
        column = next(iter(pairs))[0]
        values = tuple(v for (_, v), _ in sorted(pairs.items(), key=lambda f: f[1]))
        if sorted(pairs.values()) != list(range(len(values))):
            return False
    elif columns:
        column, values = columns[0], ()
    else:
        return False
    r.role("encoded", column)
    r.labels[column] = tuple(range(len(values))) if values else ()
    if column not in r.groups:
        r.groups.append(column)
    r.add(SCALE, f"encode {column}", lambda s: Encode(input=s, column=column, values=values), column)
    line.claim(0, len(line.mask), f"encode {column}")
    return True


FIRST: tuple[Rule, ...] = (
    ("dedupe", r"duplicate\w*\b[^.?]*?\b(?:remov|drop|delet|eliminat)\w* (?:them|these|those)", _dedupe),
    ("dedupe", r"(?:remov\w+|drop\w*|delet\w+|eliminat\w+) (?:any |all |the )*duplicate\w*(?: rows| records| entries)?", _dedupe),
    ("fill", r"(?:fill\w*|replac\w+|imput\w+|substitut\w+)\b(?:(?! if )[^.])*? (?:with|by|using|to)(?: (?:the|their|its|a|respective|column|columns|overall|corresponding|imputing|them|it|value|of|constant))* (?P<how>mean|median|mode|most frequent|average|zero|<n\d+>)", _fill),
    ("fill", rf"missing values?(?: in {CS})? (?:by|with|using) (?:the )?(?P<how>mean|median|mode|average)(?: imputation| strategy| values?)?", _fill),
    ("fill", r"(?:fill\w*|replac\w+|imput\w+)\b.* and (?:(?:those|that|the missing values?) )?(?:of |in |for )?(?:the )?<c\d+>(?: column)?(?: values?)? (?:with|by|using) (?:its|the|their) (?:own )?(?P<how>mean|median|mode|average)", _also),
    ("drop", rf"(?:remov\w+|drop\w*|delet\w+|exclud\w+|eliminat\w+|discard\w*) (?:any |all |the |every |those )*(?:rows?|records?|entries|observations|instances|passengers|data points)\b[^.]*?{MISSING}[^.]*?(?:{CS}|(?= ?[.;,]|$))", _drop),
    ("drop", rf"deletion (?:strategy|of)[^.]*?{MISSING} values? (?:in|of|for) {CS}", _drop),
    ("encode", r"\bencod\w+|label encod\w*|(?:one|<n\d+>) - hot", _encode),
    ("scale", r"\b(?:normaliz\w+|normalis\w+|scal(?:e|ed|ing|er)|standardiz\w+|standardis\w+)\b", _scale),
)  # fmt: skip
