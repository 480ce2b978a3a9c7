"""Texts that libraries treat as code: which of them are plain enough."""

from __future__ import annotations

import ast
import re

__all__ = ["formula", "query", "sql"]

PLAIN = (
    *(ast.Expression, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Compare, ast.Name, ast.Constant, ast.List, ast.Tuple, ast.Load, ast.Store),
    *(ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.Module, ast.Expr, ast.Assign),
)
METHODS = frozenset({"str", "dt", "contains", "startswith", "endswith", "isna", "notna", "isnull", "notnull", "isin", "lower", "upper", "len"}
    | {"year", "month", "day", "hour", "between", "mean", "median", "sum", "min", "max", "std", "abs", "round", "quantile", "index"})  # fmt: skip
CALLS = frozenset({"sin", "cos", "tan", "exp", "log", "log10", "log1p", "expm1", "sqrt", "abs", "floor", "ceil"})
FORMULA_CALLS = frozenset({"C", "I", "Q", "np", "log", "exp", "sqrt", "abs", "log1p", "log10", "log2", "power", "bs", "cr", "cc", "poly"}
    | {"scale", "center", "standardize", "Treatment", "Sum", "Poly", "Helmert", "Diff", "square", "sin", "cos"})  # fmt: skip
LENGTH = 4000


def query(text: object) -> str:
    """Say what is wrong with an expression for ``query`` or ``eval``; empty when it is plain."""
    if not isinstance(text, str):
        return ""
    if len(text) > LENGTH:
        return "The expression is too long."
    plain = re.sub(r"`[^`]*`", "column", text)
    plain = re.sub(r"@\s*(?=[A-Za-z])", "", plain)
    try:
        tree = ast.parse(
            "(" + plain.strip() + ")" if "\n" not in plain.strip() and "=" not in re.sub(r"[<>=!]=", "", plain) else plain.strip(),
        )
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "The expression can't be read."
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            if node.attr not in METHODS:
                return f"The expression uses `.{node.attr}`."
        elif isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name) and function.id not in CALLS:
                return f"The expression calls `{function.id}`."
        elif isinstance(node, ast.Name):
            if node.id.startswith("__"):
                return f"The expression uses `{node.id}`."
        elif not isinstance(node, (*PLAIN, ast.keyword, ast.Subscript, ast.Slice)):
            return f"The expression has a form that is not plain ({type(node).__name__})."
    return ""


def formula(text: object) -> str:
    """Say what is wrong with a model formula; empty when it has only names, operators and known functions."""
    if not isinstance(text, str):
        return ""
    for name in re.findall(r"([A-Za-z_][\w.]*)\s*\(", re.sub(r"Q\((['\"])[^'\"]*\1\)", "q", text)):
        if name.removeprefix("np.") not in FORMULA_CALLS:
            return f"The formula calls `{name}`."
    return "The formula uses a private name." if "__" in text else ""


def sql(text: object) -> str:
    """Say what is wrong with a query; empty when it reads only given frames."""
    found = re.search(r"\b(read_\w+|scan_\w+)\s*\(|\bfrom\s+'", str(text), re.IGNORECASE)
    return f"The query reads a file ({found.group().strip()})." if found else ""
