"""From a question to what it may mean: plans with scores, or the words that were not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.errors import NexusError
from nexus_jupyter.language import (
    about,
    asks,
    changes,
    claims,
    comparisons,
    conditions,
    dates,
    envelope,
    flags,
    formulas,
    groups,
    inference,
    nouns,
    orders,
    phrases,
    quantiles,
    ratios,
    relatives,
    roles,
    selection,
    spans,
    superlatives,
    texts,
    units,
    verbs,
)
from nexus_jupyter.language.completion import complete
from nexus_jupyter.language.coverage import beyond, contradiction, hollow, unexplained
from nexus_jupyter.language.draft import Impossible, NotUnderstood, day
from nexus_jupyter.language.foreign import foreign
from nexus_jupyter.language.joins import scopes
from nexus_jupyter.language.linking import Item, link
from nexus_jupyter.language.preamble import peel
from nexus_jupyter.language.reader import Reader, Rule
from nexus_jupyter.language.refusals import unknown_words, unused
from nexus_jupyter.language.scoping import within
from nexus_jupyter.language.search import CLOSE, Found, Trail, search
from nexus_jupyter.language.spelling import respelled
from nexus_jupyter.language.tokens import tokenize
from nexus_jupyter.language.vocabulary import EXACT
from nexus_jupyter.plan.plan import Output, Plan

RULES: tuple[Rule, ...] = (
    asks.source, changes.change, changes.pair, changes.summaries,
    spans.period, envelope.mark, envelope.look, envelope.series, envelope.bins,
    orders.spanning, orders.order, envelope.limit, quantiles.quantile,
    relatives.linked, asks.hint, units.unit, dates.given, dates.negation, asks.count, ratios.formula, ratios.again,
    superlatives.of_the_top, superlatives.ranked, superlatives.extremes_apart, superlatives.superlative, asks.aggregate,
    groups.each, groups.which, groups.periodic, groups.pair,
    inference.test, asks.statistic, texts.within, comparisons.comparison, conditions.equality, conditions.value, dates.date,
    asks.distinct, superlatives.held_number, roles.role, flags.flagged, nouns.apposition, nouns.happened, nouns.dated, nouns.measured_in, nouns.entity,
    selection.column, asks.table, verbs.relation, asks.axis, asks.free,
)  # fmt: skip
PARTS = r"[,.;?]?\s+(?:and\s+)?then[\s,]+|[.;?]\s+also[\s,]+"
CONTINUED = r"(?i)(?:and|group|sort|order|rank|arrange)\b"
MOST_WORDS = 400
PASSED_OVER = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What some words of the question stand for, and why that is believed."""

    words: str
    target: str
    why: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to understand the question: a plan, how likely it is, and what tells it from the others."""

    plan: Plan
    score: float
    title: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What a question was found to mean.

    `status` is "answered" (one reading stands out), "ambiguous" (choose among the readings) or "unanswerable"; `unknown` names the
    words that were not understood and `reason` says in a sentence why there is no single reading. `impossible` is True where the question is
    understood and the data has no answer, so that no other reading may make one up; `settled` is True where no other
    way to read the question should be tried: it is about the data itself, wants a chart, or asks what the data cannot give.
    """

    status: str
    readings: tuple[Reading, ...] = ()
    unknown: tuple[str, ...] = ()
    reason: str = ""
    links: tuple[Link, ...] = ()
    settled: bool = False
    impossible: bool = False


@dataclass(frozen=True, slots=True)
class _Try:
    plan: Plan | None
    cost: float
    unknown: tuple[str, ...]
    reason: str
    ties: tuple[tuple[str, tuple[str, ...]], ...]
    reader: Reader
    final: bool = False


