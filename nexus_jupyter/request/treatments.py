"""What a question in plain words does to rows first: missing values dropped or filled, outliers and duplicates taken away, ends capped."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, TypeAlias

from nexus_jupyter.context.schema import Kind
from nexus_jupyter.language.draft import Impossible
from nexus_jupyter.plan.conversions import Clip
from nexus_jupyter.plan.expressions import Cell, Col, Compare, If, Not
from nexus_jupyter.plan.preparation import Outliers
from nexus_jupyter.plan.step import Measure, Step
from nexus_jupyter.plan.steps import Aggregate, Derive, Distinct, DropMissing, FillMissing, Filter
from nexus_jupyter.request.lexicon import ENTITIES
from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.prepared import Prepared
from nexus_jupyter.request.recipe import CS, C

PlainRule: TypeAlias = "tuple[str, Callable[[Prepared, Line, re.Match[str]], str | None]]"
"""A pattern over a line's mask, and what takes it: it gives the words that stand in its place, or None where it does not fit."""

AWAY = (
    r"(?:remov(?:e|ed|ing|al of)|drop(?:ped|ping)?|delet(?:e|ed|ing)|exclud(?:e|ed|ing)|discard(?:ed|ing)?|eliminat(?:e|ed|ing)|ignor(?:e|ed|ing)|leav(?:e|ing) out|"
    r"filter(?:ing)? out|throw(?:ing)? (?:out|away)|get(?:ting)? rid of|trim(?:med|ming)?|without)(?: any| all| the| those| every| its| their)*"
)
MISS = r"(?:missing|null|nan|na|empty|blank)"
ROWS = (
    r"(?:rows?|records?|entries|entry|observations?|cases?|instances?|data points?|lines?|<c\d+>|"
    + "|".join(rf"{e}(?:e?s)?" for e in sorted(ENTITIES))
    + ")"
)
_GAPS = rf"{MISS}(?: values?| data| entries| cells)?"
_ANY = re.compile(r"\b(?:all|any|every|each|complete)\b")


def _columns(p: Prepared, line: Line, said: str, *, numeric: bool = False) -> tuple[str, ...]:
    names = tuple(c for c in line.targets(said) if c in p.now.schema)
    return p.numeric(*names) if numeric else names


def meant(p: Prepared, line: Line, said: str) -> tuple[str, ...]:
    """Give the numeric columns that a clause names, else the last that was treated, else the only one of the question."""
    if "<c" in said:
        return _columns(p, line, said, numeric=True)
    others = tuple(c for c in _columns(p, line, line.mask) if p.now.schema.column(c).kind.numeric or p.profile(c).number_format)
    return p.numeric(*(p.focus or others)) if len(p.focus or others) == 1 else ()


