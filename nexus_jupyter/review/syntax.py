"""Syntax: whether the program is Python at all. Fails closed: what does not parse is refused."""

from __future__ import annotations

import ast

from nexus_jupyter.review.finding import Finding


def parse(code: str) -> tuple[ast.Module | None, tuple[Finding, ...]]:
    """Give the program's tree, or the finding that it is not Python."""
    try:
        return ast.parse(code), ()
    except SyntaxError as error:
        message, line = f"This is not Python: {error.msg}.", error.lineno or 1
    except (ValueError, RecursionError, MemoryError) as error:
        message, line = f"This is not Python: {error}.", 1
    return None, (Finding(rule="syntax", severity="error", line=line, message=message, hint="Correct the line."),)
