"""Which rows are meant: comparisons, values, ranges, ordinals, pairs of values."""

from __future__ import annotations

import re
from functools import partial

from nexus_jupyter.context.schema import Kind
from nexus_jupyter.language.tokens import stem
from nexus_jupyter.plan.expressions import Between, Cell, Col, Compare, DatePart, Expr, Lit, Or
from nexus_jupyter.plan.step import Measure, SortKey, Step
from nexus_jupyter.plan.steps import Aggregate, Filter, Top
from nexus_jupyter.request.lexicon import ORDINALS
from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.recipe import FILTER, C, Recipe, Rule

_TOTAL = {
    ">": "greater than|more than|above|over|higher than|larger than|exceeding|exceeds|>", ">=": "at least|greater than or equal to|more than or equal to|no less than|>=|not less than",
    "<": "less than|below|under|lower than|smaller than|fewer than|<", "<=": "at most|less than or equal to|no more than|<=|not more than",
    "!=": "not equal to|different from|!=|other than", "==": "equal to|equals|equal|exactly|==|=",
}  # fmt: skip
OPS = sorted(((w, op) for op, ws in _TOTAL.items() for w in ws.split("|")), key=lambda f: -len(f[0]))
OP = "(?:" + "|".join(re.escape(w) for w, _ in OPS) + ")"


def _said_op(said: str) -> str:
    return next(op for w, op in OPS if re.search(rf"(?<![\w<>]){re.escape(w)}(?![\w=])", said))


def _filter(r: Recipe, line: Line, where: Expr, column: str, why: str) -> bool:
    r.role("filter", column)
    if re.search(r"\b(?:percentage|percent|proportion|share|fraction|rate)\b", line.mask):
        if where not in r.shares:
            r.shares.append(where)
        return True
    r.conditions.setdefault(column, []).append((where, line.mask))
    r.add(FILTER, f"filter {why}", lambda s: Filter(input=s, where=where), column)
    return True


def filters(line: Line) -> bool:
    """Say whether a line may restrict the rows: what is asked may, a constraint only when it says so."""
    if re.search(r"null hypothesis|p - values?|z - scores?|outlier", line.mask) and line.zone != "ask":
        return False
    if re.search(r"(?:percentage|proportion|share|fraction|rate)\b.*\b(?:whose|who|with|where|that)\b", line.mask):
        return True
    return line.zone == "ask" or bool(re.search(r"\bonly\b|\bfilter\b|\bshould meet\b|\brestrict|\bsubset\b", line.mask))


