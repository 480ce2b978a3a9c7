"""What is known of a sheet: how its columns may be read, what its rows are called, which rows are totals, which cells hold which words."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from nexus_jupyter.context.dataset import Dataset, Profile
from nexus_jupyter.context.naming import is_identifier
from nexus_jupyter.context.schema import Column, Kind, Role
from nexus_jupyter.context.views import View, day_of, is_missing, is_total, view
from nexus_jupyter.language.tokens import lemma, name_words, stem
from nexus_jupyter.language.vocabulary import Vocabulary, vocabulary
from nexus_jupyter.sheets.nations import NAMES
from nexus_jupyter.sheets.nouns import PEOPLE
from nexus_jupyter.sheets.words import DIMENSIONS

_PIECES = re.compile(r"[^\W_]+(?:'(?=[^\W\d_]{2}))?")
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|[*†‡#])\s*")
_YEARLY = frozenset(
    stem(w)
    for w in (
        "year season date release released created completed introduced launched opened closed built founded established elected expires "
        "term issued published debut founding inaugurated retired erected"
    ).split()
)
_RANKED = frozenset("rank ranking place position po pos finish fin standing".split())
_ENDED = re.compile(r"(?i)\s*(w(?:in|on|inner)?|l(?:oss|ost|oser)?|d(?:raw|rew|rawn)?|t(?:ie|ied)?|victory|defeat)(?![^\W\d_])")
_SHORT = 40
_LONG = 400
MOST_READ = 100_000
"""So many characters of a sheet are indexed, short columns first: a column is searched whole or not at all."""
_LIST = re.compile(r"\s*[,\n;/]\s*|\s+(?:and|&)\s+")
_ITEMS = 20
_MANY = 2000
_KEPT = 32


def words(text: str) -> tuple[str, ...]:
    """Give the words of a text, folded: lower case, no accents, dashes and other marks between them dropped."""
    plain = html.unescape(text).casefold().replace("\u2019", "'").replace("'s ", " ")
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return tuple(w.strip("'") for w in _PIECES.findall(plain))


@dataclass(frozen=True, slots=True)
class Hit:
    """Cells of one column that a phrase of the question means; `whole` where the phrase is all of the cell, or all that counts of it."""

    column: str
    values: tuple[Any, ...]
    whole: bool
    share: float


@dataclass(slots=True)
class _Index:
    """The cells of one text column by their words."""

    cells: list[tuple[str, tuple[str, ...], frozenset[tuple[str, ...]]]]
    holding: dict[str, list[int]] = field(default_factory=dict)


class Sheet:
    """One dataset as a person sees it on a page."""

    def __init__(self, dataset: Dataset) -> None:
        """Look at the columns; cells are indexed at the first question about them."""
        self.dataset = dataset
        self.columns = {c.name: c for c in dataset.schema if not c.name.startswith("Unnamed:")}
        self.vocabulary: Vocabulary = vocabulary(dataset)
        self._indexes: dict[str, _Index] = {}
        self._texts: dict[str, tuple[str, ...]] = {}
        self._calendars: dict[str, bool] = {}
        self._outcome: str | None = None
        self.searched = self._searched()
        self.totals = self._totals()
        self.messy = self.totals is not None or any(self.view(n) is not None for n in self.columns)

    # --- columns
    def profile(self, name: str) -> Profile:
        """Give the profile of a column."""
        return self.dataset.profiles.get(name) or Profile()

    def column(self, name: str) -> Column:
        """Give the column."""
        return self.columns[name]

    def texts(self, name: str) -> tuple[str, ...]:
        """Give the cells of a column that are text and say something."""
        if name not in self._texts:
            self._texts[name] = tuple(v for v in self.profile(name).values if isinstance(v, str) and not is_missing(v))
        return self._texts[name]

    def view(self, name: str, *what: str) -> View | None:
        """Give a way to read the text of a column."""
        if self.columns[name].kind is not Kind.STRING:
            return None
        return view(name, self.profile(name).values, *what)

    def numeric(self, name: str) -> bool:
        """Say whether the column's cells can be compared as numbers."""
        return self.columns[name].kind.numeric or self.view(name, "number", "rank", "duration") is not None

    def ranked(self, name: str) -> bool:
        """Say whether the smallest number of the column is the best."""
        if self.columns[name].kind is Kind.STRING:
            return self.view(name, "rank") is not None
        return (
            self.columns[name].kind.numeric and name_words(name)[-1:] != () and name_words(name)[-1] in _RANKED
        )  # rank points are no rank

    def dated(self, name: str) -> bool:
        """Say whether the column holds dates or years."""
        c = self.columns[name]
        if c.kind.temporal or c.role is Role.DATE or self.view(name, "date", "year") is not None:
            return True
        if not c.kind.numeric:
            return self.calendar(name)
        low, high = self.profile(name).minimum, self.profile(name).maximum
        return low is not None and low >= 1500 and high <= 2100 and bool(_YEARLY & {stem(w) for w in name_words(name)})

    def calendar(self, name: str) -> bool:
        """Say whether the cells are days of a year that they leave out: "April 23"."""
        if name not in self._calendars:
            values = self.texts(name)
            self._calendars[name] = len(values) > 1 and all(len(v) < _SHORT and day_of(v) is not None for v in values)
        return self._calendars[name]

    def outcome(self) -> str | None:
        """Name the column that says how a game ended, by its first letter: "W 34-12", "Lost"."""
        if self._outcome is None:
            found = [n for n, c in self.columns.items() if c.kind is Kind.STRING and self._ended(n)]
            self._outcome = found[0] if len(found) == 1 else ""
        return self._outcome or None

    def _ended(self, name: str) -> bool:
        values = self.texts(name)
        return (
            len(values) > 1
            and len({v.strip()[0].casefold() for v in values if _ENDED.match(v)}) > 1
            and all(_ENDED.match(v) for v in values)
        )

    def ended(self, how: str) -> str | None:
        """Give the letters with which the cells of games that ended so begin, as they are written."""
        column = self.outcome()
        if column is None:
            return None
        cells = {v.strip() for v in self.texts(column)}
        heads = {m[0] for v in cells if (m := _ENDED.match(v)) and m[0][0].casefold() in how}
        shortest = min(heads, key=len, default=None)
        good = shortest is not None and all(h.startswith(shortest) for h in heads)
        return shortest if good else None

    def yearly(self, name: str) -> bool:
        """Say whether the column is a number that is a year."""
        return self.dated(name) and self.columns[name].kind.numeric

    def measured(self, name: str) -> bool:
        """Say whether the column counts or measures something: a number that is no year, rank, code or key."""
        c = self.columns[name]
        keyed = c.role is Role.IDENTIFIER and (c.kind.numeric or is_identifier(name))
        if keyed or self.dated(name) or self.ranked(name) or (self.running(name) and "of" not in words(name)):
            return False
        return self.numeric(name) and words(name) not in {("no",), ("number",), ("id",), ("code",), ()}

    def running(self, name: str) -> bool:
        """Say whether the column only numbers something: every whole number from the smallest to the largest occurs."""
        p = self.profile(name)
        if self.columns[name].kind is not Kind.INTEGER or p.minimum not in {0, 1} or p.distinct < 6:
            return False
        return bool(p.maximum - p.minimum + 1 == p.distinct)

    def repeated(self, name: str) -> bool:
        """Say whether columns of this name stand several times beside each other, as blocks of one table do."""
        base = re.sub(r"_\d$", "", name)
        return f"{base}_2" in self.columns

    def measuring(self, cue: str, number: str) -> str | None:
        """Name the column that a comparison speaks of by its adjective and the number's unit: "higher than 3,000 ft"."""
        unit = number.rsplit(maxsplit=1)[-1].casefold() if " " in number else ""
        if not unit or unit[0].isdigit():
            return None
        hints = next((h for w, h in DIMENSIONS.items() if w in cue.casefold().split()), "")
        return self.called(hints)

    def begun(self, name: str) -> bool:
        """Say whether a column of ranks has its first places: where medals stand for them, the cells are empty."""
        p = self.profile(name)
        view = self.view(name, "rank")
        read = [view.read(v) for v in p.values if isinstance(v, str)] if view else [p.minimum]
        return p.nulls == 0 or any(r == 1 for r in read)

    def dates(self) -> list[str]:
        """Name the columns of dates and years, real dates first."""
        found = [n for n in self.columns if self.dated(n)]
        return sorted(found, key=lambda n: not (self.columns[n].kind.temporal or self.view(n, "date") is not None))

    def called(self, hints: str, said: frozenset[str] = frozenset()) -> str | None:
        """Find the column that one of these words names, earlier words first; of several, the one of which more is said."""
        for hint in hints.split():
            found = [n for n in self.columns if hint in name_words(n) or lemma(hint) in name_words(n)]
            exact = [n for n in found if name_words(n) == (lemma(hint),)]
            found = exact or [n for n in found if said & {stem(w) for w in name_words(n)} - {stem(hint)}] or found
            if len(found) == 1:
                return found[0]
        return None

    def label(self) -> str | None:
        """Name the column by which a row is called: the first text column that hardly repeats, else the first that says a name."""
        text = [
            n
            for n, c in self.columns.items()
            if c.kind is Kind.STRING and self.view(n) is None and not self._mark(n) and not self.calendar(n)
        ]
        if not text:
            text = [n for n, c in self.columns.items() if c.kind is Kind.STRING and not self.ranked(n)]
        if not text:
            return next((n for n in self.dates() if self.profile(n).unique), None)
        rows = self.dataset.rows or 1
        named = [n for n in text if set(name_words(n)) & (PEOPLE | {"name", "title"}) and self.profile(n).distinct >= 0.6 * rows]
        good = [n for n in text if self.profile(n).distinct >= 0.8 * rows]
        first = next(iter(good), None)
        if first is not None and (not named or list(self.columns).index(first) < list(self.columns).index(named[0])):
            return first
        return next(iter([*named, *good, *text]))

    def person(self, without: set[str]) -> str | None:
        """Name the column whose cells are people."""
        found = [
            n
            for n in self.columns
            if set(name_words(n)) & PEOPLE and self.columns[n].kind is Kind.STRING and self.view(n) is None and n not in without
        ]
        label = self.label()
        if label in found:
            return label
        return found[0] if found else (label if label not in without else None)

    def lined(self, name: str) -> bool:
        """Say whether cells hold a name and more below it: several lines, of which the first tells the rows apart."""
        values = [v for v in self.profile(name).values if isinstance(v, str)]
        firsts = [v.strip().split("\n")[0] for v in values]
        return any("\n" in v.strip() for v in values) and len(set(firsts)) == len(values)

    def peopled(self) -> bool:
        """Say whether the rows are people."""
        return bool(PEOPLE & set(name_words(self.label() or "")))

    def _mark(self, name: str) -> bool:
        """Say whether the cells are only marks or codes: single letters, or nearly nothing."""
        values = [v for v in self.profile(name).values if isinstance(v, str)]
        return not values or sum(len(v.strip()) <= 2 for v in values) > len(values) / 2

    def _totals(self) -> tuple[str, tuple[str, ...]] | None:
        """Find the column and the cells by which rows are totals of the others."""
        text = [n for n, c in self.columns.items() if c.kind is Kind.STRING][:4]
        for name in text:
            values = [v for v in self.profile(name).values if isinstance(v, str)]
            found = [v for v in values if is_total(v)]
            if not found and len(values) > 3 and values[-1].casefold().startswith("total ") and self.profile(name).unique:
                found = [values[-1]]
            if found and len(values) > len(found) + 1:
                return name, tuple(found)
        return None

    # --- cells
    def _searched(self) -> tuple[str, ...]:
        """Name the columns whose cells may be searched for words, in their order."""
        text = [n for n, c in self.columns.items() if c.kind is Kind.STRING and self.profile(n).distinct <= _MANY]
        sizes = {n: sum(len(v) for v in self.profile(n).values if isinstance(v, str)) for n in text}
        chosen, read = set(), 0
        for name in sorted(text, key=sizes.__getitem__):
            read += sizes[name]
            if read > MOST_READ:
                break
            chosen.add(name)
        return tuple(n for n in text if n in chosen)

    def hits(self, phrase: tuple[str, ...]) -> tuple[Hit, ...]:
        """Give the cells that hold a phrase, a column at a time: cells that it fills come before cells that only contain it."""
        found: list[Hit] = []
        for name in self.searched:
            index = self._index(name)
            candidates: set[int] | None = None
            for w in phrase:
                here = index.holding.get(w)
                if here is None:
                    candidates = set()
                    break
                candidates = set(here) if candidates is None else candidates & set(here)
            if not candidates:
                continue
            whole, part, longest = [], [], 0
            for i in sorted(candidates):
                value, cell, forms = index.cells[i]
                if phrase in forms:
                    whole.append(value)
                elif any(cell[k : k + len(phrase)] == phrase for k in range(len(cell) - len(phrase) + 1)):
                    part.append(value)
                    longest = max(longest, len(cell))
            if whole:
                found.append(Hit(name, tuple(whole), whole=True, share=1.0))
            elif part:
                found.append(Hit(name, tuple(part), whole=False, share=len(phrase) / longest))
        return tuple(sorted(found, key=lambda h: (not h.whole, -h.share)))

    def spoken(self, phrase: tuple[str, ...]) -> tuple[Hit, ...]:
        """Give the cells that a phrase means, also by another name of a nation or in the plural."""
        found = self.hits(phrase)
        if found:
            return found
        said = " ".join(phrase)
        single = " ".join((*phrase[:-1], lemma(phrase[-1])))
        for other in (single, *NAMES.get(single, ()), *NAMES.get(said, ())):
            if other and other != said and (found := self.hits(tuple(other.split()))):
                return found
        return ()

    def marked(self, cells: frozenset[str]) -> tuple[Hit, ...]:
        """Give the cells that are one of these marks, which stand for what did not happen: "DNF"."""
        found = []
        for name, c in self.columns.items():
            values = tuple(v for v in self.profile(name).values if isinstance(v, str) and v.strip().casefold() in cells)
            if c.kind is Kind.STRING and values:
                found.append(Hit(name, values, whole=True, share=1.0))
        return tuple(found)

    def on(self, year: int | None, month: int, day: int | None) -> list[Hit]:
        """Give the cells that name a day or month."""
        found = []
        for name in self.columns:
            if self.columns[name].kind is not Kind.STRING:
                continue
            cells = tuple(
                v
                for v in self.profile(name).values
                if isinstance(v, str)
                and len(v) < 80
                and (d := day_of(v)) is not None
                and d[1] == month
                and (day is None or d[2] == day)
                and (year is None or d[0] in {None, year})
            )
            if cells:
                found.append(Hit(name, cells, whole=True, share=1.0))
        return found

    def _index(self, name: str) -> _Index:
        if name not in self._indexes:
            index = _Index([])
            for value in self.texts(name):
                if self.totals and value in self.totals[1]:
                    continue
                cell = words(value)
                first = value.split("\n")[0]
                read = {value, first} if len(value) <= _LONG else {first} if len(first) <= _LONG else set()
                read |= {_ASIDE.sub(" ", text) for text in read}
                items = _LIST.split(value) if len(value) <= _LONG else []
                if 1 < len(items) <= _ITEMS:
                    read |= {_ASIDE.sub(" ", item) for item in items}
                forms = {cell if text == value else words(text) for text in read}
                for w in set(cell):
                    index.holding.setdefault(w, []).append(len(index.cells))
                index.cells.append((value, cell, frozenset(f for f in forms if f)))
            self._indexes[name] = index
        return self._indexes[name]


_known: OrderedDict[tuple[str, str], Sheet] = OrderedDict()


def sheet_of(dataset: Dataset) -> Sheet:
    """Give the sheet of a dataset; the last ones are kept by fingerprint."""
    key = (dataset.name, dataset.fingerprint)
    if not dataset.fingerprint:
        return Sheet(dataset)
    if key not in _known:
        _known[key] = Sheet(dataset)
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    _known.move_to_end(key)
    return _known[key]
