"""New columns that a request defines: sums, differences, formulas, classes, parts of dates and texts."""

from __future__ import annotations

import re
from collections.abc import Callable

from nexus_jupyter.language.tokens import name_words
from nexus_jupyter.plan.conversions import Extract, Substitute
from nexus_jupyter.plan.expressions import Arith, Between, Cell, Col, Compare, DatePart, Expr, Func, If, IsNull, Lit, all_of
from nexus_jupyter.plan.step import Measure, SortKey, Step
from nexus_jupyter.plan.steps import Aggregate, Derive, Window
from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.recipe import CS, DERIVE, C, Recipe, Rule

NEW = "new_feature"
_NAMED = r"(?:called|named|feature|variable|column|attribute|metric|labell?ed)"


def name_of(r: Recipe, line: Line) -> str:
    """Give the new column that a line is about."""
    said = [p.target for p in line.pieces if p.kind == "column" and p.target in r.linker.made]
    undefined = [n for n in r.linker.made if n not in r.made]
    return said[0] if said else undefined[0] if len(undefined) == 1 else r.new or NEW


def _defines(r: Recipe, line: Line) -> bool:
    return bool(
        re.search(
            r"\b(?:new|creat\w+|generat\w+|add|adding|deriv\w+|comput\w+|calculat\w+|defined|represents|feature engineering)\b", line.mask
        )
    ) and (
        bool(re.search(r"\bnew\b|feature engineering", line.mask))
        or any(p.kind == "column" and p.target in r.linker.made for p in line.pieces)
    )


def _derive(r: Recipe, line: Line, value: Expr, sources: list[str]) -> bool:
    name = name_of(r, line)
    if name in sources or (name in r.made and r.made[name] is not None):
        return name not in sources and name in r.made
    r.made[name] = lambda: value
    r.new = name
    r.role("source", *sources)
    r.add(DERIVE, f"derive {name}", lambda s: Derive(input=s, name=name, value=value))
    return True


