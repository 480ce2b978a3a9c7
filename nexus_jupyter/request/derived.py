"""New columns that a request defines: sums, differences, formulas, classes, parts of dates and texts."""

from __future__ import annotations

import re
from collections.abc import Callable

from nexus_jupyter.plan.conversions import Substitute
from nexus_jupyter.plan.expressions import Arith, Cell, Col, DatePart, Expr, Func, Lit, Span
from nexus_jupyter.plan.step import Measure, SortKey, Step
from nexus_jupyter.plan.steps import Aggregate, Derive, Window
from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.making import NAMED, NEW, defines, derive, name_of
from nexus_jupyter.request.recipe import CS, DERIVE, C, Recipe, Rule


def _sum(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    names = [c for c in line.targets(m[0]) if c != name_of(r, line)]
    if len(names) < 2 or not defines(r, line) or re.search(r"number of sib", line.mask[m.end() :]):
        return False
    return derive(r, line, _folded("+", names), names)


def _folded(op: str, names: list[str]) -> Expr:
    value: Expr = Col(names[0])
    for n in names[1:]:
        value = Arith(op, value, Col(n))  # type: ignore[arg-type]
    return value


def _product(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    names = [c for c in line.targets(m[0]) if c != name_of(r, line)]
    return len(names) > 1 and defines(r, line) and derive(r, line, _folded("*", names), names)


def _difference(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    sides = [(kind, line.pieces[int(i)].target) for kind, i in re.findall(r"<([cn])(\d+)>", m[0])]
    names = [str(t) for kind, t in sides if kind == "c" and t != name_of(r, line)]
    if len(sides) != 2 or not names or not defines(r, line) or any(r.linker.dated(n) for n in names if n in r.linker.columns):
        return False
    first, second = (Col(t) if kind == "c" else Lit(t) for kind, t in (sides[::-1] if m[0].startswith(("subtract", "deduct")) else sides))
    return derive(r, line, Arith("-", first, second), names)


def _ratio(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    names = line.targets(m[0])
    return len(names) == 2 and defines(r, line) and derive(r, line, Arith("/", Col(names[0]), Col(names[1])), names)


def _centred(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    names, func = line.targets(m[0]), "median" if m["func"] == "median" else "mean"
    if len(names) != 1 or not defines(r, line):
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
    if len(names) != 1 or not defines(r, line):
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
    name = name_of(r, line) if defines(r, line) else f"log_{names[0]}"
    one = re.search(r"log1p|plus one|one plus", m[0]) or ("+" in m[0] and any(n == 1 for n in line.targets(m[0], "n")))
    value: Expr = (
        Func("log", Arith("+", Col(names[0]), Lit(1)))
        if one
        else Func("log10" if "log10" in m[0] or "base <n" in m[0] else "log", Col(names[0]))
    )
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
    name = name_of(r, line) if defines(r, line) and name_of(r, line) != NEW else f"{columns[0]}_length"
    r.made[name] = lambda: value
    r.new = name
    r.role("source", columns[0])
    r.add(DERIVE, f"derive {name}", lambda s: Derive(input=s, name=name, value=value))
    return True


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


def _elapsed(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    names = [c for c in line.targets(m[0]) if c not in r.linker.made]
    if len(names) != 2 or not all(r.linker.dated(c) for c in names):
        return False
    r.dates.update(names)
    unit = next((u for u in ("years", "hours", "minutes") if u in m[0]), "days")
    return derive(r, line, Span(Col(names[0]), Col(names[1]), unit), names)  # type: ignore[arg-type]


def _read(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take "convert X to numbers by removing the commas" as what is done to numbers in text anyway."""
    names = [c for c in line.targets(m[0]) if c in r.linker.columns]
    if len(names) != 1 or not r.linker.number(names[0]):
        return False
    line.claim(m.start(), m.end(), "order")
    return True


def _called(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take "the duration in minutes as (end - start) / 60" as a new column that is not named."""
    value = arithmetic(line, m["formula"])
    if value is None or isinstance(value, Col) or r.linker.made or NEW in r.made:
        return False
    names = list(value.columns())
    r.made[NEW], r.new = (lambda: value), NEW
    r.role("source", *names)
    r.add(DERIVE, f"derive {NEW}", lambda s: Derive(input=s, name=NEW, value=value))
    return True


_TERM = rf"(?:\( )*(?:{C}|<n\d+>)(?: \))*"


FORMULAS: tuple[Rule, ...] = (
    ("derive", rf"(?:calculat|comput|defin|creat|deriv)\w* (?:the |an? |new )*(?:\w+ ){{1,4}}as (?P<formula>{_TERM}(?: [-+*/] {_TERM})+)(?= and| ,| \.|\.|$| for)", _called),
    ("derive", r"(<c\d+>) = (.+)$", _formula),
    ("derive", rf"{NAMED} (<c\d+>) (?:as|is|using|by)(?: the formula)? ?:? ?(\(.+)$", _formula),
)  # fmt: skip
RULES: tuple[Rule, ...] = (
    ("derive", rf"<n\d+> ?-? ?(?:day|days|week|month|period|row)s? (?:simple )?(?:moving|rolling) (?:average|mean) (?:of|for) {C}", _moving),
    ("derive", rf"(?:summing|adding(?: up| together)?|combining|(?:the )?sums? of|add up|total of)(?: up)? (?:the values of )?{CS}(?: (?:with|to|and|into) {C})?", _sum),
    ("derive", rf"(?:multiplying|products? of|multiplication of)(?: the)?(?: values of)? {CS}(?: (?:by|with|and|times|to) {C})?", _product),
    ("derive", rf"(?:subtracting|deducting) (?:the )?(?P<func>mean|median|average)(?: values?)? of {C}(?: from(?: each| every)? (?:value|it|{C}))?", _centred),
    ("derive", rf"(?:differences? (?:between|of|in)|subtracting|deducting) (?:{C}|<n\d+>) (?:and|from|,|minus) (?:{C}|<n\d+>)", _difference),
    ("derive", rf"(?:{C}|<n\d+>) minus (?:{C}|<n\d+>)", _difference),
    ("derive", rf"(?:dividing|ratio (?:of|between)|division of) {C} (?:by|to|and|over) {C}|{C} (?:divided by|over) {C}", _ratio),
    ("derive", rf"(?:percent(?:age)?|relative|daily)(?: price)? changes? (?:in|of|for|between consecutive) {C}(?: from the previous (?:day|row|month|year|period))?", _change),
    ("derive", rf"(?:natural )?log(?:arithm|arithmic|10|1p)?(?: \( base <n\d+> \))?(?: transform\w*)?(?: \( (?:natural )?(?:log|ln)(?:arithm)?(?: of)?(?: \()? ?(?:<n\d+> \+ (?:\w+|<c\d+>)|\w+ \+ <n\d+>|<c\d+> \+ <n\d+>)(?: \))?(?: \))?)? (?:of|to|on|for) {C}(?: (?:\+|plus) <n\d+>)?", _log),
    ("derive", rf"(?:number of )?(?:days|years|hours|minutes|time|duration)(?: (?:elapsed|difference))? (?:between|from) {C} (?:and|to) {C}", _elapsed),
    ("read", rf"(?:convert|transform|chang|cast|pars|clean)\w* {C} (?:to|into|as)(?: an?)? (?:numeric|numbers?|floats?|integers?|numerical)(?: type| values?| format| column)?(?: (?:by|after) (?:removing|stripping|dropping)(?: (?:the|any|all|commas?|percent|percentage|dollar|currency|and|signs?|symbols?|characters?|,|\$|%))+)?", _read),
    ("derive", rf"extract\w* (?:the )?(?P<unit>(?:day of the week|month|year|hour|weekday|quarter|day)(?:(?: and|,) (?:the )?(?:month|year|hour|day|weekday|quarter))*)(?: information| component| part)? (?:from|of|out of)(?: each)? {C}", _part),
    ("derive", rf"{C} to extract (?:the )?(?P<unit>(?:month|year|hour|weekday|quarter|day)(?: and (?:the )?(?:month|year|hour|day|weekday))*)(?: information)?", _part),
    ("derive", rf"(?:lengths?(?: in characters)?|number of (?:non - space )?characters|character counts?) (?:of|in|for) (?:the \w+ )?{C}|{C} (?:non - space )?(?:character )?(?:length|count)", _length),
)  # fmt: skip

Build = Callable[[Step], Step]
