"""What the name of a column says: its words, its unit or currency, and the role that such a name usually has."""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection
from functools import lru_cache

__all__ = ["identifier_from", "is_code", "is_contact", "is_geography", "is_identifier", "is_year", "singular", "unit_of", "words_of"]

_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_]+")
_IDENTIFIERS = frozenset(
    ("id ids idx uuid guid key pk fk isbn issn ssn sku barcode ean upc hash serial iban vin url uri index rowid oid pid").split()
)
_JOINED = re.compile(r"(?:[a-z]{3,})(?:id|uuid|guid)$")
_NOT_JOINED = frozenset(
    ("paid unpaid prepaid valid invalid grid bid avoid acid amid aid covid solid fluid hybrid madrid rapid said void raid maid").split()
)
_NUMBERED = frozenset(["no", "nr", "num", "number", "nbr"])
_CODES = frozenset(
    (
        "code codes class cluster group level type category cat segment tier zone label flag grade stage phase mode status batch lane gate"
    ).split()
)
_CALENDAR = frozenset(
    ("month day hour minute second week weekday quarter dow doy mon hr wday yday mday weekofyear dayofweek dayofyear").split()
)
_YEARS = frozenset(
    (
        "yr founded built season since opened closed joined office established started start end ended from until released elected debut"
    ).split()
)
_GEOGRAPHY = frozenset(
    (
        "country countries nation nationality city cities town state province county region continent district borough neighbourhood "
        "neighborhood location place municipality territory zip zipcode postcode postal latitude longitude lat lon lng long geo address "
        "street village suburb prefecture iso2 iso3 fips"
    ).split()
)
_NO_PLACE = frozenset(["head", "order", "is", "email", "mail", "url", "web", "ip", "mac", "machine", "job", "task"])
_CONTACT = frozenset(
    (
        "phone telephone tel fax mobile cell email mail address street postal postcode zip zipcode city town state county country province "
        "region latitude longitude lat lon lng website url location"
    ).split()
)
_UNITS = {
    **{
        u: u
        for u in (
            "km cm mm mi ft kg lb lbs oz kwh mwh kw mw mph kmh kph ml gal hp rpm bpm hpa gb mb kb tb px ms hz ghz mhz kcal ppm dbm"
        ).split()
    },
    **{
        u: u
        for u in (
            "miles meters metres feet inches tons tonnes pounds grams liters litres gallons seconds minutes hours days weeks months years"
        ).split()
    },
    "pct": "%",
    "percent": "%",
    "percentage": "%",
    "perc": "%",
    "sec": "s",
    "secs": "s",
    "mins": "min",
    "hrs": "h",
    "hr": "h",
    "yrs": "years",
    "celsius": "°C",
    "fahrenheit": "°F",
    "degc": "°C",
    "degf": "°F",
    "sqft": "sq ft",
    "sqm": "m²",
    "km2": "km²",
    "m2": "m²",
    "m3": "m³",
}
_LETTERS = {"m": "m", "g": "g", "s": "s", "l": "l", "c": "°C", "f": "°F", "h": "h", "w": "W", "min": "min", "in": "in", "t": "t"}
_CURRENCY = frozenset(("usd eur gbp jpy cny inr chf aud cad nzd sek nok dkk pln czk brl mxn krw rub zar try sgd hkd ils thb huf").split())
_CURRENCY_WORDS = {"dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR"}
_BRACKETS = re.compile(r"[(\[{]\s*([^()\[\]{}]{1,20}?)\s*[)\]}]\s*$")
_SYMBOL = re.compile(r"[$€£¥₹%]")


@lru_cache(maxsize=8192)
def words_of(name: str) -> tuple[str, ...]:
    """Give the words of a name in lower case: `dep_delayMin` becomes `dep`, `delay`, `min`."""
    return tuple(part.casefold() for part in _PARTS.findall(name))


@lru_cache(maxsize=8192)
def singular(word: str) -> str:
    """Give the singular of an English noun, near enough to compare two names."""
    if len(word) <= 3 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word.removesuffix("s")


