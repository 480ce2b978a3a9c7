"""From a question about one table to the plan of its likeliest reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from nexus_jupyter.context.dataset import Dataset
from nexus_jupyter.errors import NexusError
from nexus_jupyter.language.draft import NotUnderstood
from nexus_jupyter.language.tokens import Token
from nexus_jupyter.language.vocabulary import vocabulary
from nexus_jupyter.plan.conversions import Duration
from nexus_jupyter.plan.plan import Assumption, Plan
from nexus_jupyter.plan.readings import Reading
from nexus_jupyter.plan.steps import Derive
from nexus_jupyter.sheets.asking import Question, Repeated, Unclear, begin
from nexus_jupyter.sheets.comparisons import difference, either, exceeding, same, together
from nexus_jupyter.sheets.facts import Sheet, sheet_of
from nexus_jupyter.sheets.lookups import count, end, extreme, lookup
from nexus_jupyter.sheets.neighbours import neighbour
from nexus_jupyter.sheets.phrases import Phrase, divide
from nexus_jupyter.sheets.words import LISTING

OWN = {neighbour, either, exceeding, difference, same}
"""Forms that nothing else reads: words of theirs would be passed over elsewhere."""
FORMS: tuple[Callable[[Question], Plan | None], ...] = (
    neighbour,
    either,
    exceeding,
    difference,
    same,
    extreme,
    end,
    together,
    count,
    lookup,
)
CLOSE = 0.1
MOST_COST = 2.0
MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A plan for a question about rows, what it cost to understand it so, and other plans that are as likely.

    Without a plan, `reason` says why nothing may be answered. `own` is True where no other reading of the question is as good.
    """

    plan: Plan | None
    cost: float
    rivals: tuple[Plan, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    own: bool = False
    reason: str = ""


def read(tokens: tuple[Token, ...], dataset: Dataset, slips: tuple[tuple[str, str], ...] = ()) -> Found | None:
    """Give the likeliest plan in which every word has its place, or None where there is none."""
    if not tokens or len(tokens) > MOST_WORDS:
        return None
    if vocabulary(dataset).roles:
        return None  # `winner_name` and `loser_name`: a row has no one name by which it is called
    sheet = sheet_of(dataset)
    while len(tokens) > 1 and tokens[-1].kind == "mark" and tokens[-1].text != "'s":
        tokens = tokens[:-1]
    listing, unclear, reason = bool(LISTING & {t.low for t in tokens}), MOST_COST, ""
    plans: dict[str, tuple[float, Plan, tuple[Phrase, ...], bool]] = {}
    for cost, phrases in divide(tokens, sheet):
        if _grouped(phrases, tokens):
            continue
        for form in FORMS:
            q = begin_or_none(sheet, phrases)
            if q is None:
                break
            q.listing = listing
            try:
                plan = form(q)
            except Unclear as stop:
                if cost < unclear:
                    unclear, reason = cost, str(stop) if isinstance(stop, Repeated) else ""
                break
            except (NotUnderstood, NexusError):
                break
            if plan is not None:
                if not q.rest:
                    known = plans.get(plan.hash)
                    total = cost + q.cost
                    if known is None or total < known[0]:
                        plans[plan.hash] = (total, plan, phrases, q.own or form in OWN or _messy(plan, sheet))
                break
    ordered = sorted(plans.values(), key=lambda p: p[0])
    if not ordered or ordered[0][0] > unclear:
        return Found(None, unclear, own=True, reason=reason) if reason else None
    best = ordered[0]
    rivals = tuple(p for c, p, *_ in ordered[1:4] if c - best[0] < CLOSE)
    notes = tuple(Assumption(about="word", text=f"“{written}” is read as “{right}”.") for written, right in slips)
    plan = replace(best[1], assumptions=(*best[1].assumptions, *notes))
    return Found(plan, best[0], rivals, _links(best[2], dataset.name), own=best[3])


def _grouped(phrases: tuple[Phrase, ...], tokens: tuple[Token, ...]) -> bool:
    """Say whether groups are asked for, "by region": a sheet's reader makes none, and "by player X" means one row."""
    return any(
        p.kind == "column"
        and p.start
        and tokens[p.start - 1].low in {"by", "per"}
        and not (i + 1 < len(phrases) and phrases[i + 1].kind == "cell")
        for i, p in enumerate(phrases)
    )


def _messy(plan: Plan, sheet: Sheet) -> bool:
    """Say whether the answer rests on cells that had to be read, or on leaving out totals."""
    return sheet.totals is not None or any(isinstance(s, Derive) and isinstance(s.value, (Reading, Duration)) for s in plan.steps)


def _links(phrases: tuple[Phrase, ...], table: str) -> tuple[tuple[str, str], ...]:
    """Say which words name which columns and cells."""
    found = [(p.text, f"column {table}.{p.data}") for p in phrases if p.kind == "column"]
    return (*found, *((p.text, f"value of {table}.{p.data[0].column}") for p in phrases if p.kind == "cell"))


def begin_or_none(sheet: Sheet, phrases: tuple[Phrase, ...]) -> Question | None:
    """Begin to read, or give None where the phrases ask nothing."""
    try:
        return begin(sheet, phrases)
    except NotUnderstood:
        return None