def _drop(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    columns = _columns(p, line, m["columns"] or "")
    if m["columns"] and not columns:
        return None
    p.add(lambda s: DropMissing(input=s, columns=columns), *(columns if len(columns) == 1 and not p.focus else ()))
    said = " or ".join(f"`{c}`" for c in columns) or "any column"
    p.notes.append(("missing", f"Rows that miss a value in {said} are left out."))
    return ""


_FILLS: dict[str, Literal["mean", "median", "mode", "forward", "backward", "line"]] = {
    "mean": "mean", "average": "mean", "median": "median", "mode": "mode", "most": "mode", "forward": "forward", "previous": "forward", "last": "forward",
    "backward": "backward", "next": "backward", "linear": "line", "interpolation": "line", "interpolated": "line",
}  # fmt: skip


def _fill(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    how = next((h for w, h in _FILLS.items() if re.search(rf"\b{w}\b", m["how"])), None)
    named = _columns(p, line, m["columns"] or m["own"] or "")
    if (m["columns"] or m["own"]) and not named:
        return None
    columns = named or ((p.focus or _columns(p, line, line.mask)) if not _ANY.search(m[0]) else ())
    if how in {"mean", "median", "line"}:
        columns = p.numeric(*columns)
        if not columns and not named and how != "line":
            columns = tuple(c.name for c in p.now.schema if c.kind.numeric and p.profile(c.name).nulls)
    value = None if how else _filling(line, m["how"])
    by = tuple(c for c in line.targets(m["by"] or "") if c in p.now.schema)
    if not columns or (how is None and value is None) or (len(columns) > 1 and not named and how is None) or (by and how in {None, "line"}):
        return None
    for c in columns:
        kind = p.now.schema.column(c).kind
        if how is None and (kind is Kind.STRING) != isinstance(value, str):
            raise Impossible(f"`{c}` is {kind}, and {value!r} is no value for it")
        p.add(lambda s, c=c: FillMissing(input=s, column=c, how=how or "value", value=value, by=by), *columns)  # type: ignore[misc]
    return ""


def _filling(line: Line, said: str) -> int | float | str | None:
    """Read the constant that gaps are filled with."""
    if re.search(r"\bzeros?\b", said):
        return 0
    for kind in "nqv":
        if found := line.targets(said, kind):
            return found[0][1] if kind == "v" else found[0]  # type: ignore[no-any-return] # numbers and text
    word = re.fullmatch(r"(?:the word |the value |the label )?(unknown|missing|none|other|na)", said.strip())
    return word[1] if word else None


_METHODS = (
    ("zscore", r"z - scores?|z scores?|standard deviations?|sigma"),
    ("mad", r"\bmad\b|median absolute deviations?"),
    ("iqr", r"iqr|interquartile|quartile"),
)


def _outliers(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    columns = meant(p, line, m["columns"] or "")
    if len(columns) != 1:
        return None
    column, told = columns[0], m["told"] or ""
    method = next((name for name, said in _METHODS if re.search(said, told)), "iqr")
    numbers = [abs(float(n)) for n in line.targets(told, "n")]
    if len(set(numbers)) > 1:
        return None
    by = tuple(c for c in line.targets(m["by"] or "") if c in p.now.schema)
    name = p.free(f"{column} outlier")
    made = {"column": column, "method": method, "threshold": numbers[0] if numbers else None, "by": by, "name": name}

    def apply(step: Step) -> Step:
        return Filter(input=Outliers(input=step, **made), where=Not(Col(name)))  # type: ignore[arg-type]

    p.add(apply, column)
    limit = numbers[0] if numbers else {"zscore": 3.0, "iqr": 1.5, "mad": 3.5}[method]
    rule = {"iqr": "quartile ranges beyond the quartiles", "zscore": "standard deviations from the mean", "mad": "modified z-scores"}[
        method
    ]
    p.notes.append(("outliers", f"Outliers are values of `{column}` more than {limit:g} {rule}; rows that miss it are kept."))
    return ""


def _dedupe(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    columns = _columns(p, line, m["columns"] or "")
    if m["columns"] and not columns:
        return None
    p.add(lambda s: Distinct(input=s, columns=columns))
    return ""


def _cap(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    columns, numbers = meant(p, line, m["columns"] or ""), [float(n) for n in line.targets(m["at"], "n")]
    ordinals = [float(n) for n in re.findall(r"\b(\d+)(?:st|nd|rd|th)\b", m["at"])]
    numbers = ordinals or numbers
    if len(columns) != 1 or not 1 <= len(numbers) <= 2:
        return None
    column = columns[0]
    if "percentile" not in m["at"]:
        low: float | None = min(numbers) if len(numbers) > 1 else None
        high: float | None = max(numbers)
        if len(numbers) == 1 and re.search(r"at least|minimum|floor|below", m["at"]):
            low, high = numbers[0], None
        p.add(lambda s: Derive(input=s, name=column, value=Clip(Col(column), low, high)), column)
        return ""
    ends = sorted(n / 100 for n in numbers)
    if len(ends) == 1:
        ends = sorted({ends[0], 1 - ends[0]}) if re.search(r"winsori", m[0]) else ends

    def apply(step: Step) -> Step:
        for q in ends:
            one = Aggregate(input=step, keys=(), measures=(Measure(name="limit", func="quantile", column=column, q=q),))
            edge = Cell(one, "limit")
            step = Derive(input=step, name=column, value=If(Compare(">" if q > 0.5 else "<", Col(column), edge), edge, Col(column)))
        return step

    p.add(apply, column)
    return ""


_MANNER = (
    r"(?: ?,?(?: \()?(?: ?(?:using|by|with|based on|according to|via|defined by|beyond|more than|outside|of|from|the|an?|their|absolute|modified|its))* "
    r"(?P<told>(?:iqr|interquartile range|z - scores?|z scores?|mad|median absolute deviations?|<n\d+> (?:standard deviations?|sigma|iqrs?|\* iqr|times the iqr|interquartile ranges?))"
    r"(?: (?:rule|method|criterion|test|approach|range))?"
    r"(?: ?,?(?: ?(?:\(|with|and|of|above|over|below|beyond|greater than|more than|larger than|exceeding|>|the|an?|threshold|cut - ?off|cutoff|factor|multiplier|limit|or|away|from|mean|median|\+|/|-|=|:))*"
    r" <n\d+>(?: times| standard deviations?)?)?)(?: \))?(?: (?:away )?from the (?:mean|median))?)?"
)  # fmt: skip
_ABOUT = rf"(?: (?:from|in|of|for|on) (?P<columns>{CS}))?"
_WITHIN = rf"(?: (?:within|in|of|for|per|by) (?:each |every |the |its |their |same )*(?P<by>{C}))?"
_HOW = (
    r"(?:with|by|using|to|as) (?:the |their |its |a |an |overall |column |respective |corresponding |value |constant )*"
    r"(?P<how>mean|average|median|mode|most (?:common|frequent)(?: value| one| category)?|zeros?|<[nqv]\d+>|(?:the word |the value )?(?:unknown|missing|none|other)|forward fill(?:ing)?|backward fill(?:ing)?|"
    r"(?:previous|last|next)(?: known| valid)? (?:value|one|observation)|(?:linear )?interpolation)(?: values?)?(?: of (?:the |its |that |each )*column)?"
)  # fmt: skip

TREATMENTS: tuple[PlainRule, ...] = (
    (rf"{AWAY} (?:{ROWS} )?(?:with|that have|which have|who have|having|containing|that contain|that are)(?: an?| any| the)* {_GAPS}(?: (?:in|of|for))?(?: any column| all columns)?(?: (?P<columns>{CS}))?(?: values?)?", _drop),
    (rf"{AWAY} {ROWS} (?:where|whose|for which|in which|if|when) (?P<columns>{CS}) (?:is|are|has|have|was)(?: an?)? {_GAPS}", _drop),
    (rf"{AWAY} {ROWS} (?:without|with no|that have no|having no)(?: an?| any)* (?P<columns>{CS})", _drop),
    (rf"{AWAY} {_GAPS}(?: (?:in|of|from|for) (?P<columns>{CS}))?(?= ?(?:[,.;?]|$|and |then |before ))", _drop),
    (rf"{AWAY} {MISS} (?P<columns>{CS})", _drop),
    (rf"(?:only|just) (?:the |those |complete )*(?:complete )?{ROWS} (?:with|that have) (?:complete (?:data|information)|no {_GAPS})(?P<columns>$^)?", _drop),
    (rf"(?:fill(?:ed|ing)?|replac(?:e|ed|ing)|imput(?:e|ed|ing)|substitut(?:e|ed|ing))(?: in| up)?(?: all| any| the| every| its| their)* (?:{MISS} (?P<own>{CS})|{_GAPS}(?: (?:in|of|for) (?P<columns>{CS}))?|gaps(?: in <c\d+>)?)(?: values?)? {_HOW}{_WITHIN}", _fill),
    (rf"imput(?:e|ed|ing) (?P<columns>{CS})(?P<own>$^)? {_HOW}{_WITHIN}", _fill),
    (rf"{_GAPS}(?: (?:in|of|for) (?P<columns>{CS}))?(?P<own>$^)? (?:are |is |were |being |have been )?(?:fill(?:ed|ing)|replaced|imputed|substituted)(?: in)? {_HOW}{_WITHIN}", _fill),
    (rf"{MISS} (?P<own>{CS})(?P<columns>$^)? (?:are |is |were |being |have been )?(?:fill(?:ed|ing)|replaced|imputed|substituted)(?: in)? {_HOW}{_WITHIN}", _fill),
    (rf"{AWAY} (?:extreme )?outliers?{_ABOUT}{_WITHIN}{_MANNER}", _outliers),
    (rf"{AWAY} (?P<columns>{CS}) outliers?{_WITHIN}{_MANNER}", _outliers),
    (rf"outliers?{_ABOUT} (?:are |is |were |being |have been )?(?:removed|dropped|excluded|discarded|eliminated|filtered out|taken out){_WITHIN}{_MANNER}", _outliers),
    (rf"{AWAY} (?:duplicate|duplicated|repeated)s?(?: {ROWS})?(?: (?:by|in|of|on|based on) (?P<columns>{CS}))?", _dedupe),
    (rf"(?:de - ?duplicat|deduplicat)(?:e|ed|ing)(?: the)?(?: {ROWS}| data| table)?(?: (?:by|on) (?P<columns>{CS}))?", _dedupe),
    (rf"(?:capp?(?:ed|ing)?|clipp?(?:ed|ing)?|winsori[sz](?:e|ed|ing)|limit(?:ed|ing)?) (?:(?P<columns>{CS})|it|them|the values)(?: values)? (?P<at>(?:at|to|between|from)(?: the| an?| at least| at most)* (?:<n\d+>|\d+(?:st|nd|rd|th))(?: (?:and|to|-)(?: the)? (?:<n\d+>|\d+(?:st|nd|rd|th)))?(?: percentiles?)?)", _cap),
)  # fmt: skip
