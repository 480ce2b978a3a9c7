"""Questions in plain words that prepare the rows first: each clause becomes steps, and what is left is asked of the prepared rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from nexus_jupyter.context.dataset import Catalog, Dataset
from nexus_jupyter.errors import NexusError
from nexus_jupyter.language.draft import Impossible, NotUnderstood
from nexus_jupyter.language.language import Link, Reading, Understanding
from nexus_jupyter.language.tokens import stem
from nexus_jupyter.plan.plan import Assumption, Output, Plan
from nexus_jupyter.request.classes import CLASSES
from nexus_jupyter.request.features import FEATURES
from nexus_jupyter.request.lines import Line, Piece
from nexus_jupyter.request.mentions import Linker
from nexus_jupyter.request.parts import PARTS
from nexus_jupyter.request.prepared import Prepared
from nexus_jupyter.request.sentences import ASK
from nexus_jupyter.request.treatments import TREATMENTS, PlainRule

Ask = Callable[[str, Catalog], Understanding]
RULES: tuple[PlainRule, ...] = (*TREATMENTS, *FEATURES, *CLASSES, *PARTS)
_MOST = 6
_LEAD = re.compile(
    r"(?:(?:(?:please|first|then|next|now|also|and|after|once|when|if|by|with|having|you|we|i|can you|could you) |, |\( ?)+)$"
)
_TRAIL = re.compile(r"^(?: ?(?:, and then|, then|and then|then|, and|and|,|;|\.|:|before|\)))+(?= |$)")
_AGAINST = re.compile(r"\b(?:before|instead of|rather than|not|never|n't|no|both|unless|whether|why)(?: you| we| i)?$")
_MEASURE = r"(?:mean|average|median|mode|sum|total|standard deviation|variance|minimum|maximum|min|max|range|skewness|kurtosis|smallest|largest|highest|lowest)"
_GROUPS = r"(?:bins?|groups?|buckets?|categor(?:y|ies)|class(?:es)?|bands?|intervals?|quartiles?|quintiles?|deciles?|thirds?|terciles?|tertiles?|segments?|ones?)"
_EMPTY = re.compile(
    r"^(?:(?:show|give|list|display|return|print|see|me|the|a|us|result|results|data|table|rows|dataset|it|them|what|is|are|of|to|so|that|and)\W*)*[.?! ]*$",
    re.IGNORECASE,
)


def prepared(text: str, catalog: Catalog, ask: Ask) -> Understanding | None:
    """Understand a question with clauses that prepare the rows; None where there are none.

    Parameters
    ----------
    text
        The question.
    catalog
        The datasets; the clauses have to be about one of them.
    ask
        Understands what is left of the question over a catalog.
    """
    try:
        found = [f for d in catalog.datasets if (f := _stripped(text, d)) is not None]
    except NotUnderstood as stop:
        return Understanding(
            status="unanswerable", reason=f"The question was not understood: {stop}. Ask one thing at a time.", settled=True
        )
    if not found:
        return None
    most = max(len(f[2]) for f in found)
    best = [f for f in found if len(f[2]) == most]
    if len(best) > 1:
        return None
    p, rest, taken = best[0]
    links = tuple(Link(words=words, target="a step that prepares the rows", why="read as a preparation", score=1.0) for words in taken)
    notes = tuple(Assumption(about=a, text=t) for a, t in dict.fromkeys(p.notes))
    try:
        if _EMPTY.match(rest):
            step = p.build()
            label = "prepared rows" if len(p.focus) != 1 else f"rows with {p.focus[0]}"
            plan = Plan(outputs=(Output(step=step, form="table", name="prepared", label=label),), assumptions=notes)
            reading = Reading(plan=plan, score=0.9, title=label, kind="analysis")
            return Understanding(status="answered", readings=(reading,), links=links)
        answered = [u for said in _wordings(rest, p) if (u := ask(said, p.catalog(catalog))).status != "unanswerable"]
        if not answered:
            return None
        readings = tuple(replace(r, plan=replace(p.moved(r.plan), assumptions=(*notes, *r.plan.assumptions))) for r in answered[0].readings)
    except (NotUnderstood, NexusError) as stop:
        return Understanding(status="unanswerable", reason=f"The question was not understood: {str(stop).rstrip('.')}.", links=links)
    return replace(answered[0], readings=readings, links=(*links, *answered[0].links))


def _stripped(text: str, dataset: Dataset) -> tuple[Prepared, str, tuple[str, ...]] | None:
    """Take the clauses off a question, each in the order of the words."""
    p, taken = Prepared(base=dataset, now=dataset), []
    for _ in range(_MOST):
        line = _line(text, p.now)
        found = sorted(
            ((m.start(), -len(m[0]), k, m) for k, (pattern, _) in enumerate(RULES) for m in line.find(rf"(?<![\w<]){pattern}(?![\w>])")),
            key=lambda f: f[:3],
        )
        for *_, k, m in found:
            start, end = m.start(), m.end()
            if _AGAINST.search(line.mask[:start].rstrip()):
                raise NotUnderstood("what is asked of the rows before they are prepared")
            try:
                said = RULES[k][1](p, line, m)
            except Impossible:
                return None
            except NexusError:
                said = None
            if said is None:
                continue
            if not said:
                start -= len(lead[0]) if (lead := _LEAD.search(line.mask[:start])) else 0
                end += len(trail[0]) if (trail := _TRAIL.match(line.mask[end:])) else 0
            span = _span(line, start, end)
            if span is None:
                return None
            taken.append(text[span[0] : span[1]].strip(" ,.;"))
            text = f"{text[: span[0]].rstrip()} {said} {text[span[1] :].lstrip()}".strip(" ,;")
            break
        else:
            break
    return (p, re.sub(r"\s+", " ", text), tuple(taken)) if taken else None


def _line(text: str, dataset: Dataset) -> Line:
    """Link a question; a word that is a column's whole name, or all but its first letter, is the column."""
    line = Linker(dataset).line(text, ASK)
    names: dict[str, list[str]] = {}
    for c in dataset.schema:
        low = c.name.casefold()
        for said in {low, *([low[1:]] if len(low) > 5 and low.isalpha() else [])}:
            names.setdefault(stem(said), []).append(c.name)
    pieces = [
        Piece(p.text, "column", found[0], low=p.low)
        if p.kind in {"word", "entity"} and len(found := names.get(stem(p.low), [])) == 1 and len(p.low) > 2
        else p
        for p in line.pieces
    ]
    return Line(text, ASK, pieces)


