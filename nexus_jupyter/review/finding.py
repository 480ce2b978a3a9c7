"""The finding: something that a review has to say about a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

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

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Finding:
        """Read the JSON form."""
        return cls(
            rule=str(data["rule"]),
            severity=data["severity"],
            line=int(data["line"]),
            message=str(data["message"]),
            hint=str(data.get("hint", "")),
        )
