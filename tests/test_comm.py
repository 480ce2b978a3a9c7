"""The bridge against a comm that is held in the hand; the browser tests prove it against a real page."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from nexus_jupyter import comm as comm_module
from nexus_jupyter.comm import Ask, Bridge, working_cell
from nexus_jupyter.errors import QuestionError
from nexus_jupyter.payloads import PROTOCOL, TARGET, FromKernel

CELL = {"id": "a", "cell_type": "markdown", "source": "42", "metadata": {"nexus": {"group": "g", "role": "answer", "state": "proposed"}}}


class Page:
    """The other end of the comm: it keeps what was sent, which has to be of a known shape, and says what a page would say."""

    def __init__(self, fits: Callable[[Any, Any], bool]) -> None:
        self.fits = fits
        self.sent: list[dict[str, Any]] = []
        self.arrived = threading.Condition()
        self.replies: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
        self.opened: tuple[str, dict[str, Any]] | None = None
        self._kernel_hears: Callable[[dict[str, Any]], None] | None = None

    def __call__(self, target_name: str, data: dict[str, Any]) -> Page:
        self.opened = (target_name, data)
        return self

    def on_msg(self, callback: Callable[[dict[str, Any]], None]) -> None:
        self._kernel_hears = callback

    def on_close(self, callback: Callable[[dict[str, Any]], None]) -> None:
        self.closes = callback

    def close(self) -> None:
        self.sent.append({"op": "closed"})

    def send(self, data: dict[str, Any]) -> None:
        assert self.fits(data, FromKernel), f"not a message that the page knows: {data}"
        with self.arrived:
            self.sent.append(data)
            self.arrived.notify_all()
        reply = self.replies.get(data["op"])
        if reply is not None:
            threading.Thread(target=self.say, kwargs=reply(data)).start()

    def say(self, **data: Any) -> None:
        assert self._kernel_hears is not None
        self._kernel_hears({"content": {"data": data}})

    def wait_for(self, op: str, **fields: Any) -> dict[str, Any]:
        def found() -> dict[str, Any] | None:
            return next((m for m in self.sent if m["op"] == op and all(m.get(k) == v for k, v in fields.items())), None)

        with self.arrived:
            assert self.arrived.wait_for(lambda: found() is not None, timeout=10), self.sent
        return found() or {}


class Kernel:
    _supports_kernel_subshells = True

    def __init__(self, metadata: dict[str, Any] | None = None) -> None:
        self._metadata = metadata or {}

    def get_parent(self) -> dict[str, Any]:
        return {"metadata": self._metadata}


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, fits: Callable[[Any, Any], bool]) -> Page:
    page = Page(fits)
    monkeypatch.setattr(comm_module, "_comm_class", lambda: page)
    return page


@pytest.fixture
def bridge_to(page: Page) -> Iterator[Callable[..., Bridge]]:
    opened = []

    def make(*, hello: bool = True, kernel: Kernel | None = None, **handlers: Any) -> Bridge:
        bridge = Bridge(kernel or Kernel(), **handlers)
        bridge.open()
        opened.append(bridge)
        if hello:
            page.say(op="hello", version=PROTOCOL)
        return bridge

    yield make
    for bridge in opened:
        bridge.close()


def test_open_says_the_target_and_the_protocol(page, bridge_to):
    bridge_to(hello=False)
    assert page.opened == (TARGET, {"op": "open", "version": PROTOCOL})


def test_a_hello_is_answered_by_a_welcome_with_the_status(page, bridge_to):
    bridge = bridge_to(status=lambda: {"state": "ready", "sandbox": "A"})
    assert page.sent == [{"op": "welcome", "version": PROTOCOL, "status": {"state": "ready", "sandbox": "A"}}]
    assert bridge.present


def test_a_page_is_waited_for_once(bridge_to, monkeypatch):
    bridge = bridge_to(hello=False)
    waits = []
    monkeypatch.setattr(bridge._hello, "wait", waits.append)
    assert not bridge.present
    assert not bridge.present
    assert waits == [1.0]


@pytest.mark.parametrize(("headless", "subshells"), [(True, True), (False, False)])
def test_nobody_is_waited_for_where_nobody_can_answer(bridge_to, monkeypatch, headless, subshells):
    kernel = Kernel()
    monkeypatch.setattr(kernel, "_supports_kernel_subshells", subshells, raising=False)
    bridge = bridge_to(hello=False, headless=headless, kernel=kernel)
    monkeypatch.setattr(bridge._hello, "wait", lambda _: pytest.fail("waited"))
    assert not bridge.present


def test_nothing_is_sent_to_a_page_that_is_not_there(page, bridge_to):
    bridge = bridge_to(hello=False, headless=True)
    assert not bridge.insert("g", None, [CELL])
    assert not bridge.update("g", [CELL])
    assert not bridge.remove("g")
    assert not bridge.stage("r", "plan", "done")
    assert page.sent == []


def test_the_anchor_is_the_running_cell(bridge_to):
    assert bridge_to(kernel=Kernel({"cellId": "abc"})).anchor == "abc"


@pytest.mark.parametrize("metadata", [{}, {"cellId": 7}, {"cellId": None}])
def test_a_front_end_that_sends_no_cell_gives_no_anchor(bridge_to, metadata):
    assert bridge_to(kernel=Kernel(metadata)).anchor is None


def test_insert_is_true_when_the_page_says_that_the_cells_are_there(page, bridge_to):
    events = []
    bridge = bridge_to(on_group=lambda *event: events.append(event))
    page.replies["insert"] = lambda data: {"op": "inserted", "group": data["group"], "ids": ["a"]}
    assert bridge.insert("g", "abc", [CELL], timeout=10)
    sent = page.wait_for("insert")
    assert sent["anchor"] == "abc"
    assert sent["cells"] == [CELL]
    page.say(op="accepted", group="g")
    page.say(op="removed", group="g")
    assert events[-2:] == [("g", "accepted"), ("g", "removed")]


def test_insert_is_false_when_no_page_has_the_cell(bridge_to):
    assert not bridge_to().insert("g", "abc", [CELL], timeout=0.01)


def test_without_subshells_insert_is_sent_and_not_waited_for(page, bridge_to, monkeypatch):
    kernel = Kernel()
    monkeypatch.setattr(kernel, "_supports_kernel_subshells", False, raising=False)
    assert bridge_to(kernel=kernel).insert("g", "abc", [CELL])
    assert page.wait_for("insert")


def test_a_question_is_answered_off_the_main_thread_and_its_cells_stay_in_the_kernel(page, bridge_to):
    threads = []

    def answer(ask: Ask) -> dict[str, Any]:
        threads.append(threading.current_thread())
        return {"status": "answered", "text": ask.question.upper(), "group": "g", "cells": [CELL]}

    bridge_to(on_ask=answer)
    page.say(op="ask", request="r1", question="mean price", options={})
    message = page.wait_for("answer", request="r1")
    assert message["answer"] == {"status": "answered", "text": "MEAN PRICE", "group": "g", "insertable": True}
    assert threads[0] is not threading.main_thread()
    page.say(op="insert", request="r1", answer="r1")
    assert page.wait_for("insert", request="r1")["cells"] == [CELL]


def test_an_answer_that_is_no_longer_kept_is_said_so(page, bridge_to):
    bridge_to()
    page.say(op="insert", request="old", answer="old")
    sent = page.wait_for("insert")
    assert sent["cells"] == []
    assert "ask again" in sent["error"]


def test_a_second_question_waits_for_the_first_and_says_so(page, bridge_to):
    go_on = threading.Event()

    def answer(ask: Ask) -> dict[str, Any]:
        go_on.wait(10)
        return {"status": "answered", "text": ask.question}

    bridge_to(on_ask=answer)
    page.say(op="ask", request="r1", question="one")
    page.say(op="ask", request="r2", question="two")
    assert page.wait_for("stage", request="r2", state="running")["detail"] == "1 before this one"
    go_on.set()
    page.wait_for("answer", request="r2")
    assert [m["request"] for m in page.sent if m["op"] == "answer"] == ["r1", "r2"]


def test_too_many_questions_are_refused_in_a_sentence(page, bridge_to):
    go_on = threading.Event()
    bridge_to(on_ask=lambda _: go_on.wait(10) and {"status": "answered", "text": ""})
    for number in range(9):
        page.say(op="ask", request=f"r{number}", question="?")
    assert "already waiting" in page.wait_for("answer", request="r8")["answer"]["text"]
    go_on.set()


def test_stop_reaches_the_question_and_nobody_else(page, bridge_to):
    stopped = []

    def answer(ask: Ask) -> dict[str, Any]:
        ask.stopped.wait(10)
        return {"status": "failed", "text": "Stopped."}

    bridge_to(on_ask=answer, on_stop=stopped.append)
    page.say(op="ask", request="r1", question="one")
    page.say(op="stop", request="r1")
    assert page.wait_for("answer", request="r1")["answer"]["status"] == "stopped"
    assert stopped == ["r1"]


def test_a_question_stopped_while_it_waits_never_begins(page, bridge_to):
    begun = []
    go_on = threading.Event()

    def answer(ask: Ask) -> dict[str, Any]:
        begun.append(ask.request)
        go_on.wait(10)
        return {"status": "answered", "text": ""}

    bridge_to(on_ask=answer)
    page.say(op="ask", request="r1", question="one")
    page.say(op="ask", request="r2", question="two")
    page.say(op="stop", request="r2")
    go_on.set()
    assert page.wait_for("answer", request="r2")["answer"]["status"] == "stopped"
    assert begun == ["r1"]


@pytest.mark.parametrize(
    ("error", "text"),
    [(QuestionError("The question is empty."), "The question is empty."), (KeyError("x"), "KeyError")],
)
def test_an_error_becomes_a_sentence_and_the_next_question_is_answered(page, bridge_to, error, text):
    def answer(ask: Ask) -> dict[str, Any]:
        if ask.question == "bad":
            raise error
        return {"status": "answered", "text": "42"}

    bridge_to(on_ask=answer)
    page.say(op="ask", request="r1", question="bad")
    page.say(op="ask", request="r2", question="good")
    assert text in page.wait_for("answer", request="r1")["answer"]["text"]
    assert page.wait_for("answer", request="r2")["answer"]["text"] == "42"


def test_a_kernel_without_questions_says_what_to_do(page, bridge_to):
    bridge_to()
    page.say(op="ask", request="r1", question="one")
    assert "%%nexus" in page.wait_for("answer")["answer"]["text"]


def test_frames_are_listed_and_a_failure_is_a_sentence(page, bridge_to):
    listed = [[{"name": "sales", "flavor": "pandas", "rows": 3, "columns": []}]]
    bridge_to(on_frames=listed.pop)
    page.say(op="frames", request="f1")
    assert page.wait_for("frames", request="f1")["frames"][0]["name"] == "sales"
    page.say(op="frames", request="f2")
    assert "IndexError" in page.wait_for("frames", request="f2")["error"]


@pytest.mark.parametrize("data", [{}, {"op": None}, {"op": "run"}, {"op": "_send"}, {"op": ["hello"]}])
def test_a_message_of_an_unknown_kind_is_ignored(page, bridge_to, data):
    bridge_to()
    before = list(page.sent)
    page.say(**data)
    assert page.sent == before


def test_the_status_is_said_anew_when_asked(page, bridge_to):
    levels = ["A", "starting"]
    bridge_to(status=lambda: {"state": "ready", "sandbox": levels.pop()})
    page.say(op="status")
    assert page.wait_for("status")["status"]["sandbox"] == "A"


def test_a_closed_comm_means_no_page(page, bridge_to):
    bridge = bridge_to()
    page.closes({})
    assert not bridge.present
    assert not bridge.update("g", [CELL])


def test_close_stops_what_is_being_asked(page, bridge_to):
    begun = threading.Event()
    seen = []

    def answer(ask: Ask) -> dict[str, Any]:
        begun.set()
        seen.append(ask.stopped.wait(10))
        return {"status": "failed", "text": "Stopped."}

    bridge = bridge_to(on_ask=answer)
    page.say(op="ask", request="r1", question="one")
    assert begun.wait(10)
    bridge.close()
    bridge._asking._thread.join(10)
    assert seen == [True]


def test_a_working_cell_says_that_it_is_not_an_answer_yet():
    cell = working_cell("g", "Looking …")
    assert cell["metadata"]["nexus"]["state"] == "working"
    assert cell["cell_type"] == "markdown"
