"""Part of a request: where one of several asks is not understood, the others are answered, and it is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from nexus_jupyter.language.language import Link, Reading, Understanding
from nexus_jupyter.plan.plan import LEFT_OUT, Assumption, Output, Plan
from nexus_jupyter.request.several import CONTINUED, parts, unused

_AMOUNT = r"(?:the\s+)?(?:average|mean|total|sum|median|maximum|minimum|highest|lowest|number|count|standard deviation)\b"
_AND = re.compile(
    rf",?\s+(?:and also|and then|and|as well as|also|then)\s+(?={_AMOUNT}|how many\b|what\b|which\b|(?:plot|show|list|give|tell|count)\b)",
    re.IGNORECASE,
)
_ASK = re.compile(
    rf"(?:and\s+|also\s+|then\s+|please\s+)*(?:what|which|how|who|when|where|is|are|show|list|give|tell|plot|draw|chart|calculate|compute|find|count|compare|{_AMOUNT})",
    re.IGNORECASE,
)
# An amount of its own; "List the first names." and "Draw a pie chart." may only say how another ask's answer is shown.
_WHOLE = re.compile(rf"{_AMOUNT}|how\s+(?:many|much)\b|\b(?:histogram|correlation)\b", re.IGNORECASE)
_SHARED = re.compile(
    r"\b(?:of|which|in|for|by|with|where|from|at|on|per|during|since|before|after|than|who|that|whose|within|among|only|if|over|under|above|below)\b",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:that|those|these|this|them|they|it|its|their|there|same|former|latter)\b", re.IGNORECASE)
_OF_IT = re.compile(r"\b(?:them|they|it|its|their|those|these)\b", re.IGNORECASE)
_MOST = 6


def partly(text: str, understand: Callable[[str], Understanding]) -> Understanding | None:
    """Answer the asks of a text that are understood, and name the others; None unless there are some of both.

    What is left out has to be an ask of its own, with words that are not known: a condition that is not understood may be meant for all, and
    "List the name" says how the answer before it should look.

    Parameters
    ----------
    text
        The request.
    understand
        Understands one question.
    """
    asks, joined = _asks(text)
    whole = all(_ASK.match(a) and _WHOLE.search(a) for a in asks) and not any(CONTINUED.match(a) for a in asks[1:])
    if not 1 < len(asks) <= _MOST or not whole:
        return None
    found = [(ask, understand(ask)) for ask in asks]
    outputs: list[Output] = []
    notes: list[Assumption] = []
    links: list[Link] = []
    missed: list[tuple[str, Understanding]] = []
    for ask, u in found:
        if u.status != "answered" or (missed and _BACK.search(ask)):
            missed.append((ask, u))
            continue
        plan = u.readings[0].plan
        notes += plan.assumptions
        links += u.links
        for o in plan.outputs:
            outputs.append(replace(o, name=unused(o.name, {x.name for x in outputs})))
    if not outputs or not missed or not all(u.unknown or u.impossible or u.status == "answered" for _, u in missed):
        return None
    if any(u.status != "answered" and _OF_IT.search(ask) for ask, u in missed[:1]):  # "Plot them …": it speaks of what is answered
        return None
    if joined and any(_SHARED.search(ask) for ask, _ in missed):
        return None
    notes += [Assumption(about=LEFT_OUT, text=f"Not answered: “{ask.rstrip('.?! ')}”. {u.reason}".rstrip()) for ask, u in missed]
    plan = Plan(outputs=tuple(outputs), assumptions=tuple(dict.fromkeys(notes)))
    title = ", then ".join(o.label or o.name for o in outputs)
    kind = "chart" if any(o.form == "chart" for o in outputs) else "analysis"
    score = min(u.readings[0].score for _, u in found if u.status == "answered")
    unknown = tuple(w for _, u in missed for w in u.unknown)
    return Understanding(
        status="answered", readings=(Reading(plan=plan, score=score, title=title, kind=kind),), unknown=unknown, links=tuple(links)
    )


def _asks(text: str) -> tuple[tuple[str, ...], bool]:
    """Split a text into asks: its questions, or (True) amounts that "and" joins where nothing after them may be meant for both."""
    found = parts(text)
    if len(found) > 1 and re.search(r"[.?!;\n]\s*\S", text.strip()):
        return found, False
    pieces = [p.strip(" ,.?!;") for p in _AND.split(text)]
    return (tuple(pieces) if not any(_SHARED.search(p) for p in pieces[1:]) else ()), True
