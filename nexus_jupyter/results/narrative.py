"""Prose about results. A sentence is made of words and of numbers that are bound to computed cells; nothing else makes digits."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nexus_jupyter.results.result import Part, plain
from nexus_jupyter.results.tables import column_values, names

if TYPE_CHECKING:
    from nexus_jupyter.results.inference import Inference

_KEY = re.compile(r"(?:^|_|\b|(?<=[a-z]))(?:[Ii][Dd]|[Nn]o|[Nn]r|[Cc]ode|[Yy]ear|[Kk]ey|[Nn]umber|[Zz]ip)$")
SHOWN = 6
TOLD = 120
"""Longer conditions are in the code, not in the sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a part is about: the words that its sentence is built from.

    `keys` and `measures` are column names of the part's table; `said` gives a measure's words ("average dep_delay") and `units` its
    unit; `order` is the measure that the rows are sorted by; `where` lists conditions in words; `inference` says what a test or model is
    about, and `strength` that a correlation is weighed in words.
    """

    label: str = ""
    keys: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    said: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    order: str | None = None
    descending: bool = False
    chart: str | None = None
    where: tuple[str, ...] = ()
    inference: Inference | None = None
    strength: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A number or value in prose, and where it was computed: part, column, row."""

    value: Any
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Sentences as pieces: plain words and bound values."""

    pieces: tuple[str | Bound, ...] = ()

    @property
    def text(self) -> str:
        """The sentences as Markdown."""
        return "".join(p if isinstance(p, str) else p.text for p in self.pieces).strip()

    @property
    def bindings(self) -> tuple[Bound, ...]:
        """The values that occur, in order."""
        return tuple(p for p in self.pieces if isinstance(p, Bound))


def number(value: Any, unit: str | None = None) -> str:
    """Write a value for a reader: thousands separated, about four significant digits for fractions."""
    match value:
        case None:
            return "missing"
        case bool():
            return "yes" if value else "no"
        case int():
            text = f"{value:,}"
        case float():
            if not math.isfinite(value):
                return "infinite" if value > 0 else "minus infinite"
            if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - beyond it floats lose integers
                text = f"{int(value):,}"
            else:
                size = abs(value)
                text = f"{value:,.2f}" if size >= 1 else f"{value:.4g}"
        case dt.datetime():
            return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ", timespec="minutes")
        case dt.date():
            return value.isoformat()
        case _:
            return escape(str(value))
    return with_unit(text, unit)


def with_unit(text: str, unit: str | None) -> str:
    """Put a unit beside a number: currency signs before it, others behind."""
    if not unit:
        return text
    signs = {"USD": "$", "EUR": "€", "GBP": "£", "$": "$", "€": "€", "£": "£"}
    if unit in signs:
        sign = "\\$" if signs[unit] == "$" else signs[unit]
        return f"−{sign}{text[1:]}" if text.startswith("-") else f"{sign}{text}"
    return f"{text} %" if unit in {"%", "percent", "pct"} else f"{text} {escape(unit)}"


def escape(text: str) -> str:
    """Keep data from becoming Markdown or HTML; an underscore inside a word is plain in both."""
    short = text if len(text) <= 80 else text[:79] + "…"  # noqa: PLR2004 - a line of prose
    out = re.sub(r"[\\`*{}\[\]()#|<>!~$]|(?<![^\W_])_|_(?![^\W_])", r"\\\g<0>", short)
    return out.replace("&", "&amp;").replace("\n", " ").replace("\r", " ")


def say(part: Part, subject: Subject) -> Prose:
    """Write the sentence of a part."""
    if subject.strength and isinstance(part.value, float):
        return Prose(pieces=(*_value(part, subject).pieces[:-1], f", {strength(part.value)}."))
    if subject.inference is not None:
        from nexus_jupyter.results.inference import tell

        told = tell(part, subject.inference)
        if told is not None:
            return told
    if part.form == "value":
        return _value(part, subject)
    if part.form == "list":
        return _list(part, subject)
    if part.table is not None:
        return _table(part, subject)
    return Prose(pieces=(_upper(_label(subject)), "." if subject.label else ""))


def _label(subject: Subject) -> str:
    said = " and ".join(escape(w) for w in subject.where)
    where = f", where {said}" if said and len(said) <= TOLD and " where " not in subject.label else ""
    return escape(subject.label) + where


SPREAD = frozenset("deviation variance skewness kurtosis correlation error covariance".split())
"""Words of what needs several rows that differ."""


def _upper(text: str) -> str:
    word = text.partition(" ")[0].rstrip(",:")
    return text if "_" in word or word[1:] != word[1:].lower() else text[:1].upper() + text[1:]  # a column is called as it is


def _bound(part: Part, value: Any, where: str, unit: str | None = None, *, strong: bool = True) -> Bound:
    text = number(plain(value), unit)
    return Bound(value=plain(value), text=f"**{text}**" if strong else text, source=f"{part.name}{where}")


def _value(part: Part, subject: Subject) -> Prose:
    unit = subject.units.get(subject.measures[0]) if subject.measures else None
    if part.value is None:
        label = _label(subject) or "this"
        why = "too few rows have one, or all are alike" if SPREAD & set(label.casefold().split()) else "no row has one"
        return Prose(pieces=(f"There is no value for {label}: {why}.",))
    label = _label(subject) or "result"
    the = "" if label.lower().startswith(("the ", "there ", "is ")) else "The "
    comma = "," if ", where " in label else ""
    return Prose(pieces=(f"{the}{label}{comma} is ", _bound(part, part.value, "", unit), "."))


def strength(r: float) -> str:
    """Weigh a correlation in words, as Cohen did: from 0.1 on weak, from 0.3 on moderate, from 0.5 on strong."""
    word = next(w for limit, w in ((0.5, "a strong"), (0.3, "a moderate"), (0.1, "a weak"), (0.0, "a negligible")) if abs(r) >= limit)
    return f"{word} {'positive' if r > 0 else 'negative'} one" if r else "none at all"


def _list(part: Part, subject: Subject) -> Prose:
    values: Sequence[Any] = part.value or []
    label = _upper(_label(subject) or part.name.replace("_", " "))
    if not values:
        return Prose(pieces=(f"{label}: there is none.",))
    if len(values) == 1:
        return Prose(pieces=(f"{label}: ", _bound(part, values[0], "[0]"), "."))
    pieces: list[str | Bound] = [f"{label}: ", Bound(value=len(values), text=f"{len(values):,}", source=f"len({part.name})"), " in all – "]
    for i, v in enumerate(values[:SHOWN]):
        pieces += [", " if i else "", _bound(part, v, f"[{i}]")]
    pieces.append(", …" if len(values) > SHOWN else ".")
    return Prose(pieces=tuple(pieces))


def _tells(label: str, said: str) -> bool:
    """Say whether a label names a measure; a number of rows may be called by what the rows are."""
    return not label or said in label or (said.startswith("number of") and "number of" in label)


def _table(part: Part, subject: Subject) -> Prose:
    have = names(part.table)
    n = int(part.table.shape[0])
    label = _upper(_label(subject) or part.name.replace("_", " "))
    if n == 0:
        return Prose(pieces=(f"{label}: no row fits.",))
    count = Bound(value=n, text=f"{n:,}", source=f"len({part.name})")
    keys = [k for k in subject.keys if k in have]
    measures = [m for m in subject.measures if m in have]
    if n == 1 and not (keys and measures) and len(have) <= SHOWN + 2:
        cells = [(name, plain(column_values(part.table, name)[0])) for name in have]
        told: list[str | Bound] = [f"{label}: "]
        for i, (name, cell) in enumerate(cells):
            shown = str(cell) if isinstance(cell, int) and _KEY.search(name) else number(cell)  # keys and years have no thousands
            told += [f"{', ' if i else ''}{escape(name)} ", Bound(value=cell, text=f"**{shown}**", source=f"{part.name}.{name}[0]")]
        return Prose(pieces=(*told, "."))
    if not keys or not measures:
        return Prose(pieces=(f"{label}: ", count, " row." if n == 1 else " rows."))
    measure = subject.order if subject.order in measures else measures[0]
    values = [plain(v) for v in column_values(part.table, str(measure))]
    known = [i for i, v in enumerate(values) if v is not None]
    if not known or isinstance(values[known[0]], str):
        return Prose(pieces=(f"{label}: ", count, " row." if n == 1 else " rows."))
    unit = subject.units.get(str(measure))
    said = subject.said.get(str(measure), str(measure))
    if len(measures) > 1 or not _tells(subject.label, said):  # the label tells of other columns, too: say whose numbers follow
        label += f" – {escape(said)}"
    high, low = max(known, key=lambda i: values[i]), min(known, key=lambda i: values[i])
    if subject.order == measure and not subject.descending:
        high, low = low, high

    def place(i: int) -> list[str | Bound]:
        cells = [plain(column_values(part.table, k)[i]) for k in keys]
        out: list[str | Bound] = []
        for j, c in enumerate(cells):
            shown = str(c) if isinstance(c, int) and not isinstance(c, bool) else number(c)
            if keys[j].endswith("month") and isinstance(c, dt.date) and c.day == 1:
                shown = f"{c:%Y-%m}"
            out += [" / " if j else "", Bound(value=c, text=f"**{shown}**", source=f"{part.name}.{keys[j]}[{i}]")]
        return out

    first = "lowest" if subject.order == measure and not subject.descending else "highest"
    second = "highest" if first == "lowest" else "lowest"
    pieces: list[str | Bound] = [f"{label}: "]
    if n == 1 and subject.order == measure:
        where = _label(subject).partition(", where ")[1:]
        first = f"{_upper(' and '.join(escape(k) for k in keys))} with the {'highest' if subject.descending else 'lowest'} {escape(said)}"
        pieces = [f"{first}{''.join(where)}: ", *place(0), " (", _bound(part, values[0], f".{measure}[0]", unit), ")."]
        return Prose(pieces=tuple(pieces))
    if n == 1 or values[high] == values[low]:
        pieces += [
            *place(known[0]),
            " with ",
            _bound(part, values[known[0]], f".{measure}[{known[0]}]", unit),
            "" if n == 1 else " (all the same)",
            ".",
        ]
        return Prose(pieces=tuple(pieces))
    pieces += [
        f"{first} for ",
        *place(high),
        " (",
        _bound(part, values[high], f".{measure}[{high}]", unit, strong=False),
        f"), {second} for ",
    ]
    pieces += [*place(low), " (", _bound(part, values[low], f".{measure}[{low}]", unit, strong=False), "), of ", count, " groups."]
    return Prose(pieces=tuple(pieces))


def account(kept: int, total: int, *, missing: int = 0, of: str = "", dataset: str = "rows") -> Prose:
    """Say which rows an answer rests on: "1,204 of 1,310 rows; 106 without a price"."""
    name = escape(dataset)
    read = Bound(value=total, text=f"{total:,}", source="rows read")
    gaps = Bound(value=missing, text=f"{missing:,}", source="rows without a value")
    if kept == total and missing:
        return Prose(pieces=(gaps, " of ", read, f" {name} {'has' if missing == 1 else 'have'} no {escape(of)}."))
    pieces: list[str | Bound] = [Bound(value=kept, text=f"{kept:,}", source="rows kept"), " of ", read, f" {name}"]
    if missing:
        pieces += ["; ", gaps, f" without {escape(of)}"]
    return Prose(pieces=(*pieces, "."))


def repeated(pairs: int, total: int, *, dataset: str) -> Prose:
    """Say that a join repeats rows whose numbers are added up: a row counts as often as it has partners."""
    read = Bound(value=total, text=f"{total:,}", source="rows read")
    made = Bound(value=pairs, text=f"{pairs:,}", source="rows joined")
    return Prose(
        pieces=(
            "The join repeats rows of ",
            escape(dataset),
            ": ",
            read,
            " became ",
            made,
            ", and each counts as often as it has partners.",
        )
    )
