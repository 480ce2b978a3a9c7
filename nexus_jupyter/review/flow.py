"""Where names of a program come from: which stand for an input itself, and which are computed from one."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

READERS = frozenset(
    {"read_csv", "read_parquet", "read_excel", "read_json", "read_feather", "read_table", "from_pandas", "scan_csv", "scan_parquet"},
)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def bound(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Give the targets that this statement or expression itself gives a value, and the value."""
    match node:
        case ast.Assign():
            for target in node.targets:
                yield from _unpacked(target, node.value)
        case ast.AugAssign(target=target, value=value) | ast.NamedExpr(target=target, value=value):
            yield target, value
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            yield target, value
        case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
            yield from _unpacked(target, value)
        case ast.withitem(optional_vars=ast.expr() as target, context_expr=value):
            yield target, value


def bindings(tree: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Give every target of a program that gets a value, and the value."""
    for node in ast.walk(tree):
        yield from bound(node)


def _unpacked(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    if not isinstance(target, (ast.Tuple, ast.List)):
        yield target, value
        return
    each = value.elts if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts) else [value] * len(target.elts)
    for one, its in zip(target.elts, each, strict=True):
        yield from _unpacked(one, its)


def root(node: ast.expr) -> str | None:
    """Give the name at the bottom of `name.a["b"].c`."""
    while isinstance(node, (ast.Subscript, ast.Attribute, ast.Starred)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def aliases(tree: ast.AST, names: Iterable[str]) -> dict[str, str]:
    """Give the names that stand for an input itself, by `other = flights`, and the input."""
    known = {n: n for n in names}
    pairs = [(t.id, v.id) for t, v in bindings(tree) if isinstance(t, ast.Name) and isinstance(v, ast.Name)]
    while more := {t: known[v] for t, v in pairs if v in known and t not in known}:
        known.update(more)
    return known


def derived(tree: ast.AST, names: Iterable[str]) -> frozenset[str]:
    """Give the inputs and every name whose value is computed from one, rather too many than too few."""
    known = set(names)
    facts: list[tuple[str | None, ast.expr]] = [(root(t), v) for t, v in bindings(tree)]
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS):
            facts += [(node.name, ast.Tuple(elts=[n for n in ast.walk(node) if isinstance(n, ast.Name)], ctx=ast.Load()))]
            facts += [(a.arg, ast.Name(id=node.name, ctx=ast.Load())) for a in node.args.args]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and (to := root(node.func)) is not None:
            facts += [(to, a) for a in node.args]  # `parts.append(of)`, `figure.add_trace(of)`
            facts += [(to, k.value) for k in node.keywords]
    while more := {t for t, v in facts if t is not None and t not in known and touches(v, known)}:
        known |= more
    return frozenset(known)


def touches(node: ast.AST, names: Iterable[str]) -> bool:
    """Say whether an expression reads one of the names, or a file."""
    wanted = set(names)
    return any((isinstance(n, ast.Name) and n.id in wanted) or (isinstance(n, ast.Attribute) and n.attr in READERS) for n in ast.walk(node))
