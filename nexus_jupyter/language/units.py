"""Units that a question says: "in minutes", "more than 60 minutes", "5 kg"."""

from __future__ import annotations

from dataclasses import replace

from nexus_jupyter.language.draft import Impossible, Pred
from nexus_jupyter.language.linking import Item
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.tokens import lemma
from nexus_jupyter.language.vocabulary import Ref

SIZES: dict[str, dict[str, float]] = {
    "time": {"millisecond ms": 0.001, "second sec": 1, "minute min": 60, "hour": 3600},
    "length": {
        "millimetre millimeter mm": 0.001, "centimetre centimeter cm": 0.01, "metre meter m": 1, "kilometre kilometer km": 1000,
        "inch": 0.0254, "foot feet": 0.3048, "mile": 1609.344,
    },
    "mass": {
        "milligram mg": 1e-6, "gram gramme g": 0.001, "kilogram kg kilo": 1, "tonne ton": 1000,
        "pound lb": 0.45359237, "ounce oz": 0.028349523125,
    },
}  # fmt: skip
"""Units as they are said, with what they measure and their size in SI units (BIPM, The International System of Units, 9th edition)."""

SCALES = {name: (kind, size) for kind, sizes in SIZES.items() for names, size in sizes.items() for name in names.split()}

USUAL = frozenset(
    {
        "second",
        "minute",
        "mile",
        "kilometre",
        "kilometer",
        "km",
        "metre",
        "meter",
        "gram",
        "mm",
        "millimetre",
        "millimeter",
        "kilogram",
        "kg",
        "pound",
    }
)
"""Units in which numbers are mostly kept: a column that does not say its own is taken to hold these, and the answer says so."""


def amounts(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Keep "2 hours" from being the column `hour`: a unit in the plural behind a number is that number's."""
    return tuple(
        replace(it, columns=(), cue=None)
        if k and items[k - 1].number is not None and len(it.lows) == 1 and it.low not in SCALES and lemma(it.low) in SCALES
        else it
        for k, it in enumerate(items)
    )


def unit(r: Reader, i: int) -> int | None:
    """Take a unit behind a number that was compared, or "in UNIT" behind a column of numbers."""
    it = r.items[i]
    if it.low == "in" and (spoken := _unit_at(r, i + 1)) and r.last is not None and r.number(r.last) and not _grouping(r, i + 1):
        if _agree(r, r.last, spoken) != 1:
            raise Impossible(f"{r.last.column} is in {r.info(r.last).unit}; the answer is not converted into {r.items[i + 1].text}")
        return i + 2
    if i and r.items[i - 1].number is not None and (spoken := _unit_at(r, i)) and (pred := _compared(r, i - 1)) is not None and pred.ref:
        factor = _agree(r, pred.ref, spoken)
        pred.value = _scaled(pred.value, factor)
        pred.high = _scaled(pred.high, factor)
        return i + 1
    return None


def _unit_at(r: Reader, i: int) -> str:
    """Give the unit that the item says, or ""."""
    it = r.at(i)
    if it is None or len(it.lows) != 1 or it.quote is not None:
        return ""
    return next((w for w in (it.low, lemma(it.low)) if w in SCALES), "")


def _grouping(r: Reader, i: int) -> bool:
    """Say whether "in minute" is rather the column of that name: it is said in the singular."""
    it = r.items[i]
    return r.has_column(i) and it.low == lemma(it.low)


def _compared(r: Reader, i: int) -> Pred | None:
    """Give the last condition if it is a comparison with the number at this place."""
    preds = r.draft.preds
    last = preds[-1] if preds else None
    number = r.items[i].number
    return last if last is not None and last.kind in {"cmp", "between"} and number in {last.value, last.high} else None


def _agree(r: Reader, ref: Ref, spoken: str) -> float:
    """Give by what a number in the spoken unit is multiplied to be one of the column's.

    Raises
    ------
    Impossible
        When the column has a unit of another kind, or none and the spoken one would be a guess.
    """
    own = (r.info(ref).unit or "").casefold()
    kind, size = SCALES[spoken]
    if own in SCALES:
        other, step = SCALES[own]
        if other != kind:
            raise Impossible(f"{ref.column} is in {own}, which is not measured in {spoken}")
        return size / step
    if lemma(spoken) not in USUAL:
        raise Impossible(f"{ref.column} does not say in which unit it is; give the number as the column has it, without “{spoken}”")
    r.draft.notes.append(
        (
            "unit",
            f"{ref.column} is taken to be in {spoken}s, as it stands." if len(spoken) > 2 else f"{ref.column} is taken to be in {spoken}.",
        )
    )
    return 1.0


def _scaled(value: object, factor: float) -> object:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or factor == 1:
        return value
    scaled = value * factor
    return round(scaled) if abs(scaled - round(scaled)) < 1e-9 * max(1.0, abs(scaled)) else scaled
