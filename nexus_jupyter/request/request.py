"""A request in several sentences: read, composed to one plan, and held at the gate."""

from __future__ import annotations

import re
from dataclasses import replace

from nexus_jupyter.context.dataset import Catalog, Dataset
from nexus_jupyter.errors import NexusError
from nexus_jupyter.language import language
from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.language.language import Link, Reading, Understanding
from nexus_jupyter.language.refusals import unknown_words
from nexus_jupyter.language.tokens import lemma, name_words
from nexus_jupyter.plan.plan import Plan
from nexus_jupyter.request import derived, filters, grouping, labelled, preparation
from nexus_jupyter.request.asides import placed, plain
from nexus_jupyter.request.asks import asked, scores
from nexus_jupyter.request.compose import compose
from nexus_jupyter.request.courses import course
from nexus_jupyter.request.gate import computed, unexplained
from nexus_jupyter.request.learning import MODEL, learning
from nexus_jupyter.request.lines import Line, Piece
from nexus_jupyter.request.mentions import Linker
from nexus_jupyter.request.methods import implied, methods
from nexus_jupyter.request.outlying import outliers
from nexus_jupyter.request.partial import partly
from nexus_jupyter.request.plain import exact, prepared
from nexus_jupyter.request.recipe import Recipe, run
from nexus_jupyter.request.rows import Rows
from nexus_jupyter.request.sentences import ASK, FORM, RULE, Sentence, sentences
from nexus_jupyter.request.several import several
from nexus_jupyter.request.slots import Slot, declared
from nexus_jupyter.sheets import sheets

_MADE = re.compile(
    r"(?:called|named|titled|label(?:l)?ed|(?:new|binary) (?:\w+ )?(?:feature|column|variable|attribute|metric)s?(?: called| named)?|(?:feature|column|variable|attribute))\s*[,:]?\s*[\"'“‘]([A-Za-z]\w*(?:[ _]\w+){0,3})[\"'”’]"
    r"|(?:called|named) ([A-Za-z]+(?:_[A-Za-z0-9]+|[a-z][A-Z])\w*)"
    r"|(?:[Cc]alculate|[Cc]ompute|[Cc]reate|[Dd]erive) (?:the |a |an )?([A-Za-z][a-z]+(?: [a-z]+)?) as (?:the )?(?:percent\w* change|difference|ratio|product|sum|log)"
    r"|[Cc]alculate \"([A-Z][\w ]{2,30})\" as|(?:formula|as follows)\s*:?\s*([A-Za-z]\w+)\s*="
)

NESTED = re.compile(
    r"(?i)\b(?:twice|half|double|triple|\d+ times|above|below|over|under|than|exceed\w*)\b[^?.;\n]{0,25}\b(?:averages?|means?|medians?|avg)\b"
)
"""A comparison with a summary: the slots of a sentence know none, and would give the summary."""
CHOICE = re.compile(r"(?i)\b(?:more|fewer|less)\b(?!\s+(?:than|or)\b)[^?.;\n]*,[^?.;\n]*\bor\b[^?.;\n]*\?")
"""A choice between two, "who scored more, A or B?": the number of both together is no answer to it."""
COUNTED = re.compile(r"(?i)\bhow many\b")
COUNTS = frozenset({"missing", "outliers", "left"})
"""Kinds of slots that are numbers of something."""


def understand(text: str, catalog: Catalog, *, form: str = "auto") -> Understanding:
    """Understand a request: in parts where it declares what has to come out (`@name[…]`), else as one question.

    Parameters
    ----------
    text
        The request: what is asked, then how, then the form.
    catalog
        The datasets; of several, the one that most columns are named of is meant.
    form
        "value", "table" or "chart" where the reader wants that form; "auto" leaves it to the words.

    Returns
    -------
    Understanding
        One plan with an output a slot, in their order and under their names; or which words were not understood.
    """
    said = sentences(text)
    wanted = next((s.text for s in said if s.zone == FORM), "")
    slots = declared(wanted, " ".join(s.text for s in said if s.zone != FORM)) if wanted else ()
    if not slots or not catalog.datasets:
        found = _undeclared(text, said, catalog, form)
        some = (
            partly(text, lambda ask: single(ask, catalog))
            if found.status == "unanswerable" and catalog.datasets and form != "chart"
            else None
        )
        return some or found
    dataset = _dataset(said, catalog)
    if dataset is None:
        return Understanding(status="unanswerable", reason="Several tables are there, and the words name none of them. Name one.")
    made = _answered(said, slots, dataset, catalog)
    return made if made.status == "answered" or made.unknown else _plainly(said, slots, dataset, catalog) or made