def understand(text: str, catalog: Catalog, *, form: str = "auto") -> Understanding:
    """Understand a question about the datasets of a catalog.

    Parameters
    ----------
    text
        The question.
    catalog
        The datasets it may be about. Only their descriptions are read.
    form
        "value", "table" or "chart" where the reader wants that form; "auto" leaves it to the words.

    Returns
    -------
    Understanding
        Plans whose every word is explained, or which words were not understood.
    """
    text = peel(text)
    tokens = tokenize(text)
    if not any(t.kind in {"word", "quote"} for t in tokens):
        return _closed(f"“{text[:40]}” has no word in it. Ask about a column or a table.")
    if why := foreign(text):
        return _closed(why)
    if not catalog.datasets:
        return _closed("There is no data to ask about. Name a frame or a file.")
    if len(tokens) > MOST_WORDS:
        return _closed(f"The question has {len(tokens)} words; at most {MOST_WORDS} are read. Ask one thing at a time.")
    survey = about.about(tokens, catalog)
    if survey is not None:
        return replace(_surveyed(survey, catalog), settled=True)
    parts = re.split(PARTS, text, flags=re.IGNORECASE)
    if len(parts) > 1 and all(part.strip() for part in parts) and not any(re.match(CONTINUED, part.strip()) for part in parts[1:]):
        answers = [understand(part, catalog) for part in parts]
        if all(u.status == "answered" for u in answers):
            return replace(_together(answers), settled=True)
    tokens, slips = respelled(tokens, catalog)
    tokens, catalog = formulas.extended(tokens, catalog)
    linked = units.amounts(link(tokens, catalog))
    items = flags.formed(linked, catalog)
    if never := next((it.date for it in items if it.date and not it.values and day(it.date) is None), None):
        return _closed(f"There is no day {never} in the calendar.")
    tries, open_end = _tries(items, catalog, form=form, slips=slips)
    if not any(t.plan for t in tries) and (apart := _apart(tries)):  # words that were taken together may stand alone
        again, open_end = _tries(flags.formed(units.amounts(link(tokens, catalog, apart=apart)), catalog), catalog, form=form, slips=slips)
        tries = again if any(t.plan for t in again) else tries
    good = sorted((t for t in tries if t.plan is not None), key=lambda t: t.cost)
    claim = _claim((linked, items), catalog, form=form, slips=slips)
    if claim is not None and not (good and claims.inferred(good[0].plan)):
        if claim.plan is not None and (not good or phrases.decisive(items)):
            return replace(_choose([claim], _links(claim.reader), open_end=False), settled=True)
        if claim.final or (good and phrases.asserted(items)):
            return replace(_refusal([claim], items, catalog, _links(claim.reader)), settled=True)
    told = good[0] if good else min(tries, key=lambda t: (len(t.unknown) or 0.5, t.cost)) if tries else None
    links = _links(told.reader if told is not None else None)
    found = _choose(good, links, open_end=open_end) if good else _refusal(tries, items, catalog, links)
    impossible = not good and any(t.final for t in tries)
    return replace(found, settled=_charted(items, form) or impossible or (bool(good) and good[0].reader.tallied), impossible=impossible)


def _closed(reason: str) -> Understanding:
    """Refuse what no reader can read."""
    return Understanding(status="unanswerable", reason=reason, settled=True, impossible=True)


def _charted(items: tuple[Item, ...], form: str) -> bool:
    """Say whether a chart is asked for."""
    return form == "chart" or any(
        it.cue is not None
        and (
            (it.cue[0] == "mark" and not (it.columns and it.lows[-1] not in {"chart", "plot", "graph"}))
            or it.cue == ("series", "series")
            or it.cue[0] == "facet"
        )
        for it in items
    )


def _tries(items: tuple[Item, ...], catalog: Catalog, *, form: str, slips: tuple[tuple[str, str], ...]) -> tuple[list[_Try], bool]:
    """Search for readings in each scope of tables."""
    chart = _charted(items, form)
    starts = [(0.05 * len(scope) + 0.02 * rank, scope) for rank, scope in enumerate(scopes(items, catalog))]
    seen = {scope: within(items, scope) for _, scope in starts}
    found, open_end = search(starts, lambda scope, trail: _attempt(seen[scope], scope, catalog, trail, chart=chart, slips=slips))
    return [f.result for f in found], open_end


