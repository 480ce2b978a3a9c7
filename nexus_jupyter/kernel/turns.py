"""The cells that were sent to a kernel and are not answered: whom to tell when the kernel ends."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any, Final

from nexus_jupyter.kernel.messages import Message, reply_to

__all__ = ["ENDED", "Turns", "failure"]

ENDED: Final = "SandboxEnded"


def failure(sentence: str) -> dict[str, Any]:
    """Give the content of an error that is one sentence."""
    return {"status": "error", "ename": ENDED, "evalue": sentence, "traceback": [f"{ENDED}: {sentence}"]}


class Turns:
    """Keeps the requests in their order; the first one is the cell that runs."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, Message] = OrderedDict()
        self._since = 0.0
        self.warned = False

    def begin(self, request: Message) -> None:
        """Note that a cell was sent."""
        if not self._waiting:
            self._next()
        self._waiting[request.id] = request

    def end(self, request: str) -> None:
        """Note that a cell was answered."""
        if next(iter(self._waiting), None) == request:
            self._next()
        self._waiting.pop(request, None)

    def _next(self) -> None:
        self._since, self.warned = time.monotonic(), False

    @property
    def first(self) -> Message | None:
        """The cell that runs."""
        return next(iter(self._waiting.values()), None)

    def running_s(self, now: float) -> float:
        """Give how long the first cell has run."""
        return now - self._since if self._waiting else 0.0

    def fail(self, sentence: str) -> Iterator[tuple[str, Message]]:
        """Give the messages, by channel, that fail the first cell with a sentence and call off the others."""
        waiting, self._waiting = list(self._waiting.values()), OrderedDict()
        for place, request in enumerate(waiting):
            if place == 0:
                yield "iopub", reply_to(request, "error", failure(sentence), topic=b"kernel.nexus.error")
            content = failure(sentence) if place == 0 else {"status": "aborted"}
            yield "shell", reply_to(request, "execute_reply", {**content, "execution_count": 0})
            yield "iopub", reply_to(request, "status", {"execution_state": "idle"}, topic=b"kernel.nexus.status")
