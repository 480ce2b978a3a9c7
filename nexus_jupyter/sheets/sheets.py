"""The second reader: where a question may be about single rows of one table, whether that is the better way to understand it."""

from __future__ import annotations

import itertools

from nexus_jupyter.context.dataset import Catalog, Dataset
from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language.language import Link, Reading, Understanding
from nexus_jupyter.language.preamble import peel
from nexus_jupyter.language.spelling import respelled
from nexus_jupyter.language.tokens import Token, name_words, tokenize
from nexus_jupyter.plan.expressions import Col, Compare, Lit
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.plan.steps import Aggregate, Bucket, Distinct, Filter, Select, Source, Top
from nexus_jupyter.sheets.facts import Sheet, sheet_of, words
from nexus_jupyter.sheets.reading import Found, read
from nexus_jupyter.sheets.words import OUTCOMES, TELLING, TENSES

WRITTEN = 200
"""Lists that people write are seldom longer."""
SURE = 0.7
"""A costlier reading takes some word on trust, which only a list that somebody wrote allows."""
BETWEEN = "a verb between the two"
KEYS = frozenset({"id", "key", "code"})


def consult(text: str, catalog: Catalog, general: Understanding) -> Understanding:
    """Give the better of two understandings: the one that there is, and what the question means when the table is read as a sheet.

    Parameters
    ----------
    text
        The question.
    catalog
        The datasets; a sheet is read only where there is one.
    general
        What the question was found to mean in general.

    Returns
    -------
    Understanding
        The general one where it is settled, where it has readings and the words speak of no single rows, or where no row is found.
    """
    if general.settled or len(catalog.datasets) != 1:
        return general
    written, dataset = tokenize(peel(text)), catalog.datasets[0]
    kept = _records(dataset)
    flaw = ""
    if general.readings:
        flaw = _flaw(general.readings[0].plan, written, sheet_of(dataset), kept=kept) or _swallowed(general.links, sheet_of(dataset))
    if general.readings and not flaw and (kept or not _telling(written, sheet_of(dataset))):
        return general
    found = read(written, dataset)
    if found is None:
        tokens, slips = respelled(written, catalog)
        found = read(tokens, dataset, slips) if slips else None
    found = None if found is not None and kept and found.cost > SURE else found
    if found is not None and (found.own or not general.readings or flaw):
        return _understood(found)
    return Understanding(status="unanswerable", reason=flaw, links=general.links) if flaw else general


def _flaw(plan: Plan, tokens: tuple[Token, ...], sheet: Sheet, *, kept: bool) -> str:
    """Say why a plan cannot be what a question about rows means, or give ""."""
    if _tautology(plan):
        return "The question names its own answer. Say what is wanted of it."
    if _whole(plan, tokens):
        return "It is not clear which row is the only one. Say it in other words."
    if (alone := _alone(plan, sheet)) is not None:
        return f"Every {alone} has one row, so that counting rows tells nothing. Name what is to be compared."
    if not kept and (one := _one_row(plan, sheet)):
        return f"The question names one row, {one}, and counts it. Say what is wanted of it."
    keys = [key.column for s in plan.steps if isinstance(s, Top) for key in s.by]
    spelled = next((c for c in keys if c in sheet.columns and sheet.view(c, "number", "duration", "date", "rank") is not None), None)
    if spelled is not None:
        return f"{spelled} is text that stands for numbers or dates, and was not meant to be put in the order of the alphabet."
    return ""


def _swallowed(links: tuple[Link, ...], sheet: Sheet) -> str:
    """Say that a verb was passed over that a column speaks of, or give "": "lead" where there is `Led`, "lost" where there are outcomes."""
    passed = {w.casefold() for link in links if link.target == BETWEEN for w in link.words.split(", ")}
    named = {link.target.rpartition(".")[2] for link in links}
    for word in passed:
        column = sheet.outcome() if word in OUTCOMES else None
        column = column or next((n for n in sheet.columns if TENSES.get(word) in {n.casefold(), *words(n)}), None)
        if column is not None and column not in named:
            return f"“{word}” may speak of {column}, which the answer would not look at. Name the column."
    return ""