def _plainly(said: tuple[Sentence, ...], slots: tuple[Slot, ...], dataset: Dataset, catalog: Catalog) -> Understanding | None:
    """Understand what is asked as plain questions, where the constraints say nothing more, and place the answers in the slots."""
    rules = tuple(s for s in said if s.zone == RULE)
    if rules and not plain(followed(*lined(rules, dataset))):
        return None
    asks = tuple(s for s in said if s.zone == ASK)
    text = " ".join(s.text for s in asks)
    found = _undeclared(text, asks, catalog, "auto")
    plan = placed(found.readings[0].plan, slots) if found.status == "answered" else None
    if plan is None:
        return None
    return replace(found, readings=(replace(found.readings[0], plan=plan, title=", ".join(o.label for o in plan.outputs)),))


def _undeclared(text: str, said: tuple[Sentence, ...], catalog: Catalog, form: str) -> Understanding:
    """Understand what declares nothing: as one question, else as several, else by what its sentences ask for."""
    run = course(text, catalog, lambda rest, data: _undeclared(rest, sentences(rest), data, form)) if form != "chart" else None
    if run is not None and (run.status == "answered" or len(said) == 1):
        return run
    found = run or single(text, catalog, form=form)
    if found.status == "ambiguous" or found.impossible or form == "chart" or not catalog.datasets:
        return found
    if found.status == "unanswerable" and run is None:
        made = prepared(text, catalog, lambda rest, data: language.understand(rest, data, form=form))
        if made is not None and (made.status != "unanswerable" or made.settled):
            return made
    plan = several(text, catalog, lambda question: _plan(question, catalog)) if found.status == "unanswerable" else None
    if plan is not None:
        title = ", then ".join(o.label or o.name for o in plan.outputs)
        return Understanding(status="answered", readings=(Reading(plan=plan, score=0.9, title=title, kind=_kind(plan)),))
    dataset = _dataset(said, catalog)
    if dataset is None or NESTED.search(text) or CHOICE.search(text):
        return found
    if len(said) == 1 and re.match(r"\s*(?:is|are|was|were|do|does|did)\b", text, re.IGNORECASE):
        return found  # yes or no is no list of numbers
    asks = tuple(Sentence(exact(s.text, dataset) if re.search(MODEL, s.text.casefold()) else s.text, ASK) for s in said)
    linker, lines = lined(asks, dataset)
    recipe = followed(linker, lines)
    slots = asked(lines, recipe)
    wanted = scores(lines, recipe) if found.status == "unanswerable" else ()
    if wanted and not (recipe.groups or recipe.period):
        made = _answered(asks, wanted, dataset, catalog)
        return made if made.status == "answered" else found
    if recipe.groups or recipe.period or recipe.learning or not (len(slots) > 1 or (slots and (recipe.changes or recipe.outlying))):
        return found
    if found.status == "answered" and (len(slots) < 2 or all(computed(found.readings[0].plan, s.head) for s in slots)):
        return found
    made = _answered(asks, slots, dataset, catalog)
    if made.status == "answered" and COUNTED.search(text) and not any(s.head in COUNTS for s in slots):
        return found
    return made if made.status == "answered" else found


def single(text: str, catalog: Catalog, *, form: str = "auto") -> Understanding:
    """Understand one question: in general, and as one about single rows where that may be better."""
    return sheets.consult(text, catalog, language.understand(text, catalog, form=form))


def _kind(plan: Plan) -> str:
    return "chart" if any(o.form == "chart" for o in plan.outputs) else "analysis"


