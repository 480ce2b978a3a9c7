"""Write ``src/payloads.ts`` from ``nexus_jupyter/payloads.py``: ``python labextension/write_payloads.py``."""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from nexus_jupyter import payloads

TARGET = Path(__file__).parent / "src" / "payloads.ts"
WIDTH = 110
SIMPLE = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null", Any: "unknown"}
UNIONS = ("GroupState", "AcceptPolicy")
HEAD = """/** The messages on the comm. Written from nexus_jupyter/payloads.py by write_payloads.py; change them there. */
import type { ICell } from '@jupyterlab/nbformat';
import type { JSONObject } from '@lumino/coreutils';
"""


def typed(hint: Any) -> str:
    """Write a type in TypeScript."""
    if hint in SIMPLE:
        return SIMPLE[hint]
    for name in UNIONS:
        if hint == getattr(payloads, name):
            return name
    if hint == payloads.Cell:
        return "ICell"
    if is_typeddict(hint):
        return f"I{hint.__name__}"
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return " | ".join(f"'{a}'" for a in arguments)
    if origin is list:
        inner = typed(arguments[0])
        return f"({inner})[]" if " " in inner else f"{inner}[]"
    if origin is Mapping:
        return "JSONObject"
    if origin in {Union, types.UnionType}:
        return " | ".join(typed(a) for a in arguments)
    raise TypeError(f"{hint!r} has no form in TypeScript yet; teach write_payloads.py.")


def interface(shape: type) -> str:
    """Write one interface."""
    lines = [f"/** {inspect.getdoc(shape)} */", f"export interface {typed(shape)} {{"]
    for name, hint in get_type_hints(shape, include_extras=True).items():
        optional = get_origin(hint) is NotRequired
        lines.append(f"  {name}{'?' * optional}: {typed(get_args(hint)[0] if optional else hint)};")
    return "\n".join([*lines, "}"])


def union(name: str, comment: str, members: list[str]) -> str:
    """Write a union on one line, or on a second where it is long."""
    one = f"export type {name} = {' | '.join(members)};"
    text = one if len(one) <= WIDTH else f"export type {name} =\n  {' | '.join(members)};"
    return f"/** {comment} */\n{text}"


def comments() -> dict[str, str]:
    """Give the sentences that stand below the type aliases."""
    source = inspect.getsource(payloads)
    return {m[1]: m[2] for m in re.finditer(r'^(\w+) = .+\n"""(.+)"""$', source, re.MULTILINE)}


def write() -> str:
    """Give the whole file."""
    said = comments()
    shapes = [s for s in vars(payloads).values() if is_typeddict(s) and s.__module__ == payloads.__name__]
    sections = [
        HEAD,
        f"export const TARGET = '{payloads.TARGET}';\nexport const PROTOCOL = {payloads.PROTOCOL};\n",
        *(union(name, said[name], [f"'{v}'" for v in get_args(getattr(payloads, name))]) + "\n" for name in UNIONS),
        *(interface(shape) + "\n" for shape in shapes),
        union("FromKernel", "What the kernel sends.", [typed(s) for s in get_args(payloads.FromKernel)]) + "\n",
        union("ToKernel", "What the page sends.", [typed(s) for s in get_args(payloads.ToKernel)]) + "\n",
    ]
    return "\n".join(sections)


if __name__ == "__main__":
    TARGET.write_text(write())
