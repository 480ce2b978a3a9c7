"""Names of columns that a program makes itself, read off its text."""

from __future__ import annotations

import ast
from collections.abc import Iterator

BY_KEYWORD = frozenset({"assign", "agg", "aggregate", "with_columns", "select", "group_by", "len", "Series"})
BY_TEXT = frozenset(
    {"alias", "to_frame", "rename", "rename_axis", "set_axis", "melt", "unpivot", "reset_index", "with_row_index", "value_counts"}
)
BY_TEXT |= frozenset(
    {"size", "Series", "suffix", "prefix", "add_suffix", "add_prefix", "DataFrame", "from_dict", "concat", "struct", "cut"}
)
# What pandas and polars call columns that nobody named.
UNNAMED = frozenset(
    {"index", "level_0", "level_1", "count", "counts", "proportion", "value", "variable", "size", "len", "literal", "column"}
)
SHAPED = frozenset({"pivot", "pivot_table", "unstack", "crosstab", "get_dummies", "to_dummies", "transpose", "describe"})


def made(tree: ast.AST) -> frozenset[str]:
    """Give every name that the program gives to a column; rather too many than too few."""
    found = set(UNNAMED)
    suffixes: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call():
                found.update(_call(node))
                suffixes.update(
                    t for k in node.keywords if k.arg in {"suffix", "suffixes", "lsuffix", "rsuffix"} for t in texts(k.value) if t
                )
            case ast.Subscript(slice=inside, ctx=ast.Store()):
                found.update(texts(inside))
            case ast.Assign(targets=[ast.Attribute(attr="columns"), *_], value=value):
                found.update(texts(value))
    if suffixes:
        everything = found | {t for n in ast.walk(tree) for t in texts(n)}
        found.update(f"{name}{suffix}" for name in everything for suffix in suffixes)
    return frozenset(found)


def shaped(tree: ast.AST) -> bool:
    """Say whether values of the data become names of columns, so that no text can tell them."""
    return any(isinstance(n, ast.Attribute) and (n.attr in SHAPED or n.attr == "T") for n in ast.walk(tree))


def keywords(node: ast.Call) -> Iterator[str]:
    """Give the keywords of a call, those of a literal `**{…}` as well."""
    for k in node.keywords:
        if k.arg is not None:
            yield k.arg
        elif isinstance(k.value, ast.Dict):
            yield from (key.value for key in k.value.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def texts(node: ast.AST) -> Iterator[str]:
    """Give the texts of a literal: one, or those of a list or tuple."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        for e in node.elts:
            yield from texts(e)


def _call(node: ast.Call) -> Iterator[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
    if name in BY_KEYWORD:
        yield from keywords(node)
    if name not in BY_TEXT:
        return
    for value in (*node.args, *(k.value for k in node.keywords)):
        yield from texts(value)
        if isinstance(value, ast.Dict):
            for key, new in zip(value.keys, value.values, strict=True):
                yield from texts(new)
                if key is not None and name != "rename":
                    yield from texts(key)
