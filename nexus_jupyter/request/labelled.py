"""New columns of labels that a request defines: classes with their limits, two values, the halves of a column, words found in a text."""

from __future__ import annotations

import re

from nexus_jupyter.language.tokens import name_words
from nexus_jupyter.plan.conversions import Extract
from nexus_jupyter.plan.expressions import Between, Cell, Col, Compare, Expr, If, IsNull, Lit, all_of
from nexus_jupyter.plan.step import Measure, Step
from nexus_jupyter.plan.steps import Aggregate, Derive
from nexus_jupyter.request.lines import Line
from nexus_jupyter.request.making import NEW, derive, name_of
from nexus_jupyter.request.recipe import DERIVE, C, Recipe, Rule

SIDES = ("high", "low")


def _halves(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take "damage above and below the median" as two groups of rows, high and low; what equals it is in neither."""
    names = line.targets(m["other"] or m["one"] or "")
    if len(names) != 1 or "side" in r.made or not (names[0] in r.linker.columns and r.linker.number(names[0])):
        return "side" in r.made
    column, func = names[0], "median" if m["func"] == "median" else "mean"

    def apply(s: Step) -> Step:
        one = Cell(Aggregate(input=s, keys=(), measures=(Measure(name=func, func=func, column=column),)), func)  # type: ignore[arg-type]
        low = If(Compare("<", Col(column), one), Lit("low"), Lit(None))
        return Derive(input=s, name="side", value=If(Compare(">", Col(column), one), Lit("high"), low))

    r.made["side"], r.labels["side"] = None, SIDES
    r.groups.append("side")
    r.role("group", "side")
    r.role("source", column)
    r.notes.append(("side", f"High is above the {func} of {column}, low below it."))
    r.add(DERIVE, "derive side", apply)
    return True


_NAME = r"(?:<[qcv]\d+>|[a-z][\w]*)"
_RANGE = re.compile(
    rf"({_NAME}) ?(?:: )?\(? ?(?:(?:ages?|<c\d+>) )?(?:(?:(<n\d+>) ?(?:-|to|–) ?(<n\d+>))|(?:(<n\d+>) (<=?) (?:<c\d+>|\w+) (<=?) (<n\d+>))|(?:(<=?|>=?|under|below|over|above|less than|fewer than|lower than|smaller than|greater than|more than|higher than|larger than|up to|at least|at most|from) (<n\d+>))|"
    r"(?:(<n\d+>)(?: years?(?: old)?)? (?:and|or) (above|older|over|more|below|younger|under)))"
)


_SIDES = {
    **dict.fromkeys(("under", "below", "less than", "fewer than", "lower than", "smaller than"), "<"), "up to": "<=", "at most": "<=",
    **dict.fromkeys(("over", "above", "greater than", "more than", "higher than", "larger than"), ">"), "from": ">=", "at least": ">=",
}  # fmt: skip


def _binary(r: Recipe, line: Line, m: re.Match[str]) -> bool:
    """Take "that is 1 if A is greater than B and 0 otherwise" as a new column of two values."""
    name, held = name_of(r, line), {r.linker.made[0]} if r.linker.made else set()
    columns = line.targets(m["left"])
    yes, no = line.targets(m["yes"], "n"), line.targets(m["no"], "n")
    right = line.targets(m["right"]) or line.targets(m["right"], "n")
    if name in r.made or not held or len(columns) != 1 or name in columns or not right or not yes or not no:
        return False
    op = next(op for said, op in sorted(_OPS.items(), key=lambda f: -len(f[0])) if said in m["op"])
    other: Expr = Lit(right[0]) if isinstance(right[0], (int, float)) else Col(right[0])
    value = If(Compare(op, Col(columns[0]), other), Lit(yes[0]), Lit(no[0]))  # type: ignore[arg-type]
    return derive(r, line, value, [columns[0], *(right if isinstance(right[0], str) else [])])


_OPS = {
    "greater than or equal": ">=", "at least": ">=", ">=": ">=", "less than or equal": "<=", "at most": "<=", "<=": "<=", "greater than": ">", "more than": ">", "higher than": ">",
    "above": ">", "exceeds": ">", "larger than": ">", ">": ">", "less than": "<", "lower than": "<", "smaller than": "<", "below": "<", "fewer than": "<", "<": "<", "equal": "==", "is": "==", "=": "==",
}  # fmt: skip
_ALL_OPS = "|".join(re.escape(w) for w in sorted(_OPS, key=len, reverse=True) if w not in {"is", "="})


def classes(r: Recipe, line: Line) -> bool:
    """Read `'Child' (0-12), 'Adult' (13-59), …`: labels with the numbers that they stand for."""
    found: list[tuple[str, Expr]] = []
    name = name_of(r, line)
    columns = [c for c in line.targets(line.mask) if c not in r.linker.made and r.linker.number(c)]
    columns = columns or [c for c in r.linker.columns if r.linker.number(c) and name_words(c) == name_words(name)[:1]]
    columns = columns or ([c for c in r.last if r.linker.number(c)] if name == NEW else [])
    if not columns or name in r.made or not re.search(r"categor|group|bin|bucket|class|divid|segment|level", line.mask):
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
            op = _SIDES.get(m[8], m[8])
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


_SEEN, MOSTLY = 20, 0.9


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
    pattern = r"\b(" + "|".join(re.escape(o) for o in sorted(options, key=len, reverse=True)) + r")(?!\w)"
    after = [m[2] for v in r.linker.values(column) if isinstance(v, str) for m in [re.search(rf"{pattern}(.?)", v)] if m]
    if len(after) > _SEEN and after.count(".") > MOSTLY * len(after):  # "Mr." and not "Mr" in a nickname
        pattern = rf"{pattern}\."
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


LABELS: tuple[Rule, ...] = (
    ("derive", rf"(?P<one>{C})?(?: \w+)? ?above (?:and|or|versus|vs) below (?:the |its |their )?(?:overall )?(?P<func>median|mean|average)(?: (?:value|level))?(?: of)?(?: (?P<other>{C}))?(?: (?:level|value)s?)?", _halves),
    ("derive", rf"(?:is|equals|takes|has|with|as|be|are)(?: set to)?(?: the)?(?: values?)?(?: of)? (?P<yes><n\d+>) (?:if|when|where|for) (?P<left>{C})(?: values?)? (?:is |are |was )?(?P<op>{_ALL_OPS}|is)(?: to)? (?P<right>{C}|<n\d+>)(?: ,)?(?: and| or| else)?(?: (?:is|equals|as))? (?P<no><n\d+>)(?: otherwise| if not| else)?", _binary),
    ("derive", r"(?:extract\w*|from)[^<]*(?:from |the )(?:the )?<c\d+>(?: column)?", _pick),
)  # fmt: skip
