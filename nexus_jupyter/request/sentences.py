"""Sentences of a request: the dressing stripped, each with the zone that it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass

ASK, RULE, FORM = "ask", "rule", "form"
_SLOT = re.compile(r"@\w+\s*\[")
_DRESSING = re.compile(r"^\s*(?:question\s*\d+\s*:|\(?\d{1,2}[.)]\s+|[-*•]\s+|[{}\s]+)+", re.IGNORECASE)
_SHORT = ("e.g.", "i.e.", "etc.", "vs.", "mr.", "mrs.", "ms.", "dr.", "no.", "approx.", "resp.", "st.", "master.", "miss.")
_HIDDEN = "\u2024"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and where it stands: what is asked, how it is to be done, or the form that is wanted."""

    text: str
    zone: str


def sentences(text: str) -> tuple[Sentence, ...]:
    """Split a request into sentences: the first paragraph asks, later ones constrain, what holds `@name[…]` is the wanted form."""
    text = text.replace("\\n", "\n").replace("\r", "")
    body, form = divided(text)
    found: list[Sentence] = []
    zone = ASK
    for paragraph in re.split(r"\n[ \t]*\n", body):
        paragraph = re.sub(r"(?<=[\w,)\"'])[ \t]*\n[ \t]*(?=[a-z])", " ", paragraph)  # noqa: PLW2901 - a sentence goes on in the next line
        pieces = [p for line in paragraph.split("\n") for p in _split(line)]
        found += [Sentence(p, zone) for p in pieces]
        if pieces:
            zone = RULE
    if form:
        found.append(Sentence(form, FORM))
    return tuple(found)


def divided(text: str) -> tuple[str, str]:
    """Give what comes before the wanted form, and the form."""
    first = _SLOT.search(text)
    if first is None:
        return text, ""
    body, form = text[: first.start()], text[first.start() :]
    body = re.sub(
        r"(?:\s*[{(]?\s*(?:please\s+)?(?:answer|return|respond|reply|output|give (?:me )?(?:the )?(?:answer|result)s?)(?:\s+\w+)?\s+(?:as|in (?:the|this) form(?:at)?(?: of)?)\s*:?\s*[{(]?\s*)$",
        "",
        body,
        flags=re.IGNORECASE,
    )
    return body.rstrip(" {\n\t:"), form


def _split(line: str) -> list[str]:
    line = _DRESSING.sub("", line).rstrip(" }\t")
    if not line:
        return []
    hidden = line
    for short in _SHORT:
        hidden = re.sub(rf"(?<!\w){re.escape(short)}", lambda m: m.group().replace(".", _HIDDEN), hidden, flags=re.IGNORECASE)
    parts = re.split(r"(?<=[.?!])[\"')\]]?\s+(?=[A-Z\"'(\d‘“])|(?<=;)\s+", _outside(hidden))
    cleaned = [_DRESSING.sub("", p.replace("\u2025", ".").replace(_HIDDEN, ".")).strip() for p in parts]
    return [p for p in cleaned if re.search(r"\w", p)]


def _outside(text: str) -> str:
    """Hide full stops inside quotes and brackets, where no sentence ends."""

    def hide(m: re.Match[str]) -> str:
        return m.group().replace(".", "\u2025")

    text = re.sub(r"(?<!\w)'[^'\n]{1,60}'(?!\w)|\"[^\"\n]{1,80}\"", hide, text)
    return re.sub(r"\([^()\n]{0,200}\)", hide, text)
