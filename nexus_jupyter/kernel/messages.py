"""Jupyter's messages as they travel, signed with one key outside and another inside.

A kernel's message is read strictly and written anew, so that whoever reads it next sees what was looked at here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from nexus_jupyter.errors import SandboxError

__all__ = ["Key", "Message", "Unreadable", "reply_to"]

DELIMITER = b"<IDS|MSG>"
LARGEST = 48 << 20  # of what has to be read; what hangs on a message is passed as it is
DATED = "%Y-%m-%dT%H:%M:%S.%fZ"


class Unreadable(SandboxError):
    """The frames are no message, or not signed with the key."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key that signs."""

    secret: bytes

    def sign(self, parts: list[bytes]) -> bytes:
        """Sign the four parts of a message."""
        if not self.secret:
            return b""
        seal = hmac.new(self.secret, digestmod=hashlib.sha256)
        for part in parts:
            seal.update(part)
        return seal.hexdigest().encode("ascii")


@dataclass(slots=True)
class Message:
    """One message: whom it goes to, its four parts, and what hangs on it. `raw` is the content as it came."""

    idents: list[bytes]
    header: dict[str, Any]
    parent: dict[str, Any]
    metadata: dict[str, Any] = field(default_factory=dict)
    content: dict[str, Any] | None = None
    raw: bytes = b"{}"
    buffers: list[bytes] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The type of the message."""
        return str(self.header.get("msg_type", ""))

    @property
    def id(self) -> str:
        """Its own id."""
        return str(self.header.get("msg_id", ""))

    @property
    def answers(self) -> str:
        """The id of the message that it answers."""
        return str(self.parent.get("msg_id", ""))

    def body(self) -> dict[str, Any]:
        """Give the content, read when it is first asked for."""
        if self.content is None:
            self.content = _mapping(self.raw)
        return self.content

    @classmethod
    def read(cls, frames: list[bytes], key: Key) -> Message:
        """Read frames, or raise `Unreadable`."""
        try:
            at = frames.index(DELIMITER)
            signature, *parts = frames[at + 1 : at + 6]
            header, parent, metadata, raw = parts
        except ValueError:
            raise Unreadable("there are parts missing") from None
        if sum(map(len, parts)) > LARGEST:
            raise Unreadable("it is too large")
        if key.secret and not hmac.compare_digest(key.sign(parts), signature):
            raise Unreadable("it is not signed")
        found = cls(frames[:at], _mapping(header), _mapping(parent), _mapping(metadata), raw=raw, buffers=frames[at + 6 :])
        found.header = {str(k): v for k, v in found.header.items() if isinstance(v, str) or v is None}
        return found

    def frames(self, key: Key) -> list[bytes]:
        """Write it, signed."""
        raw = self.raw if self.content is None else _written(self.content)
        parts = [_written(self.header), _written(self.parent), _written(self.metadata), raw]
        return [*self.idents, DELIMITER, key.sign(parts), *parts, *self.buffers]


def reply_to(request: Message | None, kind: str, content: dict[str, Any], *, topic: bytes | None = None) -> Message:
    """Make a message of our own: to the one who asked, or, with a topic, to all who listen."""
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "username": "nexus",
        "session": "nexus-sandbox",
        "date": dt.datetime.now(dt.UTC).strftime(DATED),
        "version": "5.4",
    }
    idents = [topic] if topic is not None else list(request.idents) if request else []
    return Message(idents, header, dict(request.header) if request else {}, content=content)


def _mapping(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw.decode("utf-8"), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"it is no JSON: {error}") from None
    if not isinstance(found, dict):
        raise Unreadable("it is no object")
    return found


def _written(value: dict[str, Any]) -> bytes:
    try:
        return json.dumps(value, allow_nan=False, separators=(",", ":")).encode("ascii")
    except (ValueError, RecursionError):
        return b"{}"
