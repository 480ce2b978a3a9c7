"""A walk through a program that knows which expressions are tables and which columns they can have."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from nexus_jupyter.review.made import keywords, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What an expression is known to be: a table of a dataset's columns, or (None) of any that the program can have."""

    columns: frozenset[str] | None = None
    name: str = ""
    grouped: bool = False


# Positions and keywords by which a method takes names of columns.
TAKES: Mapping[str, tuple[slice, tuple[str, ...]]] = {
    "groupby": (slice(1), ("by",)), "group_by": (slice(None), ()), "sort_values": (slice(1), ("by",)), "sort": (slice(None), ("by",)),
    "nlargest": (slice(1, 2), ("columns",)), "nsmallest": (slice(1, 2), ("columns",)), "top_k": (slice(0), ("by",)),
    "bottom_k": (slice(0), ("by",)), "drop_duplicates": (slice(1), ("subset",)), "unique": (slice(1), ("subset",)),
    "dropna": (slice(0), ("subset",)), "drop_nulls": (slice(1), ("subset",)), "set_index": (slice(1), ("keys",)),
    "merge": (slice(0), ("on", "left_on")), "join": (slice(0), ("on", "left_on")), "explode": (slice(1), ("column",)),
    "pivot": (slice(0), ("on", "index", "columns", "values")), "pivot_table": (slice(0), ("index", "columns", "values")),
    "melt": (slice(0), ("id_vars", "value_vars")), "unpivot": (slice(1), ("on", "index")), "select": (slice(None), ()),
    "drop": (slice(0), ("columns",)), "value_counts": (slice(1), ("subset",)), "partition_by": (slice(None), ("by",)),
}  # fmt: skip
BY_KEY = frozenset({"agg", "aggregate", "astype", "cast"})  # methods whose mapping has columns as keys
KEEP = frozenset(TAKES) - {"pivot", "pivot_table", "melt", "unpivot", "merge", "join", "select", "explode", "value_counts", "partition_by"}
KEEP |= {
    "query",
    "filter",
    "head",
    "tail",
    "limit",
    "slice",
    "nth",
    "sample",
    "copy",
    "clone",
    "lazy",
    "collect",
    "astype",
    "cast",
    "fillna",
}
KEEP |= {"fill_null", "round", "reverse", "convert_dtypes", "set_sorted", "iloc"}
WIDEN = frozenset({"merge", "join", "select", "explode", "reset_index", "rename", "rename_axis", "set_axis", "with_row_index", "join_asof"})
COUNTS = frozenset({"agg", "aggregate", "sum", "mean", "median", "min", "max", "first", "last", "count", "nunique", "len"})
AXES = ("x", "y", "z", "color", "names", "values", "size", "text", "facet_row", "facet_col", "symbol", "line_group", "hover_name")


