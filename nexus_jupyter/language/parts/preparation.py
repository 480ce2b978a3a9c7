"""What is done to the rows: missing values filled or dropped, outliers, scales, codes, filters, groups."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from nexus_jupyter.context.schema import Kind
from nexus_jupyter.language.parts.lexicon import ORDINALS
from nexus_jupyter.language.parts.mentions import Line
from nexus_jupyter.language.parts.recipe import CS, DERIVE, DROP, FILL, FILTER, SCALE, C, Outlying, Recipe, Rule
from nexus_jupyter.language.tokens import stem
from nexus_jupyter.plan.expressions import Between, Cell, Col, Compare, DatePart, Expr, If, Lit, Or
from nexus_jupyter.plan.preparation import Encode, Scale
from nexus_jupyter.plan.step import Measure, Step
from nexus_jupyter.plan.steps import Aggregate, Derive, Distinct, DropMissing, FillMissing, Filter

MISSING = r"\b(?:missing|nulls?|nan|na|empty|blank)\b"
_HOW = {"mean": "mean", "average": "mean", "median": "median", "mode": "mode", "most": "mode"}
_TOTAL = {
    ">": "greater than|more than|above|over|higher than|larger than|exceeding|exceeds|>", ">=": "at least|greater than or equal to|more than or equal to|no less than|>=|not less than",
    "<": "less than|below|under|lower than|smaller than|fewer than|<", "<=": "at most|less than or equal to|no more than|<=|not more than",
    "!=": "not equal to|different from|!=|other than", "==": "equal to|equals|equal|exactly|==|=",
}  # fmt: skip
OPS = sorted(((w, op) for op, ws in _TOTAL.items() for w in ws.split("|")), key=lambda f: -len(f[0]))
OP = "(?:" + "|".join(re.escape(w) for w, _ in OPS) + ")"


def _fill(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    if not re.search(MISSING + r"|imput", line.mask) and not re.search(MISSING, r.linker.dataset.name):
        return False
    head = line.mask[: m.end()]
    columns = line.targets(m[0]) or line.targets(head)[-3:] or line.targets(line.mask)
    columns = [c for c in columns if c in r.linker.columns]
    if not columns and re.search(r"(?:each|respective|all|every|any|numeric\w*) ", line.mask):
        columns = [c for c in r.linker.columns if r.linker.dataset.schema.column(c).kind.numeric]
    how = next((_HOW[w] for w in _HOW if re.search(rf"\b{w}\b", m["how"])), "value")
    numbers = line.targets(m["how"], "n")
    value: Any = numbers[0] if numbers else 0 if "zero" in m["how"] else None
    if not columns or (how == "value" and value is None):
        return False
    for c in columns:
        if (c, ) and c not in r.filled:
            r.filled[c] = (how, value)
            r.role("filled", c)
            r.add(FILL, f"fill {c}", lambda s, c=c: FillMissing(input=s, column=c, how=how, value=value), c)  # type: ignore[misc]
    return True


def _drop(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    columns = [c for c in line.targets(m[0]) if c in r.linker.columns]
    if not columns and not re.search(r"\bany\b|all rows|every row|rows with missing", m[0]):
        return False
    chosen = tuple(columns)
    r.role("dropped", *columns)
    r.add(DROP, f"drop {' '.join(columns)}", lambda s: DropMissing(input=s, columns=chosen))
    return True


def _dedupe(r: Recipe, _line: Line, _m: re.Match[str]) -> bool:
    r.add(DROP, "dedupe", lambda s: Distinct(input=s))
    return True


# --- outliers
def outliers(r: Recipe, line: Line) -> None:
    """Read how outliers are found."""
    mask = line.mask
    if not re.search(r"outl(?:ier|ying)|z - scores?|\biqr\b|interquartile|anomal|standard deviations? away", mask):
        return
    told = r.outlying or Outlying()
    speaks = bool(re.search(r"outl(?:ier|ying)|anomal", mask))
    if re.search(r"z - scores?|z scores?|standard deviations? (?:away|from)", mask) and (speaks or told.method in {"", "zscore"}) and (
        speaks or r.outlying or re.search(r"greater|less|>|threshold", mask)
    ):
        told = replace(told, method=told.method or "zscore")
        ns = [abs(n) for n in line.targets(" ".join(f[0] for f in re.finditer(r"(?:greater than|exceeds?|above|higher than|less than|lesser than|below|threshold(?: value)? (?:of|=|is)|>|<|more than|threshold :|-) (?:or equal to )?(?:\+ ?/ ?- )?<n\d+>", mask)), "n") if isinstance(n, (int, float)) and 1 <= abs(n) <= 6]
        if ns:
            told = replace(told, threshold=float(ns[0]))
            high = bool(re.search(r"(?:greater than|above|exceeds?|higher than|>) <n", mask))
            low = bool(re.search(r"(?:less(?:er)? than|below|<|lower than) (?:<n|-)", mask))
            absolute = bool(re.search(r"absolute|\|", mask))
            if high and not low and not absolute and re.search(r"z - score (?:is )?(?:greater|above|higher|exceed)", mask) and zone_rule(line):
                told = replace(told, side="high" if told.side != "two" else "both")
            elif high and low:
                told = replace(told, side="both")
        if "scipy" in mask or "zscore" in mask or "population" in mask:
            told = replace(told, ddof=0)
    if re.search(r"\biqr\b|interquartile|quartile", mask):
        told = replace(told, method="iqr")
        ns = [n for n in line.targets(mask, "n") if isinstance(n, float)]
        if ns:
            told = replace(told, threshold=float(ns[0]))
    if re.search(r"\bmad\b|median absolute deviation", mask):
        told = replace(told, method="mad")
    if re.search(r"\b(?:remov|exclud|drop|eliminat|filter|delet|discard|without|trim)\w*", mask) and re.search(r"outl|these|them", mask):
        told = replace(told, action=told.action or "remove")
    if m := re.search(r"replac\w*.*(?:with|by) (?:the |its )?(mean|median)", mask):
        if speaks or "deviation" in mask:
            told = replace(told, action=m[1])
    near = [c for f in line.find(rf"(?:outl\w+|anomal\w+|z - scores?|detection)\b(?: \w+){{0,4}} (?:in|of|for|from|on|within|based on) (?:\w+ ){{0,3}}?{CS}") for c in line.targets(f[0])]
    near = near or [c for f in line.find(r"replace any <c\d+>") for c in line.targets(f[0])]
    near = near or [c for c in line.targets(mask)][:1]
    near = [c for c in near if c in r.linker.made or r.linker.number(c)]
    if near and not told.columns:
        told = replace(told, columns=tuple(dict.fromkeys(near)))
    r.outlying = told
    for m in line.find(r"(?:greater|less(?:er)?|higher|lower|more|smaller|exceed\w*|above|below|beyond|outside|threshold|assume|consider\w*|data points?|point|defined|without|standard deviations? away)\b(?: than| of)?|<n\d+>"):
        line.claim(m.start(), m.end(), "outliers")


def zone_rule(line: Line) -> bool:
    """Say whether a line constrains."""
    return line.zone == "rule"


# --- scales and codes
def _scale(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    columns = [c for c in line.targets(line.mask) if c in r.linker.made or (c in r.linker.columns and r.linker.number(c))]
    said = line.mask
    method = "minmax" if re.search(r"min - max|minmax|min max|between <n\d+> and <n\d+>|range", said) else "standard" if re.search(r"z - score|standard|standardi", said) else ""
    near = [c for f in line.find(rf"(?:normaliz\w*|normalis\w*|scal\w+|standardi\w+) (?:the |variables? |columns? |features? |\( )*{CS}") for c in line.targets(f[0])]
    columns = [c for c in (near or columns) if c in columns]
    if not method or not columns or r.outlying and "z - score" in said and "normal" not in said:
        return False
    chosen = tuple(dict.fromkeys(columns))
    r.role("scaled", *chosen)
    for c in chosen:
        r.add(SCALE, f"scale {c}", lambda s, c=c: Scale(input=s, columns=(c,), method=method), c)  # type: ignore[arg-type, misc]
    return True


def _encode(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    columns = [c for c in line.targets(line.mask) if c in r.linker.columns and not r.linker.number(c)]
    coded = [(line.pieces[int(f[1])].target, line.pieces[int(f[2])].target) for f in line.find(r"<v(\d+)>(?: \w+){0,3}? (?:as|=|is|to|with) <n(\d+)>|<v(\d+)> and (?=$)") if f[1]]
    ands = [(line.pieces[int(f[1])].target, line.pieces[int(f[2])].target) for f in line.find(r"and <v(\d+)>(?: (?:is|as|=|is coded as))+ <n(\d+)>")]
    pairs = dict([*coded, *ands])
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
    r.labels[column] = tuple(range(len(values))) if values else ()  # type: ignore[assignment]
    r.groups.append(column) if column not in r.groups else None
    r.add(SCALE, f"encode {column}", lambda s: Encode(input=s, column=column, values=values), column)
    line.claim(0, len(line.mask), f"encode {column}")
    return True


# --- filters
def _said_op(said: str) -> str:
    return next(op for w, op in OPS if re.search(rf"(?<![\w<>]){re.escape(w)}(?![\w=])", said))


def _filter(r: Recipe, line: Line, where: Expr, column: str, why: str) -> bool:
    r.role("filter", column)
    r.add(FILTER, f"filter {why}", lambda s: Filter(input=s, where=where), column)
    return True


def filters(line: Line) -> bool:
    """Say whether a line may restrict the rows: what is asked may, a constraint only when it says so."""
    if re.search(r"null hypothesis|p - values?|z - scores?|outlier", line.mask) and line.zone != "ask":
        return False
    return line.zone == "ask" or bool(re.search(r"\bonly\b|\bfilter\b|\bshould meet\b|\brestrict|\bsubset\b", line.mask))


def _compare(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    if not filters(line) or re.search(r"outlier|z - score", line.mask):
        return False
    column = line.targets(m["c"])[0]
    op = _said_op(m["op"]) if m["op"] else "=="
    values = line.targets(m["x"], "v") or line.targets(m["x"], "n") or line.targets(m["x"], "q")
    if not values or not r.linker.dataset or column in r.linker.made:
        return False
    value = values[0][1] if isinstance(values[0], tuple) else values[0]
    if isinstance(values[0], tuple) and values[0][0] != column:
        known = [v for v in r.linker.values(column) if str(v).casefold().replace("-", " ") == str(value).casefold().replace("-", " ")]
        if not known:
            return False
        value = known[0]
    kind = r.linker.dataset.schema.column(column).kind
    if kind is Kind.STRING and not isinstance(value, str):
        if r.linker.number(column):
            pass
        elif str(value) in r.linker.values(column):
            value = str(value)
        else:
            return False
    elif kind.numeric and isinstance(value, str):
        return False
    return _filter(r, line, Compare(op, Col(column), Lit(value)), column, f"{column} {op} {value}")  # type: ignore[arg-type]


def _against(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    if not filters(line):
        return False
    column, op = line.targets(m["c"])[0], _said_op(m["op"])
    func = "median" if m["func"] == "median" else "mean"
    other = (line.targets(m["other"]) or [column])[0] if m["other"] else column
    if other != column:
        return False

    def apply(s: Step) -> Step:
        root = s
        while getattr(root, "input", None) is not None:
            root = root.input  # type: ignore[attr-defined]
        one = Aggregate(input=root, keys=(), measures=(Measure(name=func, func=func, column=column),))  # type: ignore[arg-type]
        return Filter(input=s, where=Compare(op, Col(column), Cell(one, func)))  # type: ignore[arg-type]

    r.role("filter", column)
    r.roles[column].add("kept")
    r.add(FILTER, f"filter {column} {op} {func}", apply, column)
    return True


def _between(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    if not filters(line) or re.search(r"outlier|if ", line.mask):
        return False
    column = line.targets(m["c"])[0]
    low, high = line.targets(m["x"], "n")[:2]
    if column in r.linker.made or not r.linker.number(column):
        return False
    return _filter(r, line, Between(Col(column), Lit(low), Lit(high)), column, f"{column} {low} {high}")


def _value(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    held = line.held(m[0], "v")
    if not filters(line) or any(line.pieces[i].why for i in held):
        return False
    targets = list(dict.fromkeys(line.pieces[i].target for i in held))
    columns = {c for c, _ in targets}
    if len(columns) != 1 or len(targets) > 1:
        return False
    column, value = targets[0]
    if any(p[0] == column for p in r.pairs) or column in r.labels:
        return False
    return _filter(r, line, Compare("==", Col(column), Lit(value)), column, f"{column} == {value}")


def _flag(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    column = line.targets(m["c"])[0]
    if not filters(line) or column in r.linker.made or set(r.linker.values(column)) - {0, 1, True, False} or not r.linker.values(column):
        return False
    value = 0 if re.search(r"\b(?:not|never)\b", m[0]) else 1
    return _filter(r, line, Compare("==", Col(column), Lit(value)), column, f"{column} == {value}")


def ordinals(r: Recipe, line: Line) -> None:
    """Read "first class", "the 1st and 3rd classes": ordinals of a coded column that ends in the noun."""
    if not (filters(line) or line.zone == "ask") or re.search(r"quartile|percentile", line.mask):
        return
    word = "|".join([*ORDINALS, r"\d+(?:st|nd|rd|th)"])
    for m in line.find(rf"\b({word})(?:[ -](\w+))?(?: (?:and|or|,) (?:the )?({word}))?[ -](\w+)"):
        noun = stem(m[4])
        columns = [c for c in r.linker.columns if noun and stem(c).endswith(noun) and r.linker.values(c) and (c.casefold() == m[4] or len(c) <= len(noun) + 3 or c.casefold().split("_")[-1] == noun)]
        said = [n for w in (m[1], m[2] or "", m[3] or "") if (n := r.linker.ordinal(w)) is not None]
        if len(columns) != 1 or any(n not in r.linker.values(columns[0]) for n in said):
            continue
        r.roles.setdefault(columns[0], set()).add("ordinal")
        known = [v for c, vs in r.pairs if c == columns[0] for v in vs]
        values = tuple(dict.fromkeys([*known, *said]))
        r.pairs = [p for p in r.pairs if p[0] != columns[0]] + [(columns[0], values)]
        r.role("group", columns[0])
        line.claim(m.start(), m.end(), "ordinal")


def pairs(r: Recipe) -> None:
    """Restrict the rows to the values of a column that were named; two of them are also the sides of a comparison."""
    for column, values in r.pairs:
        if len(values) == 1:
            r.roles[column] = {"filter"}
            r.add(FILTER, f"filter {column} == {values[0]}", lambda s, c=column, v=values[0]: Filter(input=s, where=Compare("==", Col(c), Lit(v))), column)  # type: ignore[misc]
        elif len(values) > 1:
            parts = tuple(Compare("==", Col(column), Lit(v)) for v in values)
            r.add(FILTER, f"filter {column} in {values}", lambda s, p=parts: Filter(input=s, where=Or(p)), column)  # type: ignore[misc]


def _pair(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    targets = line.targets(m[0], "v")
    if len({c for c, _ in targets}) != 1 or len(targets) != 2 or not (line.zone == "ask" or filters(line)):
        return False
    column = targets[0][0]
    if not any(p[0] == column for p in r.pairs):
        r.pairs.append((column, tuple(v for _, v in targets)))
    r.role("group", column)
    return True


# --- groups
def _group(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    columns = line.targets(m[0])
    for c in columns:
        if c not in r.groups:
            r.groups.append(c)
        r.role("group", c)
    return bool(columns)


def _again(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take "for each class" as the group that was named before."""
    word = stem(m["word"])
    return any(word in stem(c.casefold()) for c in [*r.groups, *(r.new,)] if c) or word in {stem("category"), stem("group"), stem("title"), stem("label")}


