"""A provider with its replies written beforehand: for tests, demonstrations, and plugins that want to try themselves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from nexus_jupyter.errors import ModelError
from nexus_jupyter.llm.egress import Receipt
from nexus_jupyter.llm.provider import Completion, Options, Prompt

Reply = str | Mapping[str, Any] | ModelError


class Scripted:
    """Answers from a list, one reply a call, or by a function of the prompt; a reply that is a `ModelError` is raised.

    Examples
    --------
    >>> provider = Scripted(["forty-two"])
    >>> provider.complete(Prompt(system="", text="what is six times seven?")).text
    'forty-two'
    """

    def __init__(self, replies: Iterable[Reply] | Callable[[Prompt], Reply], *, name: str = "scripted") -> None:
        self._name = name
        self._function = replies if callable(replies) else None
        self._replies: Iterator[Reply] = iter(()) if callable(replies) else iter(replies)
        self.prompts: list[Prompt] = []
        self.schemas: list[Mapping[str, Any] | None] = []

    @property
    def name(self) -> str:
        """The name given to it."""
        return self._name

    def complete(self, prompt: Prompt, schema: Mapping[str, Any] | None = None, *, options: Options | None = None) -> Completion:
        """Give the next reply; `prompts` and `schemas` keep what was asked."""
        del options
        self.prompts.append(prompt)
        self.schemas.append(schema)
        if self._function is not None:
            reply = self._function(prompt)
        else:
            try:
                reply = next(self._replies)
            except StopIteration:
                raise ModelError(f"The script of `{self._name}` has no reply left; {len(self.prompts)} were asked for.") from None
        if isinstance(reply, ModelError):
            raise reply
        text = reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False)
        receipt = Receipt(what=prompt.what, bytes=0, to="this process", model=self._name, local=True)
        return Completion(text=text, model=self._name, receipt=receipt)

    def stop(self) -> None:
        """Do nothing: a reply is there as soon as it is asked for."""
