"""A finding of the policy, apart from the policy itself so that it costs no import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

__all__ = ["Violation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One thing in a program that the policy refuses: the rule, the line, what it is, and the legal way."""

    rule: str
    line: int
    message: str
    hint: str = ""

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        """Read a finding that came over the wire, as text and within bounds."""
        from nexus_jupyter.sandbox.outcome import without_controls

        line = node.get("line")
        texts = {name: without_controls(str(node.get(name) or ""))[:1000] for name in ("rule", "message", "hint")}
        return cls(line=line if type(line) is int and 0 <= line < 1 << 31 else 0, **texts)