def is_identifier(name: str, *, table: str = "") -> bool:
    """Say whether a name promises an identifier: `id`, `customer_id`, `PassengerId`, `order_number`, or `flight` in `flights`."""
    words = words_of(name)
    if not words or name.startswith("Unnamed:"):
        return True
    if words[0] in _NUMBERED or "of" in words:
        return len(words) == 1 and words[0] in {"no", "nr"}
    last = words[-1]
    if last in _IDENTIFIERS or (words[0] == "id" and len(words) <= 2) or "phone" in words or "fax" in words:
        return True
    if last in _NUMBERED and len(words) > 1:
        return True
    if len(words) == 1 and _JOINED.fullmatch(last) and last not in _NOT_JOINED and last.endswith("id") and len(last) > 4:
        return name[-2:] in {"ID", "Id"} or last[:-2] == singular(table.casefold())
    return bool(table) and len(words) == 1 and words[0] != table.casefold() and words[0] == singular(table.casefold())


def is_code(name: str) -> bool:
    """Say whether numbers under this name are labels (`class`, `month`, `zip_code`), not quantities."""
    words = words_of(name)
    return bool(words) and (
        words[-1] in _CODES or words[-1] in _CALENDAR or (words[0] in _CALENDAR and (len(words) == 1 or words[1] == "of"))
    )


def is_year(name: str) -> bool:
    """Say whether a name may be that of a calendar year: `year`, `YearBuilt`, `season`; the values have to agree."""
    words = words_of(name)
    return bool(words) and ("year" in words or words[-1] in _YEARS) and "per" not in words


def is_geography(name: str) -> bool:
    """Say whether a name promises a place or a coordinate."""
    words = words_of(name)
    if not words or _NO_PLACE.intersection(words):
        return False
    last = words[-1]
    return (
        (last in _GEOGRAPHY and last != "long")
        or (len(words) == 1 and last == "long")
        or (last in {"code", "name"} and words[0] in _GEOGRAPHY)
    )


def is_contact(name: str) -> bool:
    """Say whether a name promises contact data or a place: columns that repeat over tables without joining them."""
    return bool(_CONTACT.intersection(words_of(name)))


def unit_of(name: str) -> str | None:
    """Give the unit or currency that a name states: `km` of `distance_km`, `USD` of `price_usd`, `lbs` of `Weight (lbs)`."""
    if bracket := _BRACKETS.search(name):
        inside = bracket.group(1)
        low = inside.casefold()
        if low in _CURRENCY:
            return inside.upper()
        same = inside if _UNITS.get(low) == low else None  # kWh is written so
        return same or _UNITS.get(low) or _LETTERS.get(low) or (inside if len(inside) <= 8 and not inside.isdigit() else None)
    if symbol := _SYMBOL.search(name):
        return symbol.group()
    words = words_of(name)
    if not words:
        return None
    last = words[-1]
    if last in _CURRENCY and (len(words) > 1 or last != "try"):
        return last.upper()
    if len(words) > 1 and last in _CURRENCY_WORDS:
        return _CURRENCY_WORDS[last]
    if words[0] in {"pct", "percent", "percentage"}:
        return "%"
    if len(words) > 1 and last in _LETTERS and words[-2] != "in" and (name[-len(last) - 1 :][:1] in {"_", " ", "."}):
        return _LETTERS[last]
    if len(words) > 1 and last in _UNITS and words[-2] not in {"of", "n", "num", "number"}:
        return _UNITS[last]
    return _UNITS[last] if last in {"pct", "percent", "percentage"} else None


def identifier_from(stem: str, taken: Collection[str] = ()) -> str:
    """Make a Python name of a file's stem that is no keyword and not in `taken`."""
    name = re.sub(r"\W+", "_", stem, flags=re.ASCII).strip("_") or "data"
    if name[0].isdigit():
        name = f"data_{name}"
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        name += "_data"
    chosen, count = name, 2
    while chosen in taken:
        chosen, count = f"{name}_{count}", count + 1
    return chosen