def _period(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take "for each month" as the month of the only date."""
    named = [c for c in r.linker.columns if c.casefold() == m["unit"]]
    if named and line.zone == "ask":
        return _grouped(r, named[0])
    dates = [c for c in r.linker.columns if r.linker.dated(c)]
    if len(dates) != 1 or line.zone != "ask":
        return False
    r.period = m["unit"]
    r.dates.add(dates[0])
    r.role("source", dates[0])
    return True


def _grouped(r: Recipe, column: str) -> bool:
    if column not in r.groups:
        r.groups.append(column)
    r.role("group", column)
    return True


def _week(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Split the days into weekdays and weekends."""
    dates = [c for c in r.linker.columns if r.linker.dated(c)]
    if len(dates) != 1 or "day_type" in r.made:
        return "day_type" in r.made
    r.dates.add(dates[0])
    r.role("source", dates[0])
    value = If(Compare(">=", DatePart(Col(dates[0]), "weekday"), Lit(5)), Lit("weekend"), Lit("weekday"))
    r.made["day_type"] = lambda: value
    r.role("group", "day_type")
    r.groups.append("day_type")
    r.labels["day_type"] = ("weekday", "weekend")
    r.add(DERIVE, "derive day_type", lambda s: Derive(input=s, name="day_type", value=value))
    return True


def _years(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    low, high = line.targets(m[0], "n")[:2]
    named = [c for c in r.linker.columns if c.casefold() == "year" or c.casefold().endswith("_year")]
    if len(named) != 1 or not (1500 < low < high < 2200) or not filters(line):
        return False
    column = named[0]
    _grouped(r, column)
    r.add(FILTER, f"filter {column} {low}", lambda s: Filter(input=s, where=Between(Col(column), Lit(low), Lit(high))), column)
    return True


FIRST: tuple[Rule, ...] = (
    ("dedupe", r"(?:remov\w+|drop\w*|delet\w+|eliminat\w+) (?:any |all |the )*duplicate\w*(?: rows| records| entries)?", _dedupe),
    ("fill", rf"(?:fill\w*|replac\w+|imput\w+|substitut\w+)\b(?:(?! if )[^.])*? (?:with|by|using|to)(?: (?:the|their|its|a|respective|column|columns|overall|corresponding|imputing|them|it|value|of|constant))* (?P<how>mean|median|mode|most frequent|average|zero|<n\d+>)", _fill),
    ("fill", rf"missing values?(?: in {CS})? (?:by|with|using) (?:the )?(?P<how>mean|median|mode|average)(?: imputation| strategy| values?)?", _fill),
    ("drop", rf"(?:remov\w+|drop\w*|delet\w+|exclud\w+|eliminat\w+|discard\w*) (?:any |all |the |every |those )*(?:rows?|records?|entries|observations|instances|passengers|data points)\b[^.]*?{MISSING}[^.]*?(?:{CS}|$)", _drop),
    ("drop", rf"deletion (?:strategy|of)[^.]*?{MISSING} values? (?:in|of|for) {CS}", _drop),
    ("encode", r"\bencod\w+|label encod\w*|one - hot", _encode),
    ("scale", r"\b(?:normaliz\w+|normalis\w+|scal(?:e|ed|ing|er)|standardiz\w+|standardis\w+)\b", _scale),
)  # fmt: skip
WHERE: tuple[Rule, ...] = (
    ("pair", r"<v\d+>(?: \w+)? (?:and|vs|versus|or) (?:the )?<v\d+>", _pair),
    ("filter", rf"(?P<c>{C}) (?:(?:is|are|was|were|of|that|has|have|being) )*(?P<op>{OP}) (?:the )?(?:overall )?(?P<func>mean|average|median)(?: (?P<other>{C}))?", _against),
    ("filter", rf"(?P<c>{C}) (?:(?:is|are|was|were|that|lies|lying|ranging) )*between (?P<x><n\d+> and <n\d+>)", _between),
    ("filter", rf"(?P<c>{C}) (?:(?:is|are|was|were|of|that|has|have|being|values?) )*(?P<op>{OP}) (?P<x><[nvq]\d+>)(?: degrees| years| %)?", _compare),
    ("filter", rf"(?P<c>{C}) (?:(?:value|column) )?(?:of|is|=|was|being)(?P<op>) (?P<x><[nvq]\d+>)", _compare),
    ("filter", rf"(?:by|from|in|for|with)(?: the)? (?P<c><c\d+>)(?P<op>) (?P<x><[vq]\d+>)", _compare),
    ("filter", rf"(?:who|that|which|did|have|has|are|were|is)(?: (?:have|has|had|did|not|never|were|was))* (?P<c><c\d+>)(?= |$)(?! (?:column|and <c))", _flag),
    ("years", r"(?:each|every|the|by) years? (?:from|between) <n\d+> (?:to|and|-) <n\d+>", _years),
    ("filter", r"(?:for|of|in|from|among|only|are|is|to|by|all) (?:the |all |only )?<v\d+>|(?:^|\s)<v\d+> (?:passengers?|customers?|people|players?|students?|employees?|patients?|users?|records?|rows?|entries|observations|individuals?)", _value),
)  # fmt: skip
GROUPS: tuple[Rule, ...] = (
    ("week", r"week ?days?\b.{0,40}?\b(?:and|versus|vs|or) (?:the )?week ?ends?", _week),
    ("period", r"(?:for|in|by|per|of|each)(?: the)? (?:each|every) (?P<unit>month|year|quarter|hour)\b(?! (?:and|from))", _period),
    ("group", rf"(?:for|in|by|per|of|within|across|among|between|under|to|at)(?: the)? (?:each|every|different|all|the different|all the|various)(?: (?:unique|distinct|different|individual|of the|\w+ing))?(?: value of(?: the)?)? {C}(?: and <c\d+>)?(?: group| separately)?", _group),
    ("group", rf"(?:group(?:ed|ing|s)? by|grouped on|broken down by|per|split by) {CS}", _group),
    ("group", rf"(?:for|in|by) each (?P<word>\w+)(?: group)?", _again),
)  # fmt: skip