def _sum(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    names = [c for c in line.targets(m[0]) if c != name_of(r, line)]
    if len(names) < 2 or not _defines(r, line) or re.search(r"number of sib", line.mask[m.end() :]):
        return False
    return _derive(r, line, _folded("+", names), names)


def _folded(op: str, names: list[str]) -> Expr:
    value: Expr = Col(names[0])
    for n in names[1:]:
        value = Arith(op, value, Col(n))  # type: ignore[arg-type]
    return value


def _product(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    names = [c for c in line.targets(m[0]) if c != name_of(r, line)]
    return len(names) > 1 and _defines(r, line) and _derive(r, line, _folded("*", names), names)


def _difference(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    sides = [(kind, line.pieces[int(i)].target) for kind, i in re.findall(r"<([cn])(\d+)>", m[0])]
    names = [str(t) for kind, t in sides if kind == "c" and t != name_of(r, line)]
    if len(sides) != 2 or not names or not _defines(r, line) or any(r.linker.dated(n) for n in names if n in r.linker.columns):
        return False
    first, second = (Col(t) if kind == "c" else Lit(t) for kind, t in (sides[::-1] if m[0].startswith(("subtract", "deduct")) else sides))
    return _derive(r, line, Arith("-", first, second), names)


def _ratio(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    names = line.targets(m[0])
    return len(names) == 2 and _defines(r, line) and _derive(r, line, Arith("/", Col(names[0]), Col(names[1])), names)


def _centred(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    names, func = line.targets(m[0]), "median" if m["func"] == "median" else "mean"
    if len(names) != 1 or not _defines(r, line):
        return False
    column = names[0]
    name = name_of(r, line)

    def apply(s: Step) -> Step:
        one = Aggregate(input=s, keys=(), measures=(Measure(name=func, func=func, column=column),))  # type: ignore[arg-type]
        return Derive(input=s, name=name, value=Arith("-", Col(column), Cell(one, func)))

    r.made[name], r.new = None, name
    r.role("source", column)
    r.add(DERIVE, f"derive {name}", apply)
    return True


def _change(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    names = [c for c in line.targets(m[0]) if c not in r.linker.made]
    if len(names) != 1 or not _defines(r, line):
        return False
    _lagged(r, name_of(r, line), names[0], "pct_change", 100.0)
    return True


def _lagged(r: Recipe, name: str, column: str, func: str, factor: float) -> None:
    dates = [c for c in r.linker.columns if r.linker.dated(c)]
    order = (SortKey(column=dates[0]),) if len(dates) == 1 else ()
    r.dates.update(dates[:1] if order else [])

    def apply(s: Step) -> Step:
        step: Step = Window(input=s, name=name, func=func, column=column, order=order)  # type: ignore[arg-type]
        return Derive(input=step, name=name, value=Arith("*", Col(name), Lit(factor))) if factor != 1 else step

    r.made[name], r.new = None, name
    r.role("source", column)
    r.add(DERIVE, f"derive {name}", apply)


def _log(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    names = line.targets(m[0])
    if len(names) != 1 or re.search(r"\bif\b", line.mask[: m.start()]):
        return False
    name = name_of(r, line) if _defines(r, line) else f"log_{names[0]}"
    value = Func("log10" if "log10" in m[0] or "base <n" in m[0] else "log", Col(names[0]))
    r.made[name], r.new = (lambda: value), name
    r.add(DERIVE, f"derive {name}", lambda s: Derive(input=s, name=name, value=value))
    return True


def _formula(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    name = line.targets(m[1])[0]
    said = re.sub(r"\( [a-z /-]+ \)", " ", m[2]).strip(" .")
    if name not in r.linker.made or (name in r.made):
        return name in r.made
    lag = re.fullmatch(r"\(* *\( *<c(\d+)>[^()]*?- *<c(\d+)>[^()]*\) */ *<c(\d+)>[^()*]*\)* *(?:\* *<n(\d+)>)?", said)
    if lag and re.search(r"previous|prior|yesterday|lag", said):
        columns = {line.pieces[int(lag[i])].target for i in (1, 2, 3)}
        if len(columns) == 1:
            _lagged(r, name, columns.pop(), "pct_change", float(line.pieces[int(lag[4])].target) if lag[4] else 1.0)
            return True
        return False
    value = arithmetic(line, said)
    if value is None:
        return False
    r.made[name] = lambda: value
    r.new = name
    r.role("source", *value.columns())
    r.add(DERIVE, f"derive {name}", lambda s: Derive(input=s, name=name, value=value))
    return True


def arithmetic(line: Line, said: str) -> Expr | None:
    """Read `( <c1> - <c2> ) / <c3>`; words other than those that follow a column stop it."""
    said = re.sub(r"(<c\d+>) (?:price|prices|column|value|values|score)\b", r"\1", said)
    tokens = re.findall(r"<[cn]\d+>|\*\*|[-+*/()^]|\w+", said)
    tokens = [t for t in tokens if t not in {"the", "of"}]
    at = 0

    def peek() -> str:
        return tokens[at] if at < len(tokens) else ""

    def atom() -> Expr | None:
        nonlocal at
        t = peek()
        at += 1
        if t == "(":
            inside = level(0)
            if peek() != ")":
                return None
            at += 1
            return inside
        if t.startswith("<c"):
            return Col(line.pieces[int(t[2:-1])].target)
        if t.startswith("<n"):
            return Lit(line.pieces[int(t[2:-1])].target)
        return None

    def level(n: int) -> Expr | None:
        nonlocal at
        ops = ({"+", "-"}, {"*", "/"}, {"**", "^"})[n]
        left = level(n + 1) if n < 2 else atom()
        while left is not None and peek() in ops:
            op = peek().replace("^", "**")
            at += 1
            right = level(n + 1) if n < 2 else atom()
            left = Arith(op, left, right) if right is not None else None  # type: ignore[arg-type]
        return left

    value = level(0)
    return value if at == len(tokens) and value is not None and value.columns() else None


_NAME = r"(?:<[qcv]\d+>|[a-z][\w]*)"
_RANGE = re.compile(
    rf"({_NAME}) ?(?:: )?\(? ?(?:(?:ages?|<c\d+>) )?(?:(?:(<n\d+>) ?(?:-|to|–) ?(<n\d+>))|(?:(<n\d+>) (<=?) (?:<c\d+>|\w+) (<=?) (<n\d+>))|(?:(<=?|>=?|under|below|over|above|less than|greater than|up to) (<n\d+>))|"
    r"(?:(<n\d+>)(?: years?(?: old)?)? (?:and|or) (above|older|over|more|below|younger|under)))"
)


def classes(r: Recipe, line: Line) -> bool:
    """Read `'Child' (0-12), 'Adult' (13-59), …`: labels with the numbers that they stand for."""
    found: list[tuple[str, Expr]] = []
    name = name_of(r, line)
    columns = [c for c in line.targets(line.mask) if c not in r.linker.made and r.linker.number(c)]
    columns = columns or [c for c in r.linker.columns if r.linker.number(c) and name_words(c) == name_words(name)[:1]]
    if not columns or name == NEW or name in r.made or not re.search(r"categor|group|bin|bucket|class|divid|segment|level", line.mask):
        return False
    columns = [
        c for c in columns if re.search(rf"\b{re.escape(c.casefold())}", " ".join(p.low for p in line.pieces if p.kind == "column"))
    ] or columns
    column = columns[0]
    ends: list[tuple[float, float]] = []

    def number(said: str) -> float:
        return float(line.pieces[int(said[2:-1])].target)

    spans = []
    for m in _RANGE.finditer(line.mask):
        held = line.held(m[1], "q") + line.held(m[1], "v") + line.held(m[1], "c")
        if not held and not re.search(r"\(", m[0]):
            continue
        label = line.pieces[held[0]].text.strip("'\"") if held else m[1]
        c = Col(column)
        if m[2]:
            low, high = number(m[2]), number(m[3])
            found.append((label, Between(c, Lit(low), Lit(high))))
            ends.append((low, high))
        elif m[4]:
            parts = (Compare(">=" if m[5] == "<=" else ">", c, Lit(number(m[4]))), Compare(m[6], c, Lit(number(m[7]))))  # type: ignore[arg-type]
            found.append((label, all_of(parts) or parts[0]))
        elif m[8]:
            op = {"under": "<", "below": "<", "less than": "<", "over": ">", "above": ">", "greater than": ">", "up to": "<="}.get(
                m[8], m[8]
            )
            found.append((label, Compare(op, c, Lit(number(m[9])))))  # type: ignore[arg-type]
        else:
            op = ">=" if m[11] in {"above", "older", "over", "more"} else "<="
            found.append((label, Compare(op, c, Lit(number(m[10])))))  # type: ignore[arg-type]
        spans.append(m.span())
    if len(found) < 2 or len({label for label, _ in found}) != len(found):
        return False
    value: Expr = Lit(None)
    for label, condition in reversed(found):
        value = If(condition, Lit(label), value)
    r.made[name] = lambda: value
    r.new = name
    r.labels[name] = tuple(label for label, _ in found)
    r.role("source", column)
    r.role("group", name)
    r.groups.append(name)
    r.add(DERIVE, f"derive {name}", lambda s: Derive(input=s, name=name, value=value))
    line.claim(0, len(line.mask), f"derive {name}")
    return True


_PARTS = {
    "month": "month",
    "year": "year",
    "day": "day",
    "hour": "hour",
    "weekday": "weekday_name",
    "day of the week": "weekday_name",
    "quarter": "quarter",
}


def _part(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    columns = [c for c in line.targets(m[0]) if c not in r.linker.made]
    if len(columns) != 1 or not (r.linker.dated(columns[0]) or r.linker.clock(columns[0])):
        return False
    column = columns[0]
    r.dates.add(column)
    r.role("source", column)
    for unit in re.findall(r"day of the week|month|year|hour|weekday|quarter|day", m["unit"]):
        name = name_of(r, line) if name_of(r, line) not in {NEW, *r.made} else unit.replace(" ", "_")
        value = DatePart(Col(column), _PARTS[unit])  # type: ignore[arg-type]
        r.made[name] = lambda value=value: value  # type: ignore[misc]
        r.new = name
        r.add(DERIVE, f"derive {name}", lambda s, name=name, value=value: Derive(input=s, name=name, value=value))  # type: ignore[misc]
    return True


def _length(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    columns = [c for c in line.targets(m[0]) if c not in r.linker.made and not r.linker.number(c)]
    if len(columns) != 1:
        return False
    inner: Expr = (
        Substitute(Col(columns[0]), r"\s", "", pattern=True) if "non - space" in m[0] or "without spaces" in line.mask else Col(columns[0])
    )
    value = Func("length", inner)
    name = name_of(r, line) if _defines(r, line) and name_of(r, line) != NEW else f"{columns[0]}_length"
    r.made[name] = lambda: value
    r.new = name
    r.role("source", columns[0])
    r.add(DERIVE, f"derive {name}", lambda s: Derive(input=s, name=name, value=value))
    return True


def _pick(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take out of a text whichever of some quoted words it holds: titles, units, codes."""
    columns = [c for c in line.targets(m[0]) if c not in r.linker.made and not r.linker.number(c)]
    name = name_of(r, line)
    if len(columns) != 1 or name == NEW:
        return False
    r.picked = (name, columns[0])
    return True


def picked(r: Recipe, lines: list[Line]) -> None:
    """Define the column whose options the sentences quote."""
    if not r.picked or r.picked[0] in r.made:
        return
    name, column = r.picked
    options: list[str] = []
    other = ""
    for line in sorted(lines, key=lambda x: not re.search(r"\bonly\b|replace|following", x.mask)):
        found = [str(p.target) for p in line.pieces if p.kind == "quote" and p.target not in r.linker.made]
        if m := re.search(r"(?:replac\w*|group\w*|label\w*|set)[^<]*(?:with|as|to|into) <q(\d+)>", line.mask):
            other = str(line.pieces[int(m[1])].target)
        if len(found) > 1 and not options:
            options = [f for f in found if f != other]
    if len(options) < 2:
        return
    pattern = r"\b(" + "|".join(re.escape(o) for o in sorted(options, key=len, reverse=True)) + ")"
    value: Expr = Extract(Col(column), pattern)
    if other:
        value = If(IsNull(value), Lit(other), value)
    r.made[name] = lambda: value
    r.new = name
    r.labels[name] = (*options, *([other] if other else []))
    r.role("source", column)
    r.role("group", name)
    r.groups.append(name)
    r.add(DERIVE, f"derive {name}", lambda s: Derive(input=s, name=name, value=value))
    for line in lines:
        for i, p in enumerate(line.pieces):
            if p.kind == "quote" and p.target in r.labels[name]:
                line.claim(line.starts[i], line.starts[i] + 1, f"derive {name}")


def _moving(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    names = [c for c in line.targets(m[0]) if c not in r.linker.made and r.linker.number(c)]
    size = line.targets(m[0], "n")[0]
    dates = [c for c in r.linker.columns if r.linker.dated(c)]
    if len(names) != 1 or not isinstance(size, int) or size < 1 or len(dates) != 1:
        return False
    name = name_of(r, line) if name_of(r, line) != NEW else "moving_average"
    order = (SortKey(column=dates[0]),)
    r.dates.add(dates[0])
    r.made[name], r.new = None, name
    r.role("source", names[0])
    r.add(DERIVE, f"derive {name}", lambda s: Window(input=s, name=name, func="rolling_mean", column=names[0], order=order, size=size))
    return True


FORMULAS: tuple[Rule, ...] = (
    ("derive", r"(<c\d+>) = (.+)$", _formula),
    ("derive", rf"{_NAMED} (<c\d+>) (?:as|is|using|by)(?: the formula)? ?:? ?(\(.+)$", _formula),
)  # fmt: skip
RULES: tuple[Rule, ...] = (
    ("derive", r"(?:extract\w*|from)[^<]*(?:from |the )(?:the )?<c\d+>(?: column)?", _pick),
    ("derive", rf"<n\d+> ?-? ?(?:day|days|week|month|period|row)s? (?:simple )?(?:moving|rolling) (?:average|mean) (?:of|for) {C}", _moving),
    ("derive", rf"(?:summing|adding(?: up| together)?|combining|(?:the )?sums? of|add up|total of)(?: up)? (?:the values of )?{CS}(?: (?:with|to|and|into) {C})?", _sum),
    ("derive", rf"(?:multiplying|products? of|multiplication of)(?: the)?(?: values of)? {CS}(?: (?:by|with|and|times|to) {C})?", _product),
    ("derive", rf"(?:subtracting|deducting) (?:the )?(?P<func>mean|median|average)(?: values?)? of {C}(?: from(?: each| every)? (?:value|it|{C}))?", _centred),
    ("derive", rf"(?:differences? (?:between|of|in)|subtracting|deducting) (?:{C}|<n\d+>) (?:and|from|,|minus) (?:{C}|<n\d+>)", _difference),
    ("derive", rf"(?:{C}|<n\d+>) minus (?:{C}|<n\d+>)", _difference),
    ("derive", rf"(?:dividing|ratio (?:of|between)|division of) {C} (?:by|to|and|over) {C}|{C} (?:divided by|over) {C}", _ratio),
    ("derive", rf"(?:percent(?:age)?|relative|daily)(?: price)? changes? (?:in|of|for|between consecutive) {C}(?: from the previous (?:day|row|month|year|period))?", _change),
    ("derive", rf"(?:natural )?log(?:arithm|arithmic|10)?(?: \( base <n\d+> \))?(?: transform\w*)? (?:of|to|on|for) {C}", _log),
    ("derive", rf"extract\w* (?:the )?(?P<unit>(?:day of the week|month|year|hour|weekday|quarter|day)(?:(?: and|,) (?:the )?(?:month|year|hour|day|weekday|quarter))*)(?: information| component| part)? (?:from|of|out of)(?: each)? {C}", _part),
    ("derive", rf"{C} to extract (?:the )?(?P<unit>(?:month|year|hour|weekday|quarter|day)(?: and (?:the )?(?:month|year|hour|day|weekday))*)(?: information)?", _part),
    ("derive", rf"(?:lengths?|number of (?:non - space )?characters|character counts?) (?:of|in|for) {C}|{C} (?:non - space )?(?:character )?(?:length|count)", _length),
)  # fmt: skip

Build = Callable[[Step], Step]
