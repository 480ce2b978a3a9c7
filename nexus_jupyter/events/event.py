"""The event: one thing that happened during a run."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, as a name and JSON data; never holds rows.

    Attributes
    ----------
    name
        What happened: "stage", "claim", "answer" and so on.
    run
        The id of the question's run to which it belongs, or "".
    data
        Details that can be written as JSON.
    at
        Seconds since the epoch.
    """

    name: str
    run: str = ""
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)
    at: float = field(default_factory=time.time, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {"name": self.name, "run": self.run, "data": dict(self.data), "at": self.at}
