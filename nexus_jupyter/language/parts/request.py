"""A request in several sentences: read, composed to one plan, and held at the gate."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nexus_jupyter.context.dataset import Catalog, Dataset
from nexus_jupyter.errors import NexusError
from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.language.parts import derived, filters, grouping, preparation
from nexus_jupyter.language.parts.compose import compose
from nexus_jupyter.language.parts.gate import unexplained
from nexus_jupyter.language.parts.learning import learning
from nexus_jupyter.language.parts.mentions import Line, Linker
from nexus_jupyter.language.parts.methods import implied, methods
from nexus_jupyter.language.parts.outlying import outliers
from nexus_jupyter.language.parts.recipe import Recipe, run
from nexus_jupyter.language.parts.rows import Rows, Simple
from nexus_jupyter.language.parts.sentences import ASK, FORM, Sentence, sentences
from nexus_jupyter.language.parts.slots import Slot, declared
from nexus_jupyter.plan.plan import Plan

_MADE = re.compile(
    r"(?:called|named|titled|label(?:l)?ed|(?:new|binary) (?:\w+ )?(?:feature|column|variable|attribute|metric)s?(?: called| named)?|(?:feature|column|variable|attribute))\s*[,:]?\s*[\"'“‘]([A-Za-z]\w*(?:[ _]\w+){0,3})[\"'”’]"
    r"|[Cc]alculate \"([A-Z][\w ]{2,30})\" as|(?:formula|as follows)\s*:?\s*([A-Za-z]\w+)\s*="
)


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading a request: a plan, or which words were not understood, or why there is no plan."""

    plan: Plan | None = None
    unknown: tuple[str, ...] = ()
    reason: str = ""
    links: tuple[tuple[str, str], ...] = ()


def read(text: str, catalog: Catalog, simple: Simple) -> Read | None:
    """Read a request that declares what has to come out; None where it declares nothing.

    Parameters
    ----------
    text
        The request: what is asked, then how, then the form, as `@name[…]`.
    catalog
        The datasets; the one that most columns are named of is meant.
    simple
        Understands one simple question; asked for a slot that a sentence answers by itself.
    """
    said = sentences(text)
    form = next((s.text for s in said if s.zone == FORM), "")
    if not form:
        return None
    rest = " ".join(s.text for s in said if s.zone != FORM)
    slots = declared(form, rest)
    if not slots:
        return None
    dataset = _dataset(said, catalog)
    if dataset is None:
        return Read(reason="several tables are there, and the words name none of them")
    return answer(said, slots, dataset, simple)


def answer(said: tuple[Sentence, ...], slots: tuple[Slot, ...], dataset: Dataset, simple: Simple) -> Read:
    """Compose the slots over one dataset."""
    linker, lines = lined(said, dataset)
    recipe = followed(linker, lines)
    links = tuple((p.text, f"column {p.target}") for line in lines if line.zone == ASK for p in line.pieces if p.kind == "column")
    try:
        plan = compose(Rows(linker, lines, slots, recipe, simple))
    except NotUnderstood as stop:
        return Read(reason=str(stop), links=links)
    except NexusError as error:
        return Read(reason=str(error), links=links)
    unknown = unexplained(lines, plan, recipe, slots)
    if unknown:
        return Read(unknown=unknown, links=links)
    return Read(plan=plan, links=links)


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
    return linker, [linker.line(s.text, s.zone) for s in body_lines]


def followed(linker: Linker, lines: list[Line]) -> Recipe:
    """Read the recipe off the lines."""
    recipe = Recipe(linker)
    for line in lines:
        methods(recipe, line)
        learning(recipe, line)
    for line in lines:
        derived.classes(recipe, line)
        run(recipe, line, derived.RULES)
        run(recipe, line, preparation.FIRST)
        outliers(recipe, line)
        filters.ordinals(recipe, line)
        run(recipe, line, filters.WHERE)
        run(recipe, line, grouping.GROUPS)
    derived.picked(recipe, lines)
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
