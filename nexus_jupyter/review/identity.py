"""Data identity: a program reads the data that it was given, neither rebuilds nor changes it, and answers from it. Fails closed."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from nexus_jupyter.review.finding import Finding
from nexus_jupyter.review.flow import aliases, bindings, bound, derived, root, touches

WRITERS = frozenset({"insert", "pop", "update", "drop_in_place", "setdefault", "insert_column", "extend"})
FRAMES = frozenset({"DataFrame", "LazyFrame", "Series", "from_dict", "from_dicts", "from_records"})
FEW = 4
"""So many cells may be written down in a program: a label, the two ends of a range."""


def check(tree: ast.Module, datasets: Iterable[str], columns: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Find datasets that are not read, rebuilt or written into, and answers that do not come from them.

    Parameters
    ----------
    tree
        The program.
    datasets
        The names of its inputs.
    columns
        Names of the inputs' columns: a frame that is written down under these names is a copy of the data.
    """
    wanted = tuple(datasets)
    read = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    found = [
        _finding(
            "input-unread", 1, f"The program does not read `{name}`, so its answer cannot come from the data.", "Compute from the frame."
        )
        for name in wanted
        if name not in read
    ]
    same = aliases(tree, wanted)
    for node in ast.walk(tree):
        found += _changes(node, same)
        found += _copies(node, frozenset(columns))
    if wanted:
        found += _constants(tree, derived(tree, wanted))
    return tuple(found)


def _finding(rule: str, line: int, message: str, hint: str) -> Finding:
    return Finding(rule=rule, severity="error", line=line, message=message, hint=hint)


def _changes(node: ast.AST, same: Mapping[str, str]) -> Iterator[Finding]:
    """Find what gives an input another value, or writes into it, under its own name or another."""
    targets: list[tuple[ast.expr, ast.expr | None]] = [(t, None) for t in node.targets] if isinstance(node, ast.Delete) else [*bound(node)]
    for target, value in targets:
        name = root(target)
        if name is None or name not in same:
            continue
        frame = same[name]
        if not isinstance(target, ast.Name) or isinstance(node, (ast.Delete, ast.For, ast.comprehension)):
            yield _finding(
                "input-written", target.lineno, f"The program writes into `{frame}`.", "Work on a new frame: `assign` gives one."
            )
        elif name == frame and not (value is not None and touches(value, ())):
            message = f"`{frame}` is given another value, so the rest is not computed from the data."
            yield _finding("input-rebuilt", target.lineno, message, "Assign to another name.")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        inplace = any(k.arg == "inplace" and not (isinstance(k.value, ast.Constant) and k.value.value is False) for k in node.keywords)
        method, name = node.func.attr, node.func.value.id
        if name in same and (inplace or method in WRITERS):
            yield _finding("input-written", node.lineno, f"`{method}` changes `{same[name]}` in place.", "Assign the result to a new name.")


def _copies(node: ast.AST, columns: frozenset[str]) -> Iterator[Finding]:
    """Find a frame whose cells are written down under the names of the data's own columns."""
    if not isinstance(node, ast.Call):
        return
    name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in FRAMES:
        return
    for value in (*node.args, *(k.value for k in node.keywords)):
        written = list(_written(value))
        names = {n.value for n in written if isinstance(n.value, str)}
        keys = {id(k) for n in ast.walk(value) if isinstance(n, ast.Dict) for k in n.keys}
        if names & columns and sum(id(n) not in keys for n in written) > FEW:
            message = f"Cells of {', '.join(f'`{c}`' for c in sorted(names & columns))} are written down in the program, not read."
            yield _finding("input-rebuilt", node.lineno, message, "Compute from the frame.")


def _written(node: ast.AST) -> Iterator[ast.Constant]:
    """Walk the constants that are cells or names; what a subscript looks up is neither."""
    if isinstance(node, ast.Constant):
        yield node
    elif isinstance(node, ast.Subscript):
        yield from _written(node.value)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _written(child)


def _constants(tree: ast.Module, known: frozenset[str]) -> Iterator[Finding]:
    """Find answers that no input has a part in: entries of `result`, or what the last line shows."""
    last = tree.body[-1] if tree.body else None
    answers: list[tuple[str, ast.expr]] = []
    for target, value in bindings(tree):
        if isinstance(target, ast.Name) and target.id == "result":
            entries = isinstance(value, ast.Dict) and value.keys and all(isinstance(k, ast.Constant) for k in value.keys)
            answers = [("result", value)]
            if entries and isinstance(value, ast.Dict):
                answers = [(str(k.value), v) for k, v in zip(value.keys, value.values, strict=True) if isinstance(k, ast.Constant)]
    if not answers and isinstance(last, ast.Expr):
        answers = [("the last line", last.value)]
    for name, value in answers:
        if not touches(value, known):
            hint = "Compute it from the frame."
            yield _finding("answer-constant", value.lineno, f"`{name}` does not come from the data: no frame has a part in it.", hint)
