"""Values as source text that reads back as the same value, whatever is in it."""

from __future__ import annotations

import datetime as dt
import json
import keyword
import math
from collections.abc import Iterable

from nexus_jupyter.plan.expressions import Scalar


def text(value: str) -> str:
    """Write a text in double quotes; what does not print is escaped."""
    if value.isprintable():
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return json.dumps(value) if all(ord(c) < 0xD800 or 0xDFFF < ord(c) <= 0xFFFF for c in value) else _quoted(value)  # noqa: PLR2004 - surrogates


def _quoted(value: str) -> str:
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else _escaped(c) for c in value) + '"'


def _escaped(char: str) -> str:
    code = ord(char)
    if char in '"\\':
        return "\\" + char
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - the form's width


def literal(value: Scalar) -> str:
    """Write a constant as pandas reads it: dates as texts."""
    match value:
        case str():
            return text(value)
        case dt.datetime():
            return text(value.isoformat(sep=" ") if value.time() != dt.time() or value.tzinfo else value.date().isoformat())
        case dt.date():
            return text(value.isoformat())
        case float() if not math.isfinite(value):
            return f'float("{value}")'
        case float() if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - beyond it floats lose integers
            return f"{int(value)}.0"
        case _:
            return repr(value)


def number(value: float) -> str:
    """Write a number, without `.0` where it is whole."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 - as above


def names(columns: Iterable[str]) -> str:
    """Write a list of texts."""
    return "[" + ", ".join(text(c) for c in columns) + "]"


def mapping(pairs: Iterable[tuple[str, str]]) -> str:
    """Write a dict of what is written already."""
    return "{" + ", ".join(f"{k}: {v}" for k, v in pairs) + "}"


def pattern(expression: str) -> str:
    """Write a regular expression, raw where it can be."""
    plain = expression.isprintable() and '"' not in expression and not expression.endswith("\\")
    return f'r"{expression}"' if plain else text(expression)


def one_or_list(columns: tuple[str, ...]) -> str:
    """Write one text alone and several as a list."""
    return text(columns[0]) if len(columns) == 1 else names(columns)


def keywords(pairs: Iterable[tuple[str, str]], *, taken: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Write keyword arguments; names that cannot be keywords go into one unpacked dict."""
    plain, other = [], []
    for name, value in pairs:
        if name.isidentifier() and name.isascii() and not keyword.iskeyword(name) and not name.startswith("_") and name not in taken:
            plain.append(f"{name}={value}")
        else:
            other.append(f"{text(name)}: {value}")
    return (*plain, f"**{{{', '.join(other)}}}") if other else tuple(plain)
