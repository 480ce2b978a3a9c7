"""The gate: every content word of the question has to be explained by the finished plan."""

from __future__ import annotations

from nexus_jupyter.language.reader import Reader


def unexplained(reader: Reader) -> tuple[str, ...]:
    """Name the words that no rule took, and the cues whose rule did not fire."""
    left = [reader.items[i].text for i in sorted({*reader.left, *reader.held})]
    if reader.negate:
        left.append("not")
    return tuple(dict.fromkeys(left))