def _one_row(plan: Plan, sheet: Sheet) -> str:
    """Name the row that a plan counts and nothing more."""
    counts = any(
        isinstance(s, Aggregate) and not s.keys and all(m.func in {"size", "count"} and m.where is None for m in s.measures)
        for s in plan.steps
    )
    where = [s.where for s in plan.steps if isinstance(s, Filter)]
    if not counts or len(where) != 1 or not isinstance(where[0], Compare) or where[0].op != "==":
        return ""
    left, right = where[0].left, where[0].right
    if not isinstance(left, Col) or left.name not in sheet.columns or not isinstance(right, Lit) or not isinstance(right.value, str):
        return ""
    return right.value if sheet.profile(left.name).unique else ""


def _alone(plan: Plan, sheet: Sheet) -> str | None:
    """Name the column whose groups are put in the order of their rows where each has but one."""
    made = {s.name: s.column for s in plan.steps if isinstance(s, Bucket)}
    if not any(isinstance(s, Top) for s in plan.steps) or any(isinstance(s, Filter) for s in plan.steps):
        return None
    for s in plan.steps:
        if isinstance(s, Aggregate) and len(s.keys) == 1 and all(m.func in {"size", "count"} for m in s.measures):
            column = made.get(s.keys[0], s.keys[0])
            yearly = column == s.keys[0] or sheet.profile(column).date_format == "%Y"
            if column in sheet.columns and yearly and sheet.profile(column).unique:
                return column
    return None


def _tautology(plan: Plan) -> bool:
    """Say whether a plan only shows the cell that the question names: who holds the seat of X is not X."""
    steps = plan.steps
    if not all(isinstance(s, (Source, Filter, Select, Distinct)) for s in steps) or len(plan.outputs) != 1:
        return False
    shown = [s.columns for s in steps if isinstance(s, Select)]
    fixed = [
        s.where.left.name
        for s in steps
        if isinstance(s, Filter) and isinstance(s.where, Compare) and s.where.op == "==" and isinstance(s.where.left, Col)
    ]
    return len(shown) == 1 and len(fixed) == 1 and tuple(shown[0]) == (fixed[0],)


def _records(dataset: Dataset) -> bool:
    """Say whether the rows are records that a machine keeps, and not a list that somebody wrote: many, with a key, or measurements."""
    keyed = any(c.role is Role.IDENTIFIER and dataset.profiles[c.name].unique and KEYS & {*name_words(c.name)[-1:]} for c in dataset.schema)
    measured = sum(c.kind is Kind.FLOAT for c in dataset.schema) * 2 > len(dataset.schema.names)
    return (dataset.rows or 0) > WRITTEN or keyed or measured


def _telling(tokens: tuple[Token, ...], sheet: Sheet) -> bool:
    """Say whether a reading of rows could be better than another: by the words, or because cells are messy and rows are totals."""
    return any(t.low in TELLING for t in tokens) or sheet.messy


def _whole(plan: Plan, tokens: tuple[Token, ...]) -> bool:
    """Say whether a plan shows all rows where one is asked for: "the only driver to retire"."""
    lows = [t.low for t in tokens]
    one = any(a == "the" and b == "only" for a, b in itertools.pairwise(lows))
    return one and all(isinstance(s, (Source, Select, Distinct)) for s in plan.steps)


def _understood(found: Found) -> Understanding:
    """Wrap what was made of a question about single rows."""
    score = round(max(0.0, 1 - found.cost / 5), 3)
    readings = tuple(
        Reading(plan=plan, score=score, title=f"{plan.outputs[0].label} from {' and '.join(plan.datasets)}", kind="analysis")
        for plan in (found.plan, *found.rivals)
        if plan is not None
    )
    links = tuple(Link(words=words, target=target, why="named in the question", score=1.0) for words, target in found.links)
    if found.plan is None:
        return Understanding(status="unanswerable", reason=f"The question is not clear: {found.reason}. Say which one is meant.")
    if found.rivals:
        return Understanding(
            status="ambiguous", readings=readings, reason=f"The question can be read in {len(readings)} ways. Choose one.", links=links
        )
    return Understanding(status="answered", readings=readings, links=links)
