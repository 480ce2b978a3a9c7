"""New columns in plain words: scales, functions, formulas, and changes from row to row."""

from __future__ import annotations

import re
from typing import Literal

from nexus_jupyter.language.draft import Impossible
from nexus_jupyter.plan.expressions import Arith, Col, Expr, Func, Lit
from nexus_jupyter.plan.preparation import Scale
from nexus_jupyter.plan.step import SortKey, Step
from nexus_jupyter.plan.steps import Derive, Window
from nexus_jupyter.request.derived import arithmetic
from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.prepared import Prepared, numbers, words_for
from nexus_jupyter.request.recipe import CS, C
from nexus_jupyter.request.treatments import PlainRule

# --- scales
_SCALES: tuple[tuple[Literal["standard", "minmax", "robust"], str], ...] = (
    ("minmax", r"min - max|minmax|min max|0 - 1|<n\d+> (?:-|to|and) <n\d+>|unit (?:range|interval)|rescal"),
    ("robust", r"robust"),
    ("standard", r"standardi|z - scor|z scor|unit variance"),
)


def _method(said: str) -> Literal["standard", "minmax", "robust"] | None:
    return next((name for name, pattern in _SCALES if re.search(pattern, said)), "minmax" if re.search(r"normali|scal", said) else None)


def _scale(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    columns, method = numbers(p, line, m["columns"]), _method(m[0])
    ends = line.targets(m[0], "n")
    if not columns or method is None or (ends and sorted(ends) != [0, 1]):
        return None
    p.add(lambda s: Scale(input=s, columns=columns, method=method), *columns)
    p.notes.append(("scale", _SAID[method]))
    return ""


_SAID = {
    "standard": "Standardised: less the mean, over the standard deviation (n - 1).",
    "minmax": "Normalised: the smallest becomes 0, the largest 1.",
    "robust": "Scaled: less the median, over the quartile range.",
}


def _scaled(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    """Take "the standardised body mass" as a new column."""
    columns, method = numbers(p, line, m["column"]), _method(m["how"])
    if len(columns) != 1 or method is None:
        return None
    column = columns[0]
    words = words_for(column, "scaled")
    name = p.free(words)
    p.add(lambda s: Scale(input=s, columns=(column,), method=method, names=(name,)), name)
    p.notes.append(("scale", _SAID[method]))
    return name.replace("_", " ")


def _function(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    columns = numbers(p, line, m["column"])
    if len(columns) != 1:
        return None
    said, column = m[0], columns[0]
    one = bool(re.search(r"\+ <n|plus <n|log1p", said))
    if one and any(n != 1 for n in line.targets(said, "n")):
        return None
    func = (
        "sqrt"
        if "root" in said or "sqrt" in said
        else "log10"
        if re.search(r"log ?10|base <n", said)
        else "log2"
        if "log2" in said
        else "log"
    )
    value: Expr = Col(column)
    value = Func("abs", value) if re.match(r"abs", said) else Func(func, Arith("+", value, Lit(1)) if one else value)  # type: ignore[arg-type]
    low = p.profile(column).minimum
    if func != "sqrt" and not one and not re.match(r"abs", said) and low is not None and low <= 0:
        raise Impossible(f"`{column}` has values of 0 or less, which have no logarithm")
    name = p.derive(words_for(column, "log" if func != "sqrt" else "root"), value)
    return name.replace("_", " ")


# --- sums of columns
def _combined(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    names = numbers(p, line, m[0])
    if len(names) != 2 or any(p.now.schema.column(c).kind.temporal for c in names):
        return None
    said = m[0]
    op = (
        "*" if re.search(r"\btimes\b|product|multipl|\*", said)
        else "/" if re.search(r"ratio|divided|quotient|/", said)
        else "+" if re.search(r"\bsum\b|plus|\+", said) else "-"
    )  # fmt: skip
    verb = {"*": "product", "/": "ratio", "+": "sum", "-": "difference"}[op]
    return p.derive(f"{verb} value", Arith(op, Col(names[0]), Col(names[1]))).replace("_", " ")  # type: ignore[arg-type]


_WORDED = (
    (" divided by ", " / "),
    (" multiplied by ", " * "),
    (" times ", " * "),
    (" plus ", " + "),
    (" minus ", " - "),
    (" over ", " / "),
)


def _named(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    """Take "family size = SibSp + Parch + 1", "revenue as quantity times unit price" as a new column of that name."""
    said = f" {m['formula']} "
    for words, sign in _WORDED:
        said = said.replace(words, sign)
    both = re.fullmatch(rf" the (sum|product|ratio|difference|quotient) (?:of|between) ({C}) (?:and|to) ({C}) ", said)
    if both:
        sign = {"sum": "+", "product": "*", "ratio": "/", "quotient": "/", "difference": "-"}[both[1]]
        said = f"{both[2]} {sign} {both[3]}"
    value = arithmetic(line, re.sub(r"\bthe\b", " ", said))
    if value is None or isinstance(value, Col) or not all(c in p.now.schema for c in value.columns()):
        return None
    p.numeric(*value.columns())
    held = [i for i, at in enumerate(line.starts) if m.start("name") <= at < m.end("name")]
    words = re.sub(r"[^\w ]", " ", " ".join(line.pieces[i].text for i in held)).strip()
    if not words or any(line.pieces[i].kind in {"number", "value"} for i in held):
        return None
    name = p.derive(words, value)
    return name.replace("_", " ") if m.re.groupindex.get("inline") and m["inline"] else ""


# --- changes from row to row
def _change(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    names, dates = numbers(p, line, m["column"]), p.dates()
    if len(names) != 1 or len(dates) != 1 or not p.profile(dates[0]).unique or not p.dated(dates[0]):
        return None
    column, order = names[0], (SortKey(column=dates[0]),)
    percent = bool(re.search(r"return|percent|%|pct|relative|growth", m[0]))
    down = bool(re.search(r"drop|fall|decline|decrease|loss", m[0]))
    name = p.free(words_for(column, "change"))
    size = next((n for n in line.targets(m["size"] or "", "n") if isinstance(n, int)), 1)

    def apply(step: Step) -> Step:
        made: Step = Window(input=step, name=name, func="pct_change" if percent else "diff", column=column, order=order, size=size)
        factor = (100 if percent else 1) * (-1 if down else 1)
        return Derive(input=made, name=name, value=Arith("*", Col(name), Lit(factor))) if factor != 1 else made

    p.add(apply, name)
    p.notes.append(
        (
            "change",
            f"The change is from the row before, in the order of `{dates[0]}`{', in percent' if percent else ''}{', counted downwards' if down else ''}.",
        )
    )
    return name.replace("_", " ")


_NEW = (
    r"(?:add|creat(?:e|ing)|mak(?:e|ing)|comput(?:e|ing)|defin(?:e|ing)|deriv(?:e|ing)|introduc(?:e|ing)|calculat(?:e|ing)|build(?:ing)?)"
)
_NOUN = r"(?:column|feature|variable|field|metric|attribute)"
_TERM = rf"(?:{C}|<n\d+>)"
_OP = r"(?:\+|-|\*|/|plus|minus|times|divided by|multiplied by|over)"
_FORMULA = rf"(?P<formula>(?:\( )?{_TERM}(?: (?:\) )?{_OP} (?:\( )?{_TERM}(?: \))?)+|the (?:sum|product|ratio|difference|quotient) (?:of|between) {C} (?:and|to) {C})"
_CHANGE = r"(?:(?:percent(?:age)?|pct|relative|absolute) )?(?:changes?|returns?|difference|increase|drop|fall|decline|decrease|gain|rise|loss|growth)(?: in percent)?"
_STEP = r"(?:day|week|month|year|hour|period|row)"

_SCALING = (
    rf"(?:standardi[sz](?:e|ed|ing)|normali[sz](?:e|ed|ing)|(?:re)?scal(?:e|ed|ing)|min - max(?: |-)(?:scal|normali[sz])(?:e|ed|ing)|z - (?:score|scoring|scored|normali[sz]e|transform)) (?P<columns>{CS})(?: values?)?"
    r"(?: (?:(?:to|between|into|in|from)(?: the| an?)*(?: range| interval| values?)?(?: (?:of|from|between))?(?: \[)? ?<n\d+> ?(?:-|to|and|,) ?<n\d+>(?: \])?|(?:to|with) (?:zero mean and )?unit variance"
    r"|(?:with|by|using) (?:an? |the )?(?:z - scores?|min - max(?: scaling| scaler)?|robust(?: scaling| scaler)?|standardi[sz]ation|standard scaler)))?"
)

FEATURES: tuple[PlainRule, ...] = (
    (rf"{_NEW}(?: (?:an?|the|new))* {_NOUN}(?: (?:called|named|for))? (?P<name>(?:[\w]+|<[qc]\d+>)(?: \w+){{0,3}}?) (?:=|as|is|equals|equal to|that is|which is|defined as|by|from|:)(?: \w+ing)? {_FORMULA}", _named),
    (rf"(?P<inline>(?P<name>[a-z]+(?: [a-z]+)?)) (?:=|as|defined as|\( =|is|meaning|being) {_FORMULA}", _named),
    (_SCALING, _scale),
    (rf"(?P<how>standardi[sz]ed|normali[sz]ed|(?:min - max )?scaled|z - scored?(?: of| for)?|min - max(?: |-)normali[sz]ed) (?P<column>{C})", _scaled),
    (rf"(?:(?:natural )?log(?:arithms?|10|2|1p)?|square roots?|sqrt|abs(?:olute values?)?)(?: of)? ?(?:\( )?(?P<column>{C})(?: (?:\+|plus) <n\d+>)?(?: \))?(?: \( base <n\d+> \))?", _function),
    (rf"log(?: -)? ?transform(?:ed)?(?: the)? (?P<column>{C})", _function),
    (rf"(?:differences?|ratios?|quotients?|sums?|products?) (?:between|of) {C} (?:and|to|over|by|with) {C}", _combined),
    (rf"{C} (?:divided by|times|minus|plus|multiplied by|\+|\*|/) {C}", _combined),
    (rf"(?:(?:daily|day - over - day|day to day|(?P<size><n\d+>) ?- ?{_STEP}|(?:week|month|year)ly|(?:month|week|year) - over - (?:month|week|year))) {_CHANGE} (?:of|in|for) (?P<column>{C})(?: in percent)?", _change),
)  # fmt: skip
