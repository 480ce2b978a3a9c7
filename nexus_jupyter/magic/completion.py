"""Completion: options, sub-commands, frames and columns, where the cursor stands in a ``%nexus`` line or ``%%nexus`` cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from nexus_jupyter.magic.interpolation import frame_like
from nexus_jupyter.magic.options import COMMANDS, OPTIONS

__all__ = ["candidates", "matcher", "question_before"]

_MAGIC: Final = re.compile(r"\s*%%?nexus\b")
_LINE: Final = re.compile(r".*?(?:^|[=;]\s*)%nexus\b(.*)$")
_MOST: Final = 200


def question_before(text: str, cursor: int) -> str | None:
    """Give what stands between the magic's name and the cursor, or None where the cursor is not in one of our magics."""
    before = text[:cursor]
    if _MAGIC.match(text) and text.lstrip().startswith("%%nexus"):
        start = text.index("%%nexus") + len("%%nexus")
        return before[start:] if cursor >= start else None
    match = _LINE.match(before.rsplit("\n", 1)[-1])
    return match[1] if match else None


def candidates(before: str, namespace: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give what may stand at the cursor, with its kind, best first; `before` is what `question_before` gave.

    Examples
    --------
    >>> list(candidates(" --as c", {}))
    [('chart', 'value'), ('code', 'value')]
    """
    words = before.split()
    token = "" if not before or before[-1].isspace() else words.pop()
    option = next((o for o in OPTIONS if words and words[-1] in o.names), None)
    low = token.casefold()
    if option is not None and option.choices:
        yield from ((c, "value") for c in option.choices if c.startswith(low))
        return
    if token.startswith("-"):
        yield from ((n, "option") for o in OPTIONS for n in o.names if n.startswith(token) and len(n) > len("-x"))
        return
    if option is not None and option.field == "data":
        last = token.rpartition(",")
        yield from ((last[0] + last[1] + n, "frame") for n in frames(namespace) if n.casefold().startswith(last[2].casefold()))
        return
    if not words and not before.count("\n"):
        yield from ((c, "command") for c in COMMANDS if c.startswith(low))
    if low:
        yield from _names(low, namespace)


def frames(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """Give the frames of a namespace by name; nothing is imported and no row is looked at."""
    return {n: v for n, v in list(namespace.items()) if not n.startswith("_") and frame_like(v)}


def columns(frame: Any) -> list[str]:
    """Give a frame's column names; a lazy one is asked for its schema."""
    collect = getattr(frame, "collect_schema", None)
    try:
        found = collect().names() if collect is not None else getattr(frame, "column_names", None) or frame.columns
    except Exception:  # noqa: BLE001 - a broken lazy frame must not break the Tab key
        return []
    return [str(c) for c in found]


def _names(low: str, namespace: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    known = frames(namespace)
    seen: set[str] = set()
    for name in known:
        if name.casefold().startswith(low):
            seen.add(name)
            yield name, "frame"
    for frame in known.values():
        for column in columns(frame):
            if column.casefold().startswith(low) and column not in seen and len(seen) < _MOST:
                seen.add(column)
                yield column, "column"


def matcher(shell: Any) -> Any:
    """Give the matcher that IPython's completer asks."""
    from IPython.core.completer import SimpleCompletion, context_matcher

    @context_matcher(identifier="nexus_jupyter", priority=100)  # type: ignore[untyped-decorator]
    def nexus_matcher(context: Any) -> dict[str, Any]:
        before = question_before(context.full_text, _position(context))
        found = list(candidates(before, shell.user_ns)) if before is not None else []
        if not found or before is None:
            return {"completions": [], "suppress": False}
        token = "" if not before or before[-1].isspace() else before.split()[-1]
        return {
            "completions": [SimpleCompletion(text, type=kind) for text, kind in found],
            "matched_fragment": token,
            "suppress": True,
            "ordered": True,
        }

    return nexus_matcher


def _position(context: Any) -> int:
    """Give the cursor's place in the whole text."""
    lines = str(context.full_text).split("\n")
    return sum(len(line) + 1 for line in lines[: context.cursor_line]) + int(context.cursor_position)
