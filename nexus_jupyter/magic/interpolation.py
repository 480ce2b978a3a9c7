"""Interpolation: ``{expression}``, ``In[n]``, ``Out[n]`` and ``Err[n]`` in a question, from the user's own namespace.

Only names, attributes and items are looked up; a call, an operator or anything else stays as it was typed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, MutableMapping
from typing import Any, Final

from nexus_jupyter.errors import QuestionError

__all__ = ["frame_like", "interpolate"]

_BRACES: Final = re.compile(r"\{([^{}\n]{1,200})\}")
_CELLS: Final = re.compile(r"\b(In|Out|Err)\[(-?\d{1,6})\]")
_LONGEST: Final = 500
_LIBRARIES: Final = frozenset({"pandas", "polars", "pyarrow", "dask", "duckdb"})


def interpolate(text: str, namespace: MutableMapping[str, Any], errors: Mapping[int, str]) -> tuple[str, dict[str, Any]]:
    """Give the question with its references replaced, and the frames among them by the name that now stands there.

    Braces that name nothing known stay. A frame is replaced by its name, since its rows are no words.

    Examples
    --------
    >>> interpolate("top {n} by {key['x']} {f(1)}", {"n": 3, "key": {"x": "price"}}, {})[0]
    'top 3 by price {f(1)}'
    """
    frames: dict[str, Any] = {}

    def braces(match: re.Match[str]) -> str:
        try:
            tree = ast.parse(match[1].strip(), mode="eval").body
            return _said(_value(tree, namespace), match[1].strip(), frames)
        except (SyntaxError, LookupError, AttributeError, TypeError, ValueError):
            return match[0]

    def cells(match: re.Match[str]) -> str:
        where, number = match[1], int(match[2])
        if where == "Err":
            found: Any = errors.get(number) if number >= 0 else next(reversed(list(errors.values())), None)
        elif where == "Out":
            found = namespace.get("Out", {}).get(number)
        else:
            inputs = namespace.get("In", [])
            found = inputs[number] if -len(inputs) <= number < len(inputs) and number else None
        if found is None:
            what = {"In": "no cell ran with this number", "Out": "that cell gave no result", "Err": "that cell raised no error"}[where]
            raise QuestionError(f"There is no `{match[0]}`: {what} in this kernel.")
        return _said(found, f"_{number}" if where == "Out" else "", frames)

    return _CELLS.sub(cells, _BRACES.sub(braces, text)), frames


def frame_like(value: object) -> bool:
    """Say whether a value is a frame of a library that is known, without importing any."""
    kind = type(value)
    return kind.__module__.split(".", 1)[0] in _LIBRARIES and kind.__name__ in {"DataFrame", "LazyFrame", "Table", "DuckDBPyRelation"}


def _value(node: ast.expr, namespace: Mapping[str, Any]) -> Any:
    """Look up names, attributes and items; anything else is no reference."""
    match node:
        case ast.Name(id=name):
            return namespace[name]
        case ast.Attribute(value=inner, attr=name) if not name.startswith("_"):
            return getattr(_value(inner, namespace), name)
        case ast.Subscript(value=inner, slice=key):
            return _value(inner, namespace)[_key(key, namespace)]
    raise LookupError


def _key(node: ast.expr, namespace: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(value))):
            return -value
    return _value(node, namespace)


def _said(value: object, name: str, frames: dict[str, Any]) -> str:
    if frame_like(value):
        if not name.isidentifier():
            raise QuestionError(f"`{name or 'this'}` is a frame. Give it a name of its own, then ask about that: `sales = {name or '…'}`.")
        frames[name] = value
        return name
    text = ", ".join(str(v) for v in value) if isinstance(value, (list, tuple, set, frozenset)) else str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