def _answered(said: tuple[Sentence, ...], slots: tuple[Slot, ...], dataset: Dataset, catalog: Catalog) -> Understanding:
    """Compose the slots over one dataset, and hold the plan at the gate."""
    linker, lines = lined(said, dataset)
    recipe = followed(linker, lines)
    spoken = [p for line in lines if line.zone == ASK for p in line.pieces if p.kind == "column"]
    links = tuple(Link(words=p.text, target=f"column {p.target}", why="named in the question", score=1.0) for p in spoken)
    try:
        plan = compose(Rows(linker, lines, slots, recipe, lambda question: _plan(question, catalog)))
    except (NotUnderstood, NexusError) as stop:
        reason = f"The question was not understood: {str(stop).rstrip('.')}. Say it in other words."
        return Understanding(status="unanswerable", reason=reason, links=links)
    unknown = unexplained(lines, plan, recipe, slots)
    if unknown:
        return Understanding(status="unanswerable", unknown=unknown, reason=unknown_words(unknown, catalog), links=links)
    title = ", ".join(o.label or o.name for o in plan.outputs)
    return Understanding(status="answered", readings=(Reading(plan=plan, score=1.0, title=title, kind="analysis"),), links=links)


def _plan(text: str, catalog: Catalog) -> Plan | None:
    """Give the plan of a question that has one reading."""
    found = single(text, catalog)
    return found.readings[0].plan if found.status == "answered" else None


def lined(said: tuple[Sentence, ...], dataset: Dataset) -> tuple[Linker, list[Line]]:
    """Link the sentences; names that the request makes are columns in all of them."""
    known = {c.name.strip("\ufeff ").casefold() for c in dataset.schema}
    body = "\n".join(s.text for s in said if s.zone != FORM)
    made = [next(g for g in m.groups() if g) for m in _MADE.finditer(body)]
    made = [n for n in dict.fromkeys(made) if n.casefold() not in known]
    linker = Linker(dataset, tuple(made))
    body_lines = [s for s in said if s.zone != FORM]
    for s in body_lines:
        linker.line(s.text, s.zone)  # definitions in brackets hold everywhere
    return linker, _pointed([linker.line(s.text, s.zone) for s in body_lines])


def _pointed(lines: list[Line]) -> list[Line]:
    """Let "use the state_abbr column" say which column a noun of what is asked means."""
    used = {
        c
        for line in lines
        if line.zone == RULE
        for m in line.find(r"\buse (?:only )?the (?:<c\d+>(?: and | , )?)+ columns?")
        for c in line.targets(m[0])
    }
    meant = {w: c for c in used for w in name_words(c) if sum(w in name_words(x) for x in used) == 1}
    found = []
    for line in lines:
        if line.zone == ASK and any(p.kind == "entity" and lemma(p.low) in meant for p in line.pieces):
            pieces = [
                Piece(p.text, "column", meant[lemma(p.low)], low=p.low) if p.kind == "entity" and lemma(p.low) in meant else p
                for p in line.pieces
            ]
            found.append(Line(line.text, line.zone, pieces))
        else:
            found.append(line)
    return found


def followed(linker: Linker, lines: list[Line]) -> Recipe:
    """Read the recipe off the lines."""
    recipe = Recipe(linker)
    for line in lines:
        methods(recipe, line)
        learning(recipe, line)
        run(recipe, line, derived.FORMULAS)
    for line in lines:
        labelled.classes(recipe, line)
        run(recipe, line, labelled.LABELS)
        run(recipe, line, derived.RULES)
        run(recipe, line, preparation.FIRST)
        outliers(recipe, line)
        filters.ordinals(recipe, line)
        run(recipe, line, filters.WHERE)
        run(recipe, line, grouping.GROUPS)
        recipe.named += [c for c in line.targets(line.mask) if c not in recipe.named]
        recipe.last = line.targets(line.mask)[-1:] or recipe.last
        recipe.gaps = bool(re.search(preparation.MISSING, line.mask))
    labelled.picked(recipe, lines)
    filters.pairs(recipe)
    implied(recipe, lines)
    return recipe


def _dataset(said: tuple[Sentence, ...], catalog: Catalog) -> Dataset | None:
    if len(catalog.datasets) == 1:
        return catalog.datasets[0]
    counts = []
    for dataset in catalog.datasets:
        linker = Linker(dataset)
        counts.append((sum(p.kind == "column" for s in said if s.zone == ASK for p in linker.line(s.text, s.zone).pieces), dataset))
    counts.sort(key=lambda c: -c[0])
    return counts[0][1] if counts and counts[0][0] > (counts[1][0] if len(counts) > 1 else 0) else None
