"""The finding: something that a review has to say about a program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was found. An error keeps the program from being run; the rest is told to the reader."""

    rule: str
    severity: Severity
    line: int
    message: str
    hint: str = ""

    def to_dict(self) -> dict[str, str | int]:
        """Give the JSON form."""
        return {"rule": self.rule, "severity": self.severity, "line": self.line, "message": self.message, "hint": self.hint}
