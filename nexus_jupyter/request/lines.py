"""Lines: a sentence as pieces, and its text written over them, in which patterns look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_HELD = re.compile(r"<(\w)(\d+)>")


@dataclass(slots=True)
class Piece:
    """A word, or some words that mean one thing: `kind` is word, column, value, number, quote, entity or mark."""

    text: str
    kind: str
    target: Any = None
    low: str = ""
    why: set[str] = field(default_factory=set)
    quoted: bool = False
    sure: bool = True


@dataclass(slots=True)
class Line:
    """A sentence as pieces. `mask` is its text in lower case with `<c3>` for the column that piece 3 is, `<v3>`, `<n3>`, `<q3>`."""

    text: str
    zone: str
    pieces: list[Piece]
    mask: str = ""
    done: bool = False
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Write the mask."""
        said: list[str] = []
        at = 0
        for i, p in enumerate(self.pieces):
            word = f"<{p.kind[0]}{i}>" if p.kind in {"column", "value", "number", "quote"} else p.low
            self.starts.append(at)
            said.append(word)
            at += len(word) + 1
        self.mask = " ".join(said)

    def find(self, pattern: str) -> Iterator[re.Match[str]]:
        """Find a pattern in the mask."""
        return re.finditer(pattern, self.mask)

    def claim(self, start: int, end: int, why: str) -> None:
        """Note that the pieces between two places of the mask are explained by something."""
        for i, at in enumerate(self.starts):
            if start <= at < end:
                self.pieces[i].why.add(why)

    def held(self, said: str, kind: str = "c") -> list[int]:
        """Give the numbers of the pieces of a kind in a part of the mask."""
        return [int(m[2]) for m in _HELD.finditer(said) if m[1] == kind]

    def targets(self, said: str, kind: str = "c") -> list[Any]:
        """Give what the pieces of a kind in a part of the mask mean, each once."""
        return list(dict.fromkeys(self.pieces[i].target for i in self.held(said, kind)))
