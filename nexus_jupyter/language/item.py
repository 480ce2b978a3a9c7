"""An item: a span of the question's words with everything that it may mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nexus_jupyter.language.vocabulary import Ref


@dataclass(frozen=True, slots=True)
class Item:
    """A span of tokens with everything that it may mean."""

    start: int
    end: int
    text: str
    lows: tuple[str, ...]
    cue: tuple[str, str] | None = None
    columns: tuple[tuple[Ref, float], ...] = ()
    tables: tuple[tuple[str, float], ...] = ()
    values: tuple[tuple[Ref, Any, float], ...] = ()
    roles: tuple[Ref, ...] = ()
    number: int | float | None = None
    quote: str | None = None
    date: str | None = None
    mark: str = ""
    free: bool = False

    @property
    def low(self) -> str:
        """The words in lower case."""
        return " ".join(self.lows)

    @property
    def linked(self) -> bool:
        """True where the words name something in the data."""
        return bool(self.columns or self.tables or self.values or self.roles)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of tokens with one of its meanings, and how much it weighs."""

    start: int
    end: int
    weight: float
    kind: str
    what: Any
