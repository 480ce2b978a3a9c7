"""What the words of one dataset are: its names, its columns and its values, indexed once per fingerprint."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from nexus_jupyter.context.dataset import Dataset
from nexus_jupyter.context.naming import words_of
from nexus_jupyter.context.schema import Kind, Role
from nexus_jupyter.language.lexicon import ABBREVIATIONS, CURRENCIES, FREE, GENERIC, MEASURED, SYNONYMS, other_names
from nexus_jupyter.language.places import COUNTRY_CODES, PLACES
from nexus_jupyter.language.tokens import name_words, stem

NO_ROLE = frozenset(GENERIC) | frozenset("first last middle max min avg mean average total sum number date is has start end other".split())
MODIFIER = 0.55
EXACT, JOINED, STEMS, BAG, OWN, PART, DROPPED, EXPANDED, CONCEPT, ONE = 1.0, 0.98, 0.92, 0.86, 0.8, 0.72, 0.62, 0.7, 0.52, 0.46
MEN, WOMEN = ("man", "men", "boy", "boys"), ("woman", "women", "girl", "girls")
CODES = (
    ({"male": "M", "female": "F", **dict.fromkeys(MEN, "M"), **dict.fromkeys(WOMEN, "F")}, frozenset({"M", "F", "U", "X", "O"})),
    *(
        ({**dict.fromkeys(MEN, male), **dict.fromkeys(WOMEN, female)}, frozenset({male, female}))
        for male, female in (("male", "female"), ("Male", "Female"), ("MALE", "FEMALE"))
    ),
    ({"left": "L", "right": "R", "left handed": "L", "right handed": "R"}, frozenset({"L", "R", "U", "A", "B", ""})),
    ({"yes": "Y", "no": "N"}, frozenset({"Y", "N"})),
    (
        CURRENCIES,
        frozenset(CURRENCIES.values()) | frozenset("CAD AUD SEK NOK DKK PLN CZK BRL MXN KRW ZAR TRY SGD HKD NZD HUF ILS THB".split()),
    ),
)
SEXES = frozenset({"sex", "gender"})
CORE = DROPPED - 0.02
_LONGEST_VALUE = 9
_LONGEST_TEXT = 200
_SHORTEST_DAY, _LONGEST_DAY = 3, 10
TWO = 2
NATIONAL = frozenset("country nation iso cc market region".split())
WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = tuple("january february march april may june july august september october november december".split())
KEYS = frozenset({"id", "number", "cod"})
_KEPT = 64
_PIECES = re.compile(r"[^\W_]+")
_TABLE_GENERIC = frozenset(
    "data table list info information detail ref reference record tbl frame df dim fact csv test sample simple all".split()
)


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A column of a dataset."""

    table: str
    column: str


