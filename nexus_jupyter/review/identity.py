"""Data identity: a program reads the data that it was given, and neither rebuilds nor changes it. Fails closed on what it sees."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from nexus_jupyter.review.finding import Finding

WRITERS = frozenset({"insert", "pop", "update", "drop_in_place", "setdefault", "insert_column", "extend"})
READ = frozenset(
    {"read_csv", "read_parquet", "read_excel", "read_json", "read_feather", "read_table", "from_pandas", "scan_csv", "scan_parquet"},
)


def check(tree: ast.Module, datasets: Iterable[str]) -> tuple[Finding, ...]:
    """Find datasets that are not read, rebuilt or written into."""
    wanted = tuple(datasets)
    read = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    found = [
        _finding(
            "input-unread",
            1,
            f"The program does not read `{name}`, so its answer cannot come from the data.",
            "Compute from the frame.",
        )
        for name in wanted
        if name not in read
    ]
    for node in ast.walk(tree):
        found += _changes(node, frozenset(wanted))
    return tuple(found)


def _finding(rule: str, line: int, message: str, hint: str) -> Finding:
    return Finding(rule=rule, severity="error", line=line, message=message, hint=hint)


def _root(node: ast.expr) -> str | None:
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _targets(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    match node:
        case ast.Assign():
            for t in node.targets:
                yield from ((e, node.value) for e in (t.elts if isinstance(t, (ast.Tuple, ast.List)) else [t]))
        case ast.AugAssign() | ast.AnnAssign():
            yield node.target, node.value
        case ast.Delete():
            yield from ((t, None) for t in node.targets)
        case ast.NamedExpr():
            yield node.target, node.value
        case ast.For() | ast.comprehension():
            yield node.target, None


def _reads(value: ast.expr | None) -> bool:
    """Say whether a value is a call that reads a file: the line that a cell has for a file's data."""
    return (
        any(isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr in READ for n in ast.walk(value))
        if value
        else False
    )


def _changes(node: ast.AST, wanted: frozenset[str]) -> Iterator[Finding]:
    for target, value in _targets(node):
        root = _root(target)
        if root not in wanted:
            continue
        if isinstance(target, ast.Name) and value is not None:
            if not _reads(value):
                message = f"`{root}` is given another value, so the rest is not computed from the data."
                yield _finding("input-rebuilt", target.lineno, message, "Assign to another name.")
        else:
            yield _finding("input-written", target.lineno, f"The program writes into `{root}`.", "Work on a new frame: `assign` gives one.")
    if isinstance(node, ast.Call):
        inplace = any(k.arg == "inplace" and not (isinstance(k.value, ast.Constant) and k.value.value is False) for k in node.keywords)
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        root = _root(node.func)
        if (
            root in wanted
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and (inplace or method in WRITERS)
        ):
            yield _finding("input-written", node.lineno, f"`{method}` changes `{root}` in place.", "Assign the result to a new name.")