def _compare(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    if not filters(line) or re.search(r"outlier|z - score", line.mask) or any("derive" in line.pieces[i].why for i in line.held(m["c"])):
        return False  # "1 if A is greater than B" makes a column
    column = line.targets(m["c"])[0]
    op = _said_op(m["op"]) if m["op"] and m["op"] != "is" else "=="
    values = line.targets(m["x"], "v") or line.targets(m["x"], "n") or line.targets(m["x"], "q")
    if not values:
        return False
    if column in r.linker.made:
        if not isinstance(values[0], (int, float)):
            return False
        return _filter(r, line, Compare(op, Col(column), Lit(values[0])), column, f"{column} {op} {values[0]}")  # type: ignore[arg-type]
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
    truth = r.linker.truth(column) if column in r.linker.columns else None
    if not filters(line) or truth is None or any(c == column for c, _ in r.pairs):
        return False
    value = truth[1] if re.search(r"\b(?:not|never|non)\b", m[0]) else truth[0]
    return _filter(r, line, Compare("==", Col(column), Lit(value)), column, f"{column} == {value}")


def ordinals(r: Recipe, line: Line) -> None:
    """Read "first class", "the 1st and 3rd classes": ordinals of a coded column that ends in the noun."""
    if not (filters(line) or line.zone == "ask") or re.search(r"quartile|percentile", line.mask):
        return
    word = "|".join([*ORDINALS, r"\d+(?:st|nd|rd|th)"])
    for m in line.find(rf"\b({word})(?:[ -](\w+))??(?: (?:and|or|,) (?:the )?({word}))?[ -](\w+)"):
        noun = stem(m[4])
        columns = [
            c
            for c in r.linker.columns
            if noun
            and stem(c).endswith(noun)
            and r.linker.values(c)
            and (c.casefold() == m[4] or len(c) <= len(noun) + 3 or c.casefold().split("_")[-1] == noun)
        ]
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
    for column, told in list(r.conditions.items()):
        sides = [where.right.value for where, _ in told if isinstance(where, Compare) and where.op == "==" and isinstance(where.right, Lit)]
        if len(sides) == len(told) and len(set(sides)) == 2 and all(c != column for c, _ in r.pairs):  # no row is both: they are compared
            del r.conditions[column]
            r.changes = [c for c in r.changes if c.rank != FILTER or c.column != column]
            r.pairs.append((column, tuple(dict.fromkeys(sides))))
            r.roles[column] = {"group"}
    for column, values in r.pairs:
        if len(values) == 1:
            r.roles[column] = {"filter"}
        named = tuple(Compare("==", Col(column), Lit(v)) for v in values)
        where: Expr = named[0] if len(named) == 1 else Or(named)
        r.add(FILTER, f"filter {column} {values}", partial(_kept, where), column)


def _kept(where: Expr, step: Step) -> Step:
    return Filter(input=step, where=where)


def _pair(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    targets = line.targets(m[0], "v")
    if len({c for c, _ in targets}) != 1 or len(targets) != 2 or not (line.zone == "ask" or filters(line)):
        return False
    column = targets[0][0]
    if not any(p[0] == column for p in r.pairs):
        r.pairs.append((column, tuple(v for _, v in targets)))
    r.role("group", column)
    return True


def _extreme(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take "with the highest X" as the row where X is largest."""
    column = line.targets(m["c"])[0]
    if line.zone != "ask" or column in r.linker.made or not r.linker.number(column) or r.groups:
        return False
    down = m["how"] in {"highest", "largest", "greatest", "maximum", "most"}
    r.role("filter", column)
    r.notes.append(("ties", "Of several such rows the first is taken."))
    r.add(FILTER, f"order {column}", lambda s: Top(input=s, n=1, by=(SortKey(column=column, descending=down),)), column)
    return True


def _sides(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take "smokers and non-smokers" as the two sides of a column."""
    names = line.targets(m[0])
    truth = r.linker.truth(names[0]) if len(names) == 1 and names[0] in r.linker.columns else None
    if truth is None or not (line.zone == "ask" or "separate" in line.mask):
        return False
    if not any(p[0] == names[0] for p in r.pairs):
        r.pairs.append((names[0], truth))
    r.role("group", names[0])
    return True


def _year(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take "in 2012" as a year of the only date."""
    year = line.targets(m[0], "n")[0]
    dates = [c for c in r.linker.columns if r.linker.dated(c)]
    named = [c for c in r.linker.columns if c.casefold() == "year"]
    if not filters(line) or not isinstance(year, int) or not 1800 <= year <= 2100 or (len(dates) != 1 and len(named) != 1):
        return False
    if named:
        return _filter(r, line, Compare("==", Col(named[0]), Lit(year)), named[0], f"year {year}")
    r.dates.add(dates[0])
    return _filter(r, line, Compare("==", DatePart(Col(dates[0]), "year"), Lit(year)), dates[0], f"year {year}")


def _only(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take "for smokers only" as the rows that say yes."""
    return "only" in m[0] and _flag(r, line, m)


def _signed(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take "a positive change" as a change above zero."""
    column = line.targets(m["c"])[0]
    if not re.search(r"how many|number of|count|percentage|proportion", line.mask) or line.zone != "ask":
        return False
    return _filter(r, line, Compare(">" if m["how"] == "positive" else "<", Col(column), Lit(0)), column, f"{column} {m['how']}")


WHERE: tuple[Rule, ...] = (
    ("filter", r"(?:only )?(?:for|include|includes|including|consider|considering|of|among|to|only) (?:the |only )*(?P<c><c\d+>)(?: only)?(?= ?[.,?]|$| column)", _only),
    ("filter", rf"(?P<how>positive|negative) (?P<c>{C})", _signed),
    ("filter", rf"(?P<op>{OP}) (?P<x><n\d+>) (?P<c><c\d+>)", _compare),
    ("pair", r"<c\d+> (?:and|vs|versus|or) (?:the )?non ?- ?<c\d+>", _sides),
    ("pair", r"(?:who|that|which)(?: \w+)? <c\d+> (?:and|vs|versus|or|than)(?: the| \w+)? (?:those|<e\d+>|\w+) (?:who|that|which) (?:did|do|does|have|has|had|was|were|is|are)(?: not| n 't)", _sides),
    ("pair", r"<v\d+>(?: \w+)? (?:and|vs|versus|or) (?:the )?(?:<c\d+> )<v\d+>", _pair),
    ("filter", r"(?:(?:who|that|which|whose) (?:\w+ ){1,5})?\( (?P<c><c\d+>) (?P<op>=|is|equals|==) (?P<x><[vqn]\d+>) \)", _compare),
    ("filter", r"(?:in|during) (?:the year )?<n\d+>(?! (?:-|%|decimal|digits))", _year),
    ("order", rf"(?:with|has|had|having) (?:the )?(?P<how>highest|largest|greatest|maximum|lowest|smallest|least|minimum) (?P<c>{C})(?! for| in each)", _extreme),
    ("pair", r"<v\d+>(?: \w+)? (?:and|vs|versus|or) (?:for )?(?:the )?<v\d+>", _pair),
    ("filter", rf"(?P<c>{C}) (?:(?:is|are|was|were|of|that|has|have|being) )*(?P<op>{OP}) (?:the )?(?:overall )?(?P<func>mean|average|median)(?: (?P<other>{C}))?", _against),
    ("filter", rf"(?P<c>{C}) (?:(?:is|are|was|were|that|lies|lying|ranging) )*between (?P<x><n\d+> and <n\d+>)", _between),
    ("filter", rf"(?P<c>{C}) (?:(?:is|are|was|were|of|that|has|have|being|values?) )*(?P<op>{OP}) (?P<x><[nvq]\d+>)(?: degrees| years| %)?", _compare),
    ("filter", rf"(?P<c>{C}) (?:(?:value|column) )?(?:of|is|=|was|being)(?P<op>) (?P<x><[nvq]\d+>)", _compare),
    ("filter", r"(?:by|from|in|for|with)(?: the)? (?P<c><c\d+>)(?P<op>) (?P<x><[vq]\d+>)", _compare),
    ("filter", r"(?:who|that|which|did|have|has|are|were|is)(?: (?:have|has|had|did|not|never|were|was|non|-|a|an))* (?P<c><c\d+>)(?= |$)(?! (?:column|and <c))", _flag),
    ("filter", r"(?:for|of|in|from|among|only|are|is|to|by|all) (?:the |all |only )?<v\d+>(?! (?:and|vs|versus) (?:the )?<v)|(?:^|\s)<v\d+> (?:passengers?|customers?|people|players?|students?|employees?|patients?|users?|records?|rows?|entries|observations|individuals?)", _value),
)  # fmt: skip
