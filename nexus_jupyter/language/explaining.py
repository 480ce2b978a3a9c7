"""Why each word was read as it was: what it became, how that was found, and how sure that is."""

from __future__ import annotations

from nexus_jupyter.language.concepts import MEANT
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.vocabulary import BAG, DROPPED, EXACT, EXPANDED, JOINED, ONE, OWN, PART, STEMS

LEVELS = (
    (EXACT, "called so"),
    (JOINED, "called so, written together"),
    (STEMS, "the same words in another form"),
    (BAG, "the same words in another order"),
    (OWN, "the name without its table's"),
    (PART, "a part of the name"),
    (EXPANDED, "an abbreviation of it"),
    (DROPPED, "the name without a general word"),
    (MEANT, "a word for that kind of column"),
    (ONE, "a word that means it, or one word of its name"),
)
"""From which tier on a link has which reason."""
CUES = {
    "agg": "an aggregate", "count": "a count", "sup": "the most or least", "adj": "the most or least", "cmp": "a comparison", "cmpadj": "a comparison",
    "post": "a comparison", "like": "a search in text", "sort": "an order", "dir": "a direction", "mark": "a chart", "unit": "a unit of time",
    "each": "groups", "series": "colours", "bin": "intervals", "limit": "how many", "logic": "how conditions join", "distinct": "different ones",
    "stat": "a statistic", "axis": "an axis", "monthname": "a month",
}  # fmt: skip


RULES = {
    "relation": "a verb between the two", "comparison": "what is compared with", "equality": "what is equal", "limit": "how many",
    "test": "a test", "date": "a time", "negation": "what is left out", "count": "a count", "table": "the rows", "column": "a column",
    "look": "how it is drawn", "mark": "a chart", "order": "an order", "unit": "a unit", "formula": "a formula", "statistic": "a statistic",
    "superlative": "the most or least", "aggregate": "an aggregate", "each": "groups", "hint": "a hint", "role": "a role", "distinct": "different ones",
    "free": "nothing",
}  # fmt: skip
"""What a word was taken for, by the rule that took it."""


def links(reader: Reader) -> list[tuple[str, str, str, float]]:
    """Give, in the order of the question, each span of words with what it became, why, and its score; words that carry no meaning last."""
    found, plain = [], []
    for i, item in enumerate(reader.items):
        what = reader.consumed.get(i)
        if what is not None:
            tier = reader.tiers.get(i)
            found.append((item.text, what, _why(what, tier), 1.0 if tier is None else round(min(1.0, tier), 2)))
        elif item.cue is not None and i not in reader.left:
            found.append((item.text, CUES.get(item.cue[0], item.cue[0]), "a word of the language", 1.0))
        elif i in reader.taken and not item.free:
            found.append((item.text, RULES.get(reader.taken[i], reader.taken[i]), "a word of the language", 1.0))
        elif item.number is not None or item.date is not None or item.quote is not None:
            found.append((item.text, "a value of the question", "as it is written", 1.0))
        elif not item.free and not item.mark:
            found.append((item.text, "nothing", "left over", 0.0))
        elif not item.mark:
            plain.append(item.text)
    return [*found, *([(", ".join(plain), "nothing", "words that carry no meaning here", 1.0)] if plain else [])]


def _why(what: str, tier: float | None) -> str:
    if what.startswith("table "):
        return "names the table's rows"
    if what.startswith("value "):
        return "found among its values" if tier is None or tier >= EXACT else "found among its values in another form"
    if tier is None:
        return "follows from the words around it"
    return next((why for least, why in LEVELS if tier >= least), LEVELS[-1][1])
