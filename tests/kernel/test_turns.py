"""Which cell is told."""

from __future__ import annotations

from nexus_jupyter.kernel.messages import Message
from nexus_jupyter.kernel.turns import Turns


def cell(name):
    return Message([b"page"], {"msg_type": "execute_request", "msg_id": name}, {})


def test_the_first_cell_fails_with_the_sentence_and_the_others_are_called_off():
    turns = Turns()
    for name in "abc":
        turns.begin(cell(name))
    turns.end("a")
    said = [(channel, m.kind, m.answers, m.content.get("status")) for channel, m in turns.fail("It ended.")]
    assert said == [
        ("iopub", "error", "b", "error"),
        ("shell", "execute_reply", "b", "error"),
        ("iopub", "status", "b", None),
        ("shell", "execute_reply", "c", "aborted"),
        ("iopub", "status", "c", None),
    ]
    assert list(turns.fail("again")) == []
    assert turns.running_s(1e9) == 0
