"""What people say around a question: that data be loaded first, by which tool, that only the number be given."""

from __future__ import annotations

import re

TOOL = r"(?:sql|pandas|polars|python|duckdb|excel|a script|a query)"
DATA = r"(?:(?:this|the|my|these)\s+)?(?:data(?:set|frame|\s+set)?|file|csv|table|json)(?:\s+file)?"
BEFORE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^\s*(?:please\s+)?(?:load|import|read|put|open)\s+{DATA}(?:\s+(?:in|into|with|using)\s+{TOOL})?\s*(?:,|\band\b|\bthen\b|\band\s+then\b)+\s*",
        rf"^\s*(?:using|with|use|in)\s+{TOOL}\s*(?:,|\bto\b|\band\b)\s*",
        r"^\s*(?:hi|hello|hey)(?:\s+there)?\s*[,!.]\s*",
    )
)
AFTER = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"[\s,]+(?:using|with|in)\s+{TOOL}\s*([?.!]*)\s*$",
        r"[\s,.?!]+(?:thanks|thank you|please)\s*([?.!]*)\s*$",
    )
)


def peel(text: str) -> str:
    """Give the question without what only says how to go about it; never nothing."""
    bare = text
    for pattern in BEFORE:
        bare = pattern.sub("", bare, count=1)
    for pattern in AFTER:
        bare = pattern.sub(r"\1", bare, count=1)
    return bare if re.search(r"\w", bare) else text