def _claim(linked: tuple[tuple[Item, ...], ...], catalog: Catalog, *, form: str, slips: tuple[tuple[str, str], ...]) -> _Try | None:
    """Read the words as a claim to be tested, where they may be one: as they are linked and in the table that explain it best."""
    if not phrases.claimed(linked[0]) or _charted(linked[0], form):
        return None
    tries = []
    for items in dict.fromkeys(linked):
        for scope in scopes(items, catalog):
            if len(scope) == 1:
                seen = within(items, scope)
                tries.append(_finished(claims.Claim(seen, scope, catalog), claims.RULES, slips).result)
    return min(tries, key=lambda t: (t.plan is None, len(t.unknown), t.cost), default=None)


def _apart(tries: list[_Try]) -> frozenset[tuple[int, int]]:
    """Find the phrases that were left over, or that only a reading which failed could use, in the tries that came farthest."""
    least = min((len(t.unknown) for t in tries if t.unknown), default=0)
    left = [t.reader.items[i] for t in tries if len(t.unknown) == least for i in t.reader.left]
    return frozenset((it.start, it.end) for it in left if it.linked and len(it.lows) > 1 and it.quote is None)


def _surveyed(found: about.About, catalog: Catalog) -> Understanding:
    """Wrap what was made of a question about the data itself."""
    links = tuple(Link(words=words, target=f"table {table}", why="names the table", score=1.0) for words, table in found.spoken)
    if found.plan is not None:
        reading = Reading(plan=found.plan, score=1.0, title=found.plan.outputs[0].label, kind="data")
        return Understanding(status="answered", readings=(reading,), links=links)
    understood = [(question, understand(question, catalog)) for question in found.suggested]
    readings = tuple(replace(u.readings[0], title=question) for question, u in understood if u.status == "answered")
    return Understanding(status="ambiguous" if readings else "unanswerable", readings=readings, reason=found.reason, links=links)


def _together(found: list[Understanding]) -> Understanding:
    """Join the plans of several parts into one, with different names."""
    outputs: list[Output] = []
    for u in found:
        for o in u.readings[0].plan.outputs:
            taken = {x.name for x in outputs}
            name, n = o.name, 2
            while name in taken:
                name, n = f"{o.name}_{n}", n + 1
            outputs.append(replace(o, name=name))
    assumptions = tuple(dict.fromkeys(a for u in found for a in u.readings[0].plan.assumptions))
    plan = Plan(outputs=tuple(outputs), assumptions=assumptions)
    title = ", then ".join(u.readings[0].title for u in found)
    reading = Reading(plan=plan, score=min(u.readings[0].score for u in found), title=title, kind=_kind(plan))
    return Understanding(status="answered", readings=(reading,), links=tuple(link for u in found for link in u.links))


def _attempt(
    items: tuple[Item, ...], scope: tuple[str, ...], catalog: Catalog, trail: Trail, *, chart: bool, slips: tuple[tuple[str, str], ...] = ()
) -> Found[_Try]:
    reader = Reader(items, scope, catalog, chart=chart, trail=trail)
    return _finished(reader, RULES, slips)


def _finished(reader: Reader, rules: tuple[Rule, ...], slips: tuple[tuple[str, str], ...]) -> Found[_Try]:
    """Let a reader read by its rules, and finish what it understood."""
    trail, catalog = reader.trail, reader.catalog
    reader.draft.notes += [("word", f"“{written}” is read as “{right}”.") for written, right in slips]
    plan, reason, final = None, "", False
    unknown: tuple[str, ...] = ()
    try:
        reader.run(rules)
        unknown = unexplained(reader)
        if not unknown:
            plan = complete(reader)
            beyond(reader)
            reason = contradiction(plan) or hollow(plan, catalog)
            plan = None if reason else plan
    except NotUnderstood as stop:
        plan, reason, final = None, str(stop), isinstance(stop, Impossible)
    except NexusError as error:
        reason = str(error)
    d = reader.draft
    used = len(plan.datasets) if plan else len(reader.scope)
    cost = d.cost + 0.4 * (used - 1) + 0.05 * len(reader.scope) + trail.cost + 1.0 * len(d.ties) + PASSED_OVER * _passed_over(reader)
    strange = any(reader.items[i].cue is None and not reader.items[i].linked and reader.items[i].number is None for i in reader.left)
    hopeful = not strange and not any(("rule", i) in dict(trail.prescribed) for i in reader.left)  # nothing else takes what was skipped
    result = _Try(plan, cost, unknown, reason, tuple(d.ties), reader, final)
    return Found(result=result, trail=trail, total=cost if plan else None, hopeful=hopeful)


