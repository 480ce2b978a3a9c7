"""The gate: every content word of the question has to be explained by the finished plan."""

from __future__ import annotations

from nexus_jupyter.language.reader import Reader


def unexplained(reader: Reader) -> tuple[str, ...]:
    """Name the words that no rule took, and the cues whose rule did not fire."""
    open_items = [reader.items[i] for i in sorted({*reader.left, *reader.held})]
    strange = [it for it in open_items if it.cue is None and it.number is None]
    left = [it.text for it in strange or open_items]  # a cue beside a strange word only lacks what that word would name
    if reader.asked_n is not None:
        left.append(str(reader.asked_n))
    if reader.negate:
        left.append("not")
    return tuple(dict.fromkeys(left))
