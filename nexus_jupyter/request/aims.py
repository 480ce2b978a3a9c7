"""What a slot is about: its columns, and the group that its rows are restricted to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from nexus_jupyter.context.schema import Kind
from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.language.tokens import lemma, name_words, stem
from nexus_jupyter.plan.expressions import Col, Compare, Expr, Lit
from nexus_jupyter.plan.step import Step
from nexus_jupyter.plan.steps import Derive
from nexus_jupyter.request.labelled import SIDES
from nexus_jupyter.request.mentions import shortened
from nexus_jupyter.request.rows import BEST, Rows
from nexus_jupyter.request.slots import Slot, words

PLAIN = frozenset(
    """of the in for value values number count total result test score coefficient correlation model new data column final calculated overall number statistic by per a an is are to
    prediction classifier regression r p ks shapiro wilk norm normality distribution significance relationship type status strength direction decision rate name all and scaling scaled normalized normalised transformed feature
    rho tau cohen cohens eta cramer squared levene bartlett kruskal wallis
    kolmogorov smirnov anderson darling mann whitney ttest anova chi square squared pearson spearman kendall linear logistic removed detected identified difference entries rows left remaining dataset between
    average mean std median dev deviation standard min max sum size set train after before post pre original processed processing imputation imputed filled cleaned clean outlier outliers removal without missing with null unique distinct on z iqr method
    zscore zscores num n no cnt pct avg fraction days u f t w d error performance analysis level month year monthly yearly daily each group values""".split()
)


@dataclass(frozen=True, slots=True)
class Aim:
    """What a slot is about: columns, the group it is restricted to, and the rows at its stage."""

    columns: tuple[str, ...]
    where: Expr | None = None
    rest: tuple[str, ...] = ()


def aimed(rows: Rows, slot: Slot, *, wanted: int = 1, numeric: bool = True) -> Aim:
    """Find the columns and the group that the words of a slot name."""
    if slot.column:
        return Aim((slot.column,))
    left = [w for w in slot.subject if w not in {"of", "the", "in", "for", "and", "by"}]
    where, left = _group(rows, slot, left)
    if rows.best_group() is not None:
        left = [w for w in left if not BEST.fullmatch(w)]
    pool = list(dict.fromkeys([*rows.mentioned, *rows.recipe.made, *rows.linker.columns]))
    pool = [c for c in pool if not numeric or c in rows.recipe.made or rows.linker.number(c) or rows.convertible(c)]
    columns: list[str] = []
    rest = [w for w in left if not w.isdigit()]
    while rest:
        best = max(pool, key=lambda c: _fits(rows, c, rest, slot), default=None)
        score = _fits(rows, best, rest, slot) if best else 0
        if not best or score <= 0:
            break
        columns.append(best)
        rest = [w for w in rest if not same(w, best)]
        pool = [c for c in pool if c != best]
        if len(columns) >= wanted:
            break
    strange = [w for w in rest if w not in PLAIN and not any(near(w, v) for c in columns for v in name_words(c)) and not rows.said(w)]
    if strange and len(rows.slots) > 1:  # the one slot of a request may be called as one likes
        raise NotUnderstood(f"“{slot.name}” speaks of {' '.join(strange)}, which is nothing here")
    return Aim(tuple(columns), where, tuple(rest))


def _fits(rows: Rows, column: str | None, said: list[str], slot: Slot) -> float:
    if column is None:
        return 0
    own = name_words(column)
    joined = "".join(own)
    text = "".join(said)
    hits = [w for w in said if any(near(w, o) for o in own)]
    if joined and joined in text:
        return 3 + len(joined) / 10 + (0.1 if column in rows.mentioned else 0)
    if hits:
        share = len(hits) / len(own)
        if column not in rows.mentioned and column not in rows.recipe.made and share < 1:
            return 0
        return share + 0.2 * (column in rows.mentioned) + 0.1 * len(hits) + (0.3 if column in rows.targets() else 0)
    if len(said) > 1 and shortened(said, column):
        return 0.8
    return 0.4 if any(near(w, joined) or (len(w) > 3 and joined.startswith(w)) for w in said) and column in rows.mentioned else 0


_ASIDE = {"above": "high", "upper": "high", "higher": "high", "below": "low", "lower": "low"}


def _group(rows: Rows, slot: Slot, left: list[str]) -> tuple[Expr | None, list[str]]:
    """Take words of a slot that name a value of the grouping column."""
    for column in rows.recipe.groups + [c for c, _ in rows.recipe.pairs]:
        options: tuple[Any, ...] = rows.recipe.labels.get(column) or (rows.linker.values(column) if column in rows.linker.columns else ())
        if options == SIDES:
            left = [_ASIDE.get(w, w) for w in left]
        options = tuple(options) or tuple(v for c, vs in rows.recipe.pairs if c == column for v in vs)
        named = []
        for v in options:
            spelled = ([w.casefold() for w in re.findall(r"[A-Za-z]+|\d+", str(v))], list(words(str(v))))
            named += [(len(said), v, said) for said in spelled if said and all(any(lemma(w) == lemma(x) for x in left) for w in said)]
        named += [(1, v, said) for v, said in _sides(rows, column, left)]
        if not named:
            continue
        _, value, said = max(named, key=lambda f: f[0])
        rest = [w for w in left if w not in said and not same(w, column) and not (len(w) > 3 and w in column.casefold())]
        return Compare("==", Col(column), Lit(value)), rest
    return None, left


def _sides(rows: Rows, column: str, left: list[str]) -> list[tuple[Any, list[str]]]:
    """Take `smoker` and `non_smoker` as the two sides of a column that says yes or no."""
    truth = rows.linker.truth(column) if column in rows.linker.columns else None
    if truth is None or not any(c == column for c, _ in rows.recipe.pairs):
        return []
    own = stem("".join(name_words(column)))
    for w in left:
        if stem(w) in {f"non{own}", f"not{own}"} or (stem(w) == own and {"non", "not", "no"} & set(left)):
            return [(truth[1], [x for x in left if x == w or x in {"non", "not", "no"}])]
    return [(truth[0], [w]) for w in left if stem(w) == own]


def one(rows: Rows, slot: Slot, n: int = 1, *, numeric: bool = True) -> tuple[tuple[str, ...], Expr | None]:
    """Give the columns of a slot, from its words or from what the request is about."""
    aim = aimed(rows, slot, wanted=n, numeric=numeric)
    columns = list(aim.columns)
    if len(columns) < n:
        targets = [
            c
            for c in rows.targets()
            if c not in columns and (not numeric or c in rows.recipe.made or rows.linker.number(c) or rows.convertible(c))
        ]
        if columns and n == 2:
            targets = [c for c in targets if c not in columns]
        if len(targets) + len(columns) > n:
            targets = rows.surely(targets)
        if len(targets) + len(columns) == n or (n == 2 and not columns and len(targets) == 2):
            columns = [*columns, *targets][:n] if columns else targets
        elif n == 2 and not columns:
            columns = list(paired(rows) or ())
        elif not targets and n == 1 and rows.recipe.new:
            columns = [rows.recipe.new]
    if len(columns) != n:
        raise NotUnderstood(f"which column “{slot.name}” is about")
    return tuple(columns), aim.where


def paired(rows: Rows) -> tuple[str, str] | None:
    """Find the two columns of a correlation: `between A and B`; a constraint that quotes two wins."""
    for zone in ("rule", "ask"):
        for line in rows.lines:
            if line.zone != zone or not re.search(r"correlat|relationship|relation|associat|link|connection|chi", line.mask):
                continue
            for m in line.find(
                r"(?:between|of|correlate) (?:\w+ ){0,5}?<c\d+>(?: (?!and )[\w'(),-]+){0,6}? (?:and|with|to) (?:[\w']+ ){0,6}?<c\d+>"
            ):
                names = line.targets(m[0])
                if len(names) == 2:
                    return names[0], names[1]
    return None


def two(rows: Rows, slot: Slot) -> tuple[tuple[str, str], Expr | None]:
    """Give the two columns of a slot."""
    aim = aimed(rows, slot, wanted=2)
    if len(aim.columns) == 2:
        return (aim.columns[0], aim.columns[1]), aim.where
    pair = paired(rows)
    coded = [c for c, roles in rows.recipe.roles.items() if "encoded" in roles]
    others = [c for c in rows.mentioned if c not in coded and (c in rows.recipe.made or rows.linker.number(c))]
    if pair is None and not aim.columns and len(coded) == 1 and len(others) == 1:
        return (coded[0], others[0]), aim.where
    if (
        pair
        and all(c in rows.recipe.made or rows.linker.number(c) or rows.convertible(c) for c in pair)
        and (not aim.columns or aim.columns[0] in pair)
    ):
        return pair, aim.where
    (a, b), where = one(rows, slot, 2)
    return (a, b), where


def target(rows: Rows, slot: Slot, group: str) -> str:
    """Give the numbers that are compared between the groups of a column."""
    found = [c for c in rows.targets() if c != group and (c in rows.recipe.made or rows.linker.number(c))]
    if len(found) != 1:
        raise NotUnderstood(f"which numbers “{slot.name}” compares")
    return found[0]


def numbered(step: Step, column: str, func: str = "") -> tuple[Step, str]:
    """Read a text column as numbers where a function needs them."""
    if func in {"count", "count_distinct", "mode"} or step.schema.column(column).kind is not Kind.STRING:
        return step, column
    from nexus_jupyter.plan.conversions import Number

    return Derive(input=step, name=f"{column}_number", value=Number(Col(column))), f"{column}_number"


def near(word: str, own: str) -> bool:
    """Say whether a word of a slot is a word of a column's name."""
    if word == own or stem(word) == stem(own):
        return True
    return len(word) >= 3 and len(own) >= 3 and (own.startswith(word) or word.startswith(own))


def same(word: str, column: str) -> bool:
    """Say whether a word is one of a column's name, or all of it."""
    own = name_words(column)
    return any(near(word, o) for o in own) or word == "".join(own)
