"""The provider: whatever turns a prompt and a JSON Schema into text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from nexus_jupyter.llm.egress import Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What a model is shown, in two parts.

    `system` never changes between questions, so that a server that keeps what it has read does not read it again; `text` holds
    the tables and, last, the question. `what` names the kinds of thing in it, for the receipt.
    """

    system: str
    text: str
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a model writes. The defaults give the same text for the same prompt.

    Attributes
    ----------
    temperature, seed
        Zero and fixed, so that an answer can be had again.
    tokens
        The most tokens that the answer may have; always sent, since a small model under a schema may never end.
    context
        Tokens of prompt and answer together.
    timeout
        Seconds until the call is given up.
    """

    temperature: float = 0.0
    seed: int = 7
    tokens: int = 1500
    context: int = 8192
    timeout: float = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What a model wrote, and what that took."""

    text: str
    model: str
    receipt: Receipt
    tokens_in: int = 0
    tokens_out: int = 0
    ms: float = 0.0


@runtime_checkable
class Provider(Protocol):
    """Something that completes prompts. It raises `ModelError`, and nothing else, when it cannot."""

    @property
    def name(self) -> str:
        """The name under which answers say who planned them, such as `ollama/qwen2.5-coder:1.5b`."""

    def complete(self, prompt: Prompt, schema: Mapping[str, Any] | None = None, *, options: Options | None = None) -> Completion:
        """Write the answer to `prompt`; with a JSON Schema the text is JSON that holds to it, if the server can see to that."""

    def stop(self) -> None:
        """Give up the completion that is being written, from another thread: it raises `ModelError` at once."""
