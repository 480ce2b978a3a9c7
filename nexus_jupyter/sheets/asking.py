"""What a question about a sheet asks for, and which conditions its other phrases set."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from nexus_jupyter.context.schema import Kind
from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.language.tokens import name_words
from nexus_jupyter.sheets.facts import Sheet
from nexus_jupyter.sheets.nouns import PEOPLE
from nexus_jupyter.sheets.phrases import Phrase
from nexus_jupyter.sheets.words import AGENTS, MOMENTS, OUTCOMES, PLACES, WINNERS


class Unclear(NotUnderstood):
    """The words mean several things equally well: a costlier reading of them is no better."""


class Repeated(Unclear):
    """A column is meant that stands several times beside each other."""


YEARS = range(1000, 2101)


@dataclass(slots=True)
class Ask:
    """What is wanted: `kind` is "count" (rows), "cell" (a column), "rows" (their label), "who", "when", "where", "howlong" or "how"."""

    kind: str
    column: str | None = None
    n: int | None = None
    different: bool = False
    noun: bool = False
    moment: str = ""
    said: bool = False


@dataclass(slots=True)
class Question:
    """The phrases of a question while they are used up, and what has been assumed on the way."""

    sheet: Sheet
    ask: Ask
    rest: list[Phrase]
    cost: float = 0.0
    listing: bool = False
    own: bool = False
    used: set[str] = field(default_factory=set)

    def has(self, kind: str, *data: str) -> int | None:
        """Give the place of the first phrase of a kind, or None."""
        return next((i for i, p in enumerate(self.rest) if p.kind == kind and (not data or str(p.data).split("|")[0] in data)), None)

    def take(self, i: int) -> Phrase:
        """Use up a phrase."""
        return self.rest.pop(i)

    def is_(self, i: int, kind: str, *data: str) -> bool:
        """Say whether the phrase at a place is of a kind."""
        return 0 <= i < len(self.rest) and self.rest[i].kind == kind and (not data or str(self.rest[i].data).split("|")[0] in data)


def begin(sheet: Sheet, phrases: tuple[Phrase, ...]) -> Question:
    """Find what is asked; the phrases that say so are used up."""
    rest = [p for i, p in enumerate(phrases) if not (p.kind == "noun" and i and phrases[i - 1].kind in {"sup", "end", "day", "ordinal"})]
    k = next((i for i, p in enumerate(rest) if p.kind in {"wh", "count"}), None)
    if k is None:
        if rest and rest[0].kind == "column" and len(rest) > 1 and rest[1].kind != "cmp":
            return Question(sheet, Ask("cell", rest[0].data, said=True), rest[1:])
        for i, p in enumerate(rest[:2]):
            if p.kind in {"end", "other"} and i + 1 < len(rest) and rest[i + 1].kind == "column":
                return Question(sheet, Ask("cell", rest[i + 1].data, said=True), rest[: i + 1] + rest[i + 2 :])
        return Question(sheet, Ask("rows"), rest)
    if rest[k].kind == "wh" and k + 1 < len(rest) and rest[k + 1].kind == "count":
        rest.pop(k)
    cue = rest.pop(k)
    if cue.kind == "count":
        return _counted(sheet, cue, rest, k)
    if cue.data == "when":
        return _when(sheet, rest, next((w for w in ("year", "date") if w in cue.text.casefold().split()), ""))
    if cue.data == "who" and k + 1 < len(rest) and rest[k].data == "only" and rest[k + 1].kind == "column":
        rest.pop(k)
    if cue.data == "who" and k < len(rest) and rest[k].kind == "column" and sheet.column(rest[k].data).kind is Kind.STRING:
        column = rest.pop(k).data  # "who was the king of X", "who illustrated X"
        return Question(sheet, Ask("cell", column, said=True), rest, own=True)
    if (
        cue.data == "who"
        and k + 1 < len(rest)
        and rest[k].data in OUTCOMES
        and rest[k + 1].kind == "column"
        and OUTCOMES[rest[k].data] == "wv"
    ):
        column = str(rest[k + 1].data)
        if WINNERS & set(name_words(column)):  # "who won the men's race": the men's winner
            del rest[k : k + 2]
            return Question(sheet, Ask("cell", column, said=True), rest, own=True)
    if cue.data != "which":
        return Question(sheet, Ask(str(cue.data)), rest)
    ask = Ask("rows")
    j = k
    if j + 1 < len(rest) and rest[j].kind == "cell" and rest[-1].kind == "column" and rest[-2].kind in {"cell", "verb"}:
        return Question(sheet, Ask("cell", rest.pop().data, said=True), rest)  # "what was X's position"
    if j < len(rest) and rest[j].kind == "number" and isinstance(rest[j].data, int):
        ask.n = rest.pop(j).data
    while j < len(rest) and (rest[j].kind in {"end", "step"} or (rest[j].kind == "other" and rest[j].data == "only")):
        j += 1
    if (
        j < len(rest)
        and rest[j].kind == "sup"
        and j + 1 < len(rest)
        and rest[j + 1].kind in {"column", "noun"}
        and ("|" in str(rest[j].data) or str(rest[j].data) in {"best", "worst"})
    ):
        j += 1
    if j < len(rest) and rest[j].kind == "column":
        ask = replace(ask, kind="cell", column=rest.pop(j).data, said=True)
    elif j < len(rest) and rest[j].kind == "noun":
        rest.pop(j)
        ask.said = True
    return Question(sheet, ask, rest)


def _compared(sheet: Sheet, column: Phrase, then: Phrase) -> bool:
    """Say whether a column after "how many" is not what is counted but what is compared: "how many were last elected in 2005"."""
    return then.kind == "cmp" or (then.kind == "number" and sheet.dated(column.data))


def _when(sheet: Sheet, rest: list[Phrase], moment: str) -> Question:
    """Ask for the date that a word at the end names: "when was X founded", "what year was the first title released"."""
    if len(rest) > 1 and rest[-1].kind == "column" and sheet.dated(rest[-1].data):
        column = rest.pop().data
        rest = [
            p for i, p in enumerate(rest) if not (p.kind == "column" and not sheet.measured(p.data) and i and rest[i - 1].kind == "end")
        ]
        return Question(sheet, Ask("cell", column, said=True), rest, own=True)
    return Question(sheet, Ask("when", moment=moment), rest)


def _counted(sheet: Sheet, cue: Phrase, rest: list[Phrase], k: int) -> Question:
    ask = Ask("count", different="different" in cue.text)
    if cue.data == "times":
        return Question(sheet, ask, rest)
    while k < len(rest) and rest[k].kind == "other" and rest[k].data == "different":
        ask.different = True
        rest.pop(k)
    if k < len(rest) and rest[k].kind == "noun":
        ask.noun, ask.said = True, rest.pop(k).data in PEOPLE
        if k < len(rest) and rest[k].kind == "noun":
            raise NotUnderstood("two words for the rows")
    elif k < len(rest) and rest[k].kind == "column" and not (k + 1 < len(rest) and _compared(sheet, rest[k], rest[k + 1])):
        ask.column = rest.pop(k).data
    return Question(sheet, ask, rest)


# --- what is shown -----------------------------------------------------------------------------------------------------
def shown(q: Question) -> str:
    """Name the column that answers: the one that is asked for, or the one that fits the question word."""
    sheet, ask = q.sheet, q.ask
    if ask.column is not None:
        if sheet.repeated(ask.column):
            raise Repeated(f"there are several columns {ask.column}")
        return ask.column
    match ask.kind:
        case "who":
            found = sheet.person(q.used)
            if not sheet.peopled() and (found is None or found == sheet.label()):
                if any(PEOPLE & set(name_words(n)) for n in q.used):
                    raise NotUnderstood("who is meant beside those who are named")
                found = next((n for w in AGENTS.split() for n in sheet.columns if w in name_words(n) and n not in q.used), found)
        case "when":
            open_ = [n for n in sheet.dates() if n not in q.used]
            named = [n for n in open_ if ask.moment and name_words(n) == (ask.moment,)]
            named = named or [n for n in open_ if set(name_words(n)) & {"date", "year", "season"}]
            if len(open_) > 1 and len(named) != 1:
                raise NotUnderstood("it is not clear which date answers")
            found = next(iter(named or open_), None) or sheet.called(MOMENTS)
        case "where":
            found = next((n for w in PLACES.split() for n in sheet.columns if w in name_words(n) and n not in q.used), None)
        case "howlong":
            found = sheet.called("length duration time term") or next((n for n in sheet.columns if sheet.view(n, "duration")), None)
        case "rows" | "count":
            found = sheet.label()
            often = found is not None and sheet.profile(found).distinct * 2 < (sheet.dataset.rows or 0)
            if q.ask.said and found is not None and sheet.measured(found):
                found = None  # "which region": a number is none
            if often or (found in q.used and not ask.said):  # a value that comes again and again calls no row
                found = None
        case _:
            found = None
    if found is None:
        raise NotUnderstood("it is not clear which column answers")
    return found


def measure(q: Question) -> str | None:
    """Name the column that a question for a number means: "how many points did X score"."""
    column = q.ask.column
    return column if column is not None and q.sheet.measured(column) else None
