"""The receipt of what went to a model: what, how much, to whom."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What one call showed to a model.

    Attributes
    ----------
    what
        The kinds of thing in it: "question", "table names", "column names", "column types", "examples". Never "rows".
    bytes
        Size of the text and the schema, as UTF-8.
    to
        The endpoint's address.
    model
        The model's name.
    local
        True when the address is this machine.
    """

    what: tuple[str, ...]
    bytes: int
    to: str
    model: str
    local: bool

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {"what": list(self.what), "bytes": self.bytes, "to": self.to, "model": self.model, "local": self.local}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Receipt:
        """Read the JSON form."""
        return cls(what=tuple(data["what"]), bytes=data["bytes"], to=data["to"], model=data["model"], local=data["local"])


def is_loopback(url: str) -> bool:
    """Say whether a URL's host is this machine, by its literal address or the name `localhost`; other names are not looked up.

    Examples
    --------
    >>> is_loopback("http://127.0.0.1:11434"), is_loopback("http://[::1]:80"), is_loopback("https://example.org")
    (True, True, False)
    """
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
