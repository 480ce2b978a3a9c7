"""Classes and codes in plain words: numbers cut into classes, categories written as numbers."""

from __future__ import annotations

import re

from nexus_jupyter.context.dataset import Profile
from nexus_jupyter.language.draft import Impossible
from nexus_jupyter.plan.expressions import Arith, Col, Func, Lit
from nexus_jupyter.plan.preparation import Cut, Encode
from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.prepared import Prepared, numbers, words_for
from nexus_jupyter.request.recipe import C
from nexus_jupyter.request.treatments import PlainRule

MOST_VALUES = 30


# --- classes
_KINDS = {"quartiles": 4, "quintiles": 5, "deciles": 10, "tertiles": 3, "terciles": 3, "thirds": 3, "halves": 2, "percentiles": 100}


def _cut(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    columns = numbers(p, line, m["column"])
    if len(columns) != 1:
        return None
    column, said = columns[0], m[0][m.start("how") - m.start() :]
    if not p.now.schema.column(column).kind.numeric:
        return None
    fixed = next((n for w, n in _KINDS.items() if re.search(rf"\b{w}\b", said)), None)
    counts = line.targets(said, "n")
    labels = tuple(re.findall(r"low|medium|mid|high|small|large|young|old|very low|very high", m["labels"] or ""))
    count = fixed or (int(counts[0]) if counts and isinstance(counts[0], int) else len(labels) or None)
    if count is None or not 1 < count <= MOST_VALUES or (labels and len(labels) != count):
        return None
    alike = bool(fixed) or bool(
        re.search(
            r"quantile|equal - ?(?:frequency|sized?|count)|equally (?:sized|large|populated)|same (?:number|size)|equal(?:ly)? (?:frequency|sized|count|numbers?)",
            said,
        )
    )
    alike = alike or ("equal" in said and bool(re.search(r"groups|parts", said)) and not re.search(r"width|range|interval|\bbin", m[0]))
    name = p.free(words_for(column, "group"))
    made = {"column": column, "name": name, "labels": labels, **({"quantiles": count} if alike else {"bins": count})}
    known = labels or tuple(f"{'Q' if alike else ''}{i}" for i in range(1, count + 1))
    profile = Profile(distinct=count, values=known, complete=True)
    p.add(lambda s: Cut(input=s, **made), name, **{name: profile})  # type: ignore[arg-type]
    p.group = name
    p.notes.append(("classes", f"The {count} classes of `{column}` have {'about as many rows each' if alike else 'one width'}."))
    return ""


def _edges(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    columns, edges = numbers(p, line, m["column"]), tuple(float(n) for n in line.targets(m["edges"], "n"))
    if len(columns) != 1 or list(edges) != sorted(set(edges)) or not edges:
        return None
    name, column = p.free(words_for(columns[0], "group")), columns[0]
    p.add(lambda s: Cut(input=s, column=column, name=name, edges=edges, right=False), name, **{name: Profile(distinct=len(edges) + 1)})
    p.group = name
    p.notes.append(("classes", "A class holds its lower edge."))
    return ""


def _wide(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    """Take "in 10 year bins", "in bins of 10" as classes of one width that start at multiples of it."""
    columns, width = numbers(p, line, m["column"]), line.targets(m["width"], "n")
    if len(columns) != 1 or len(width) != 1 or not width[0] > 0:
        return None
    column, size = columns[0], width[0]
    value = Arith("*", Func("floor", Arith("/", Col(column), Lit(size))), Lit(size))
    p.group = p.derive(words_for(column, "group"), value, category=True)
    p.notes.append(("classes", f"Classes of `{column}` are {size:g} wide and named by where they begin."))
    return ""


# --- codes
def _onehot(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    names = [c for c in line.targets(m["column"]) if c in p.now.schema]
    if len(names) != 1:
        return None
    column = names[0]
    profile = p.profile(column)
    values = tuple(sorted(v for v in profile.values if isinstance(v, str | int) and not isinstance(v, bool)))
    if not profile.complete or not 1 < len(values) <= MOST_VALUES:
        raise Impossible(
            f"`{column}` has {profile.distinct} different values, and one-hot encoding makes a column of each of 2 to {MOST_VALUES}"
        )
    first = "drop" in m[0]
    made = tuple(f"{column}_{v}" for v in values[1 if first else 0 :])
    p.add(lambda s: Encode(input=s, column=column, method="onehot", values=values, drop_first=first), *made)
    return ""


def _label(p: Prepared, line: Line, m: re.Match[str]) -> str | None:
    names = [c for c in line.targets(m["column"]) if c in p.now.schema]
    if len(names) != 1:
        return None
    column, values = names[0], p.profile(names[0]).values
    name = p.free(words_for(column, "code"))
    p.add(lambda s: Encode(input=s, column=column, name=name), name)
    shown = ", ".join(f"{v} {i}" for i, v in enumerate(sorted(map(str, values))[:4]))
    p.notes.append(
        ("codes", f"The values of `{column}` are numbered from 0 in sorted order{f': {shown}' if p.profile(column).complete else ''}.")
    )
    return ""


_CUT = r"(?:bin(?:ned|ning)?|cut(?:ting)?|split(?:ting)?|divid(?:e|ed|ing)|bucket(?:ed|ing)?|group(?:ed|ing)?|discreti[sz](?:e|ed|ing)|categori[sz](?:e|ed|ing)|segment(?:ed|ing)?)"
_SORT = r"(?:bins?|groups?|buckets?|bands?|steps|classes|intervals)"
_EQUAL = r"(?:equal(?:ly)?(?: |- ?)?(?:wide|width|sized?|frequency|count|large|spaced|populated)? )?(?:- )?"
_CLASSES = r"(?:quartiles|quintiles|deciles|tertiles|terciles|thirds|halves|quantiles?(?: (?:bins|groups|classes))?|bins|groups|buckets|classes|intervals|categories|parts|ranges|bands|segments)"
_LABELS = (
    r"(?: ?,?:? ?\(?(?:labell?ed |called |named |with labels )?(?P<labels>(?:low|small|young) ?,? ?(?:(?:and )?(?:medium|mid|middle) ?,? ?)?(?:and )?(?:high|large|old)))?(?: \))?"
    r"(?: (?:thirds|groups|bins|bands|categories|classes))?"
)
_INTO = (
    rf"{_CUT} (?:\w+ )?(?:by )?(?P<column>{C}) (?:into|in) "
    rf"(?P<how>(?:the )?(?:(?:<n\d+>|an?) )?{_EQUAL}{_CLASSES}|(?=low|small|young)|(?:<n\d+> )?(?=low|small))(?: of (?:equal|the same) (?P<of>width|size|frequency))?{_LABELS}"
)

CLASSES: tuple[PlainRule, ...] = (
    (_INTO, _cut),
    (rf"{_CUT} (?:\w+ by )?(?P<column>{C}) (?:at|with (?:edges|cut points|cuts|boundaries|bins)(?: at| of)?) (?P<edges><n\d+>(?: ?(?:,|and|, and) <n\d+>)*)", _edges),
    (rf"{_CUT} (?:\w+ by )?(?P<column>{C}) (?:into|in|by) (?:{_SORT} of (?:width )?(?P<width><n\d+>)(?: years?)?)", _wide),
    (rf"{_CUT} (?:\w+ by )?(?P<column>{C}) (?:into|in|by) (?P<width><n\d+>)(?: ?- ?| )(?:years?|point|unit|dollars?|minutes?|hours?)?(?: ?- ?| )?(?:wide )?{_SORT}", _wide),
    (rf"(?:(?:one|<n\d+>) - hot|onehot|dummy)(?: -)? ?(?:encod(?:e|ed|ing)|code)(?: of)? (?P<column>{C})(?: (?:and )?drop(?:ping)? (?:the )?first(?: category| level)?)?", _onehot),
    (rf"(?:create|make|get|add) dumm(?:y|ies)(?: variables| columns)? (?:for|from|of) (?P<column>{C})", _onehot),
    (rf"(?:label|ordinal)(?: -)? ?encod(?:e|ed|ing)(?: of)? (?P<column>{C})", _label),
)  # fmt: skip
