"""Syntax: whether a program is Python at all."""

from __future__ import annotations

import ast

from nexus_jupyter.review.finding import Finding


def parse(code: str) -> tuple[ast.Module | None, tuple[Finding, ...]]:
    """Parse a program, or give the finding that says where it stops being Python."""
    try:
        return ast.parse(code, "<program>"), ()
    except SyntaxError as error:
        line, message = error.lineno or 1, f"This is not Python: {error.msg}."
    except (ValueError, RecursionError, MemoryError) as error:
        line, message = 1, f"This cannot be read as Python: {str(error)[:200] or type(error).__name__}."
    hint = "Ask the question in another way, or correct the line."
    return None, (Finding(rule="syntax", severity="error", line=line, message=message, hint=hint),)
