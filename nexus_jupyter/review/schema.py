"""Schema: columns that a program names and the data does not have. Observes the plain forms; what it cannot read it lets pass."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nexus_jupyter.context.dataset import Catalog
from nexus_jupyter.errors import ColumnNotFound
from nexus_jupyter.review.finding import Finding

LISTS = frozenset({"groupby", "group_by", "sort_values", "dropna", "drop_duplicates", "nlargest", "nsmallest", "drop_nulls", "select"})
KEYWORDS = frozenset({"subset", "by", "on"})


def check(tree: ast.Module, catalog: Catalog) -> tuple[Finding, ...]:
    """Find columns read directly from a dataset that it does not have."""
    rebound = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    known = {d.name: d.schema.names for d in catalog.datasets if d.name not in rebound}
    found: dict[tuple[int, str], Finding] = {}
    for node in ast.walk(tree):
        for name, column, line in _read(node, frozenset(known)):
            if column not in known[name]:
                message = str(ColumnNotFound.among(column, known[name], where=name))
                found[line, column] = Finding(
                    rule="column", severity="error", line=line, message=message, hint="Use the column's exact name."
                )
    return tuple(found.values())


def _read(node: ast.AST, known: frozenset[str]) -> Iterator[tuple[str, str, int]]:
    match node:
        case ast.Subscript(value=ast.Name(id=name), slice=inside, ctx=ast.Load()) if name in known:
            yield from ((name, c, node.lineno) for c in _texts(inside))
        case ast.Subscript(value=ast.Attribute(value=ast.Name(id=name), attr="loc"), slice=ast.Tuple(elts=[_, inside])) if name in known:
            yield from ((name, c, node.lineno) for c in _texts(inside))
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) if name in known and method in LISTS:
            inside = [a for i, a in enumerate(node.args) if (i == 0) != (method in {"nlargest", "nsmallest"})]
            inside += [k.value for k in node.keywords if k.arg in KEYWORDS]
            yield from ((name, c, node.lineno) for a in inside for c in _texts(a))
        case ast.Call(func=ast.Attribute(value=ast.Name(id="px")), args=[ast.Name(id=name), *_]) if name in known:
            inside = [k.value for k in node.keywords if k.arg in {"x", "y", "color", "names", "values"}]
            yield from ((name, c, node.lineno) for a in inside for c in _texts(a))


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, (ast.List, ast.Tuple)):
        for e in node.elts:
            yield from _texts(e)