def _span(line: Line, start: int, end: int) -> tuple[int, int] | None:
    """Find where a part of the mask stands in the text."""
    at, first, last = 0, -1, -1
    for p, place in zip(line.pieces, line.starts, strict=True):
        found = line.text.find(p.text, at)
        if found < 0:
            return None
        at = found + len(p.text)
        quoted = p.quoted and line.text[max(0, found - 1) : found] in {'"', "'", "`"}
        if start <= place < end:
            first = (found - quoted) if first < 0 else first
            last = at + quoted
    return (first, last) if first >= 0 else None


def _wordings(rest: str, p: Prepared) -> tuple[str, ...]:
    """Write what is left with its pronouns resolved, and where it names no column, with the one that was prepared."""
    text = re.sub(
        r"^(?:(?:re)?(?:comput|calculat)ing|recompute|recalculate|re-?compute|re-?calculate)\b", "calculate", rest, flags=re.IGNORECASE
    )
    text = re.sub(r"\b(?:recompute|recalculate)\b", "calculate", text, flags=re.IGNORECASE)
    text = re.sub(
        r"\b(?:are|is) (?:left|remaining|there now|still there)\b|\b(?:left|remain(?:ing|s)?)(?= *[.?!]?$)",
        "are there",
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(r"\b(?:are|is|do) are there\b", "are there", text, flags=re.IGNORECASE)
    if p.group:
        words = p.group.replace("_", " ")
        text = re.sub(
            rf"\b(?:for|in|of|per|by|within)(?: each| every| the| these| those| all)*(?: of)? (?:{_GROUPS}|them|it)\b",
            f"per {words}",
            text,
            flags=re.IGNORECASE,
        )
        text = re.sub(
            rf"\b(?:of|for|in) (?:each|every one)\b(?= *[.?!,]?$)|\b(?:each|every) {_GROUPS}\b|\beach\b(?= *[.?!]?$)",
            f"per {words}",
            text,
            flags=re.IGNORECASE,
        )
        text = re.sub(r"\bcount (?:them|each)\b", f"how many per {words}", text, flags=re.IGNORECASE)
        if words not in text:
            return ()
    focus = " and ".join(c.replace("_", " ") for c in p.focus)
    said = [text]
    if focus:
        own = re.sub(rf"\b(?:its|their) (?={_MEASURE})", "the ", text, flags=re.IGNORECASE)
        own = re.sub(_PRONOUN, focus, own, flags=re.IGNORECASE)
        said = [own] if focus in own or not re.search(r"\b(?:its|their|it|them)\b", own) else []
        if (
            len(p.focus) == 1
            and not re.search(rf"\b{_MEASURE}\b|how many|number of|count", own, re.IGNORECASE)
            and p.now.schema.column(p.focus[0]).kind.numeric
        ):
            averaged = re.sub(rf"\b{re.escape(focus)}\b", f"average {focus}", own)
            said.insert(
                0 if re.search(r"\b(?:by|per|each)\b", own) else len(said), averaged
            )  # spans and differences are averaged, not added up
        said.append(re.sub(rf"^{re.escape(focus)} ?, (?:on )?({_MEASURE})\b", rf"\1 {focus}", own, flags=re.IGNORECASE))
        if len(p.focus) == 1:
            said.append(
                re.sub(
                    rf"\b({_MEASURE})(?! (?:of|for|in the) (?:the )?\w+ *[,.?!]?$)(?: value)?\b",
                    rf"\1 {focus}",
                    own,
                    count=1,
                    flags=re.IGNORECASE,
                )
            )
    return tuple(dict.fromkeys([*said, *(exact(t, p.now) for t in said)]))


_PRONOUN = (
    r"\b(?:it|them|each (?:dummy|indicator)(?: (?:column|variable))?|(?:an? |the )?z-? ?scores?|"
    r"(?:this|that|the (?:new|resulting|encoded|scaled|standardi[sz]ed|normali[sz]ed|transformed|filled|cleaned|capped)) (?:columns?|values?|features?|variables?|data))\b"
)  # fmt: skip


def exact(text: str, dataset: Dataset) -> str:
    """Write the columns that a question names by their whole names."""
    line, shown, at = _line(text, dataset), "", 0
    for piece in line.pieces:
        found = text.find(piece.text, at)
        if found < 0:
            return text
        own = piece.kind == "column" and not piece.quoted
        shown += text[at:found] + (str(piece.target).strip() if own else piece.text)
        at = found + len(piece.text)
    return shown + text[at:]