class Tables(ast.NodeVisitor):
    """Follows tables from statement to statement and tells every name that is asked of one."""

    def __init__(self, datasets: Mapping[str, frozenset[str]], asked: Callable[[str, Table, int], None]) -> None:
        self.known: dict[str, Table | None] = {n: Table(columns=c, name=n) for n, c in datasets.items()}
        self.asked = asked

    # ---- statements
    def visit_Assign(self, node: ast.Assign) -> None:
        """Learn what a name stands for from here on."""
        value = self.table(node.value)
        for target in node.targets:
            self._store(target, value)

    def visit_Expr(self, node: ast.Expr) -> None:
        """Look at an expression that stands alone."""
        self.table(node.value)

    def visit_For(self, node: ast.For) -> None:
        """Forget what the loop's names stood for."""
        self.table(node.iter)
        self._store(node.target, None)
        for statement in (*node.body, *node.orelse):
            self.visit(statement)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Look into a function, whose arguments can be anything."""
        outer = dict(self.known)
        self.known.update({a.arg: None for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)})
        for statement in node.body:
            self.visit(statement)
        self.known = outer

    def generic_visit(self, node: ast.AST) -> None:
        """Look at expressions as such, and at statements in their order."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.table(child)
            else:
                self.visit(child)

    def _store(self, target: ast.expr, value: Table | None) -> None:
        match target:
            case ast.Name(id=name):
                self.known[name] = replace(value, name=value.name or name) if value is not None else None
            case ast.Tuple(elts=elts) | ast.List(elts=elts):
                for e in elts:
                    self._store(e, None)
            case ast.Subscript(value=ast.Name(id=name), slice=inside) if (
                old := self.known.get(name)
            ) is not None and old.columns is not None:
                self.known[name] = replace(old, columns=old.columns | set(texts(inside)))

    # ---- expressions
    def table(self, node: ast.expr) -> Table | None:
        """Give the table that an expression is, or None; what is asked of tables inside it is told on the way."""
        match node:
            case ast.Name(id=name):
                return self.known.get(name)
            case ast.Subscript():
                return self._subscript(node)
            case ast.Call(func=ast.Attribute() as func):
                return self._call(node, func)
            case ast.Lambda():
                self._lambda(node, None)
                return None
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                outer = dict(self.known)
                for g in node.generators:
                    self.table(g.iter)
                    self._store(g.target, None)
                self.generic_visit(node)
                self.known = outer
                return None
        self.generic_visit(node)
        return None

    def _lambda(self, node: ast.expr, given: Table | None) -> None:
        if not isinstance(node, ast.Lambda):
            self.table(node)
            return
        outer = dict(self.known)
        self.known.update({a.arg: given for a in node.args.args})
        self.table(node.body)
        self.known = outer

    def _ask(self, names: Iterable[str], of: Table, node: ast.expr) -> None:
        for name in names:
            self.asked(name, of, node.lineno)

    def _subscript(self, node: ast.Subscript) -> Table | None:
        located = isinstance(node.value, ast.Attribute) and node.value.attr in {"loc", "iloc"}
        of = self.table(node.value.value if located and isinstance(node.value, ast.Attribute) else node.value)
        inside = node.slice
        if of is None:
            self.table(inside)
            return None
        if located:
            rows, columns = inside.elts if isinstance(inside, ast.Tuple) and len(inside.elts) == 2 else (inside, None)  # noqa: PLR2004 - rows, columns
            self._lambda(rows, replace(of, grouped=False))
            if columns is not None and not isinstance(columns, ast.Slice):
                self._ask(texts(columns), of, node)
            return None if isinstance(columns, ast.Constant) or isinstance(rows, ast.Constant) else of
        named = list(texts(inside))
        self._ask(named, of, node)
        if not named:
            self._lambda(inside, of)
            return of
        return of if isinstance(inside, ast.List) else None

    def _call(self, node: ast.Call, func: ast.Attribute) -> Table | None:
        if isinstance(func.value, ast.Name) and func.value.id in {"px", "pd", "pl", "go"}:
            return self._function(node, func.attr, func.value.id)
        of, method = self.table(func.value), func.attr
        if of is not None:
            self._takes(node, method, of)
        self._arguments(node, replace(of, columns=None, grouped=False) if of is not None and method in {"assign", "pipe", "loc"} else None)
        if of is None:
            return None
        if method in {"assign", "with_columns"}:
            return replace(of, columns=None if node.args or of.columns is None else of.columns | set(keywords(node)))
        if method in {"groupby", "group_by"}:
            return replace(of, grouped=True)
        if method in KEEP:
            return replace(of, grouped=False)
        return Table() if method in WIDEN or (of.grouped and method in COUNTS) else None

    def _takes(self, node: ast.Call, method: str, of: Table) -> None:
        where, by = TAKES.get(method, (slice(0), ()))
        positional = node.args[where.start : where.stop]
        for value in [*positional, *(k.value for k in node.keywords if k.arg in by)]:
            self._ask(texts(value), of, value)
        if method in BY_KEY:
            for value in node.args[:1]:
                keys = value.keys if isinstance(value, ast.Dict) else []
                self._ask((t for k in keys if k is not None for t in texts(k)), of, value)
        if method in {"agg", "aggregate"}:
            for k in node.keywords:
                if k.arg is not None and isinstance(k.value, ast.Tuple) and k.value.elts:
                    self._ask(texts(k.value.elts[0]), of, k.value)

    def _function(self, node: ast.Call, name: str, module: str) -> Table | None:
        self._arguments(node, None)
        first = self.table(node.args[0]) if node.args and isinstance(node.args[0], ast.Name) else None
        if module == "px" and first is not None:
            for k in node.keywords:
                if k.arg in AXES:
                    self._ask(texts(k.value), first, k.value)
        elif module == "pl" and name == "col":
            self._ask((t for a in node.args for t in texts(a) if not t.startswith("^") and t != "*"), Table(), node)
        return first if module == "pl" and name == "from_pandas" else None

    def _arguments(self, node: ast.Call, given: Table | None) -> None:
        for value in (*node.args, *(k.value for k in node.keywords)):
            self._lambda(value.value if isinstance(value, ast.Starred) else value, given)
