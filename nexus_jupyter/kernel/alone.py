"""Answers without a kernel: where none can be started, every cell fails with the sentence that says why."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from typing import Any

from nexus_jupyter.kernel.messages import Message, reply_to
from nexus_jupyter.kernel.turns import failure

__all__ = ["answers", "language"]

KNOWN: dict[str, dict[str, Any]] = {
    "comm_info_request": {"status": "ok", "comms": {}},
    "history_request": {"status": "ok", "history": []},
    "kernel_info_request": {
        "status": "ok",
        "protocol_version": "5.4",
        "implementation": "nexus",
        "implementation_version": "1",
        "banner": "",
    },
}


def language() -> dict[str, Any]:
    """Describe the language. It goes into the notebook file, and exporters act on it, so a kernel's own words are not taken."""
    return {
        "name": "python",
        "version": platform.python_version(),
        "mimetype": "text/x-python",
        "codemirror_mode": {"name": "ipython", "version": 3},
        "pygments_lexer": "ipython3",
        "nbconvert_exporter": "python",
        "file_extension": ".py",
    }


def answers(channel: str, request: Message, sentence: str) -> Iterator[tuple[str, Message]]:
    """Give the messages, by channel, that answer a request."""
    if not request.kind.endswith("_request"):
        return
    content = dict(KNOWN.get(request.kind) or failure(sentence))
    yield "iopub", reply_to(request, "status", {"execution_state": "busy"}, topic=b"kernel.nexus.status")
    if request.kind == "execute_request":
        content["execution_count"] = 0
        yield "iopub", reply_to(request, "error", failure(sentence), topic=b"kernel.nexus.error")
    yield channel, reply_to(request, request.kind.replace("_request", "_reply"), content)
    yield "iopub", reply_to(request, "status", {"execution_state": "idle"}, topic=b"kernel.nexus.status")