def _passed_over(reader: Reader) -> int:
    """Count the words that are exactly a column's name somewhere and were read as mere grammar."""
    return sum(
        it.cue is not None and i not in reader.consumed and any(s >= EXACT for _, s in it.columns) for i, it in enumerate(reader.items)
    )


def _choose(good: list[_Try], links: tuple[Link, ...], *, open_end: bool) -> Understanding:
    best: list[_Try] = []
    for t in good:
        if t.plan is not None and all(t.plan.hash != other.plan.hash for other in best if other.plan):
            best.append(t)
    readings = tuple(
        Reading(plan=t.plan, score=round(max(0.0, min(1.0, 1 - t.cost / 5)), 3), title=_title(t), kind=_kind(t.plan))
        for t in best[:4]
        if t.plan
    )
    first = best[0]
    if first.ties:
        words, options = first.ties[0]
        return Understanding(
            status="ambiguous", readings=readings, reason=f"“{words}” may be {' or '.join(options)}. Say which one is meant.", links=links
        )
    near = [t for t in best if t.cost - first.cost < CLOSE and not t.ties]
    if len(near) > 1:
        return Understanding(status="ambiguous", readings=readings, reason=_difference(near), links=links)
    if open_end:
        return Understanding(
            status="ambiguous", readings=readings, reason="The question can be read in many ways. Say it in other words.", links=links
        )
    return Understanding(status="answered", readings=readings, links=links)


def _difference(near: list[_Try]) -> str:
    """Say in which word two readings differ."""
    one = near[0].reader
    for i in sorted(one.consumed):
        options = list(dict.fromkeys(t.reader.consumed.get(i, "") for t in near))
        if len(options) > 1 and all(options):
            said = " or ".join(o.removeprefix("column ").removeprefix("table ") for o in options)
            return f"“{one.items[i].text}” may be {said}. Say which one is meant."
    columns = [{r.column for r in t.reader.draft.refs()} for t in near]
    own = [c - set().union(*(o for o in columns if o is not c)) for c in columns]
    if all(len(names) == 1 for names in own):
        return f"This may be about {' or '.join(n for names in own for n in names)}. Say which one is meant."
    return f"The question can be read in {len(near)} ways. Choose one."


def _title(t: _Try) -> str:
    plan = t.plan
    if plan is None:
        return ""
    return f"{plan.outputs[0].label or plan.outputs[0].name} from {' and '.join(plan.datasets)}"


def _kind(plan: Plan) -> str:
    return "chart" if any(o.form == "chart" for o in plan.outputs) else "analysis"


def _links(reader: Reader | None) -> tuple[Link, ...]:
    """Say what each word became: a column, a table, a value with how sure that is, or the operation that took it."""
    from nexus_jupyter.language.explaining import links

    return () if reader is None else tuple(Link(words=w, target=t, why=y, score=s) for w, t, y, s in links(reader))


def _refusal(tries: list[_Try], items: tuple[Item, ...], catalog: Catalog, links: tuple[Link, ...]) -> Understanding:
    if not tries:
        words = tuple(it.text for it in items if not it.free and it.cue is None and not it.linked)
        return Understanding(
            status="unanswerable",
            unknown=words,
            reason=unknown_words(words, catalog) if words else "Nothing in the question names a column or a table.",
            links=links,
        )
    nearest = min(tries, key=lambda t: (not t.final, len(t.unknown) or 0.5, t.cost))
    if nearest.unknown:
        meant = {it.text for it in items if it.linked or it.cue is not None}
        strange = tuple(w for w in nearest.unknown if w not in meant)
        reason = unknown_words(strange, catalog) if strange else unused(nearest.unknown)
        return Understanding(status="unanswerable", unknown=strange or nearest.unknown, reason=reason, links=links)
    said = (
        nearest.reason
        if nearest.reason.endswith((".", "?"))
        else f"{nearest.reason}."
        if nearest.final
        else f"The question was not understood: {nearest.reason}. Say it in other words."
    )
    return Understanding(status="unanswerable", reason=said, links=links)
