"""Texts that are no question: SQL, code, and nothing but marks. They get a calm sentence and are never run."""

from __future__ import annotations

import re

_SQL = re.compile(
    r"(?is)^\s*(?:select\b.+\bfrom\b|with\s+\w+\s+as\s*\(|insert\s+into\b|update\s+\w+\s+set\b|delete\s+from\b|(?:drop|alter|create|truncate)\s+table\b)"
)
_CODE = re.compile(
    r"(?m)^\s*(?:import\s+\w+|from\s+\w[\w.]*\s+import\b|def\s+\w+\s*\(|class\s+\w+\s*[(:]|for\s+\w+\s+in\s+.+:\s*$|\w+\s*=\s*\w+[.(\[]|\w+(?:\.\w+)*\(.*\)\s*;?\s*$"
    r"|\w+(?:\[[^\]]+\])+(?:\.\w+\(.*\))?\s*$)"
)
_WHY = re.compile(r"(?is)^\s*(?:and |but |so |tell me |explain )*(?:why|how come)\b")
_SET = re.compile(r"(?is)^\s*(?:please\s+)?set\s+.+\s+to\s+\S+\s*[.!]?$")


def foreign(text: str) -> str:
    """Say why a text is not read as a question, or give "".

    Examples
    --------
    >>> foreign("SELECT * FROM penguins")
    'This is SQL, and questions are asked in plain words: "average body mass by species".'
    >>> foreign("select the penguins that weigh more than 4000")
    ''
    """
    if _WHY.match(text):
        return "Reasons are not in the data. Ask what happened: a total by group or by period, or what goes together with it."
    if _SET.match(text):
        return "Questions only read the data, and nothing in it is changed. A change belongs into a cell of your own."
    example = '"average body mass by species"'
    if _SQL.match(text) and (re.search(r"[*=;(]", text) or text.lstrip()[:6].isupper()):
        return f"This is SQL, and questions are asked in plain words: {example}."
    if _CODE.search(text):
        return f"This is code, and questions are asked in plain words: {example}. Code belongs into a cell of its own."
    return ""