@dataclass(slots=True)
class Vocabulary:
    """The indexes of one dataset.

    Stems to columns, sorted stems to columns, folded words to values, stems to the table, roles to their columns, and which columns are
    keys.
    """

    columns: dict[tuple[str, ...], dict[Ref, float]] = field(default_factory=dict)
    bags: dict[tuple[str, ...], dict[Ref, float]] = field(default_factory=dict)
    values: dict[tuple[str, ...], list[tuple[Ref, Any, float]]] = field(default_factory=dict)
    names: dict[tuple[str, ...], float] = field(default_factory=dict)
    roles: dict[str, tuple[Ref, ...]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    keys: set[Ref] = field(default_factory=set)
    named: list[Ref] = field(default_factory=list)


_known: OrderedDict[tuple[str, str], Vocabulary] = OrderedDict()


def vocabulary(dataset: Dataset) -> Vocabulary:
    """Give the vocabulary of a dataset; the last ones are kept by fingerprint."""
    key = (dataset.name, dataset.fingerprint)
    if dataset.fingerprint and key in _known:
        _known.move_to_end(key)
        return _known[key]
    made = _build(dataset)
    if dataset.fingerprint:
        _known[key] = made
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return made


def _firsts(values: Sequence[Any]) -> dict[tuple[str, ...], str]:
    """Give what stands before the comma of each value where that tells it from the others: Boston of "Boston, MA"."""
    found: dict[tuple[str, ...], list[str]] = {}
    for value in values:
        if isinstance(value, str) and ", " in value:
            found.setdefault(fold(value.partition(", ")[0]), []).append(value)
    whole = {fold(v) for v in values if isinstance(v, str)}
    return {words: same[0] for words, same in found.items() if len(same) == 1 and words and words not in whole}


def calendar(values: Sequence[Any]) -> dict[str, str]:
    """Give the days of the week or months that a column's values are, by their full names; nothing where some are neither."""
    for names in (WEEKDAYS, MONTHS):
        found = {
            name: str(v)
            for v in values
            for name in names
            if _SHORTEST_DAY <= len(str(v)) <= _LONGEST_DAY and name.startswith(str(v).casefold().rstrip("."))
        }
        if values and len(found) == len(values):
            return found
    return {}


def fold(text: str) -> tuple[str, ...]:
    """Give the words of a text in lower case, without marks."""
    return tuple(_PIECES.findall(text.casefold().replace("'s ", " ")))


def _build(dataset: Dataset) -> Vocabulary:
    v = Vocabulary()
    own = name_words(dataset.name)
    core = tuple(w for w in own if w not in _TABLE_GENERIC) or own
    stems = tuple(stem(w) for w in core)
    for key, tier in (
        (tuple(stem(w) for w in own), EXACT),
        (stems, JOINED),
        (("".join(core),), JOINED),
        ((stem("".join(core)),), JOINED),
        ((stem(core[-1]),), OWN),
    ):
        v.names[key] = max(tier, v.names.get(key, 0))
    for called in dataset.called:
        words = name_words(called)
        v.names[tuple(stem(w) for w in words)] = JOINED
        v.names[(stem(words[-1]),)] = max(OWN, v.names.get((stem(words[-1]),), 0))
    for w in core[:-1]:
        v.names.setdefault((stem(w),), ONE)
    for w in other_names(core[-1]):
        v.names.setdefault((stem(w),), CONCEPT)
        v.names.setdefault((*stems[:-1], stem(w)), PART)
    if len(core) == 1 and len(core[0]) > 9 and core[0].endswith("er"):
        v.names.setdefault((core[0][:-2],), MODIFIER)  # "high school students" are Highschoolers
    if len(core) == 1 and core[0].endswith("ment") and len(core[0]) > 7:
        v.names.setdefault((stem(core[0][:-4]),), MODIFIER)  # "treated" speaks of treatments
    v.roles.update(_roles(dataset))
    for role, refs in v.roles.items():
        named = {name_words(r.column)[1:]: r for r in refs}
        label = next((named[rest] for rest in (("name",), ("title",), ("id",)) if rest in named), None)
        if label:
            v.columns.setdefault((role,), {})[label] = OWN
        for rest, r in named.items():
            known = v.columns.setdefault(tuple(stem(w) for w in rest), {})
            known[r] = max(PART, known.get(r, 0))
    for column in dataset.schema:
        around = {stem(w) for part in column.name.split(".")[:-1] for w in name_words(part)}  # the record that a JSON value stands in
        _column(v, Ref(dataset.name, column.name), column.name, set(stems) | around, unnamed=column.name.startswith("Unnamed:"))
        if not column.name.startswith("Unnamed:"):
            v.named.append(Ref(dataset.name, column.name))
        if column.role is Role.IDENTIFIER:
            v.keys.add(Ref(dataset.name, column.name))
        profile = dataset.profiles.get(column.name)
        if profile is None or column.kind is not Kind.STRING or column.role is Role.DATE:
            continue
        for codes, all_codes in CODES:
            written = {str(x) for x in profile.values}
            if profile.complete and (written <= all_codes or (set(codes.values()) <= written and set(name_words(column.name)) & SEXES)):
                for said, code in codes.items():
                    if code in profile.values:
                        v.values.setdefault(tuple(said.split()), []).append((Ref(dataset.name, column.name), code, 0.9))
                        v.values.setdefault(("~", *said.split()), []).append((Ref(dataset.name, column.name), code, 0.9))
        for said, value in calendar(profile.values if profile.complete else ()).items():
            v.values.setdefault((said,), []).append((Ref(dataset.name, column.name), value, 0.9))
            v.values.setdefault(("~", stem(said)), []).append((Ref(dataset.name, column.name), value, 0.9))
        if (
            profile.complete
            and {*name_words(column.name)} & NATIONAL
            and all(str(x).isupper() and len(str(x)) == TWO for x in profile.values)
        ):
            for code in profile.values:
                for said in COUNTRY_CODES.get(str(code), ()):
                    v.values.setdefault(tuple(said.split()), []).append((Ref(dataset.name, column.name), code, 0.8))
        texts = [x for x in profile.values if isinstance(x, str) and len(x) <= _LONGEST_TEXT]  # nobody names a longer one
        firsts = _firsts(texts) if profile.complete else {}
        for first, value in firsts.items():
            v.values.setdefault(first, []).append((Ref(dataset.name, column.name), value, 0.8))
        for value in texts:
            words = fold(value)
            if not words or len(words) > _LONGEST_VALUE:
                continue
            ref = Ref(dataset.name, column.name)
            v.values.setdefault(words, []).append((ref, value, 1.0))
            for said in PLACES.get(" ".join(words), ()):
                v.values.setdefault(tuple(said.split()), []).append((ref, value, 0.8))
            stemmed = tuple(stem(w) for w in words)
            if stemmed != words and not value.isupper():  # a code is spelled as it is: `COD` is no "code"
                v.values.setdefault(("~", *stemmed), []).append((ref, value, 0.8))
    return v


def _roles(dataset: Dataset) -> dict[str, tuple[Ref, ...]]:
    """Find the nouns under which several columns stand: `winner_name`, `winner_age` and `loser_name`, `loser_age`."""
    groups: dict[str, dict[str, Ref]] = {}
    for c in dataset.schema:
        words = name_words(c.name)
        if len(words) > 1 and words[0] not in NO_ROLE and len(words[0]) > 2:
            groups.setdefault(stem(words[0]), {})[" ".join(words[1:])] = Ref(dataset.name, c.name)
    own = {stem(w) for w in name_words(dataset.name)}
    return {
        role: tuple(rests.values())
        for role, rests in groups.items()
        if role not in own and any(other != role and len(set(rests) & set(groups[other])) > 1 for other in groups)
    }


def _column(v: Vocabulary, ref: Ref, name: str, table: set[str], *, unnamed: bool) -> None:
    lemmas = name_words(name)
    if not lemmas or unnamed:
        return
    stems = tuple(stem(w) for w in lemmas)

    def add(index: dict[tuple[str, ...], dict[Ref, float]], key: tuple[str, ...], tier: float) -> None:
        if key:
            known = index.setdefault(key, {})
            known[ref] = max(tier, known.get(ref, 0))

    generic = {stem(g) for g in GENERIC}
    add(v.columns, stems, EXACT)
    add(v.columns, (stem("".join(lemmas)),), JOINED)
    add(v.columns, (fold(name)[0] if len(fold(name)) == 1 else "".join(fold(name)),), JOINED)
    add(v.bags, tuple(sorted(set(stems) - {"of", "the", "in", "for"})), BAG)
    if len(lemmas) > 1 and words_of(name)[0] in {"is", "has", "was", "are", "did", "have"}:
        add(v.columns, stems[1:], OWN)
    if (coded := re.match(r"([A-Za-z]{1,2}\d{1,2})[\W_]+\w+[\W_]+\w", name)) is not None:
        add(v.columns, (stem(coded.group(1)),), OWN)  # "Q2 I would recommend it" is asked for by its number
    rest = tuple(s for s in stems if s not in table)
    if rest != stems and rest:
        add(v.columns, rest, OWN if set(rest) - generic else PART)
        add(v.bags, tuple(sorted(set(rest))), PART)
    for start in range(len(stems)):
        for end in range(start + 2, len(stems) + 1):
            if end - start < len(stems) and not set(stems[start:end]) <= generic:
                add(v.columns, stems[start:end], PART)
                add(v.bags, tuple(sorted(set(stems[start:end]) - {"of", "the", "in", "for"})), PART)
    for part in (stems[start:end] for start in range(len(stems)) for end in range(start + 2, len(stems) + 1)):
        if "dat" in part:  # "the payment day" is the payment date
            add(v.bags, tuple(sorted({"day" if s == "dat" else s for s in part} - {"of", "the", "in", "for"})), EXPANDED)
    dropped = tuple(s for s in stems if s not in generic)
    if dropped and dropped != stems:
        add(v.columns, dropped, DROPPED)
        add(v.bags, tuple(sorted(set(dropped))), DROPPED)
    for expanded in _expansions(lemmas, table):
        add(v.columns, expanded, EXPANDED)
        add(v.bags, tuple(sorted(set(expanded))), EXPANDED)
        foreign = tuple(s for s in expanded if s not in table)
        if len(foreign) > 1:
            add(v.bags, tuple(sorted(set(foreign))), EXPANDED)
        short = tuple(s for s in expanded if s not in generic)
        if short != expanded:
            add(v.columns, short, DROPPED - 0.04)
        for s in set(expanded) - generic:
            add(v.columns, (s,), ONE)
    for noun in MEASURED.get(lemmas[-1], "").split() if len(lemmas) > 1 else ():
        add(v.columns, (*stems[:-1], stem(noun)), EXPANDED)
    core = tuple(s for s in rest if s not in generic)
    if core and core not in (rest, dropped):
        add(v.columns, core, CORE)
    if len(stems) > 1 and stems[-1] in KEYS:
        for word in KEYS - {stems[-1]}:
            add(v.columns, (*stems[:-1], word), EXPANDED)
    if len(lemmas) == 1 and lemmas[0].endswith("ship") and len(lemmas[0]) > 7:
        add(v.columns, (stem(lemmas[0][:-4]),), PART)  # "French citizens": citizenship
    if len(stems) > 1:
        for s in set(stems):
            if len(s) > 2:
                add(v.columns, (s,), ONE if s not in generic else ONE - 0.04)
    for word, targets in SYNONYMS.items():
        for rank, target in enumerate(targets.split()):
            wanted = tuple(stem(w) for w in target.split("_"))
            if wanted in (stems, dropped, rest):
                add(v.columns, tuple(stem(w) for w in word.split()), CONCEPT - 0.01 * rank)
    v.words.update(stems)


def _expansions(lemmas: tuple[str, ...], table: set[str]) -> list[tuple[str, ...]]:
    """Give the name with its abbreviations written out: `dept_name`, `LName`, `stu_gpa`, `acc_bal`."""
    found = []
    longer: list[str] = []
    for w in lemmas:
        longer += ABBREVIATIONS.get(w, w).split()
    if tuple(longer) != lemmas:
        found.append(tuple(stem(w) for w in longer))
    last = "".join(lemmas)
    for ending, words in (
        ("fname", ("first", "name")),
        ("lname", ("last", "name")),
        ("firstname", ("first", "name")),
        ("lastname", ("last", "name")),
    ):
        if last.endswith(ending):
            found.append(tuple(stem(w) for w in words))
    if len(lemmas) == 1 and last.endswith("class") and last != "class":
        found.append((stem("class"),))
    if len(lemmas) > 1 and len(lemmas[0]) <= 4 and lemmas[0] not in FREE and any(t.startswith(lemmas[0]) for t in table):
        found.append(tuple(stem(w) for w in lemmas[1:]))
    if len(lemmas) == 1 and any(len(t) > 2 and lemmas[0].startswith(t) and len(lemmas[0]) > len(t) + 1 for t in table):
        t = next(t for t in table if lemmas[0].startswith(t) and len(t) > 2)
        found.append((t, stem(lemmas[0][len(t) :])))
    return [f for f in found if f]
