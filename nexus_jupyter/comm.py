"""The live kernel's door for the front end: one comm, JSON messages that carry an ``op``.

The wire contract is `nexus_jupyter.payloads`; messages of an unknown ``op`` are ignored.

A cell is an nbformat 4.5 dictionary whose ``metadata.nexus`` holds ``group``, ``role`` (``answer`` or ``code``), ``state``
(``working``, ``proposed`` or ``accepted``), ``accept`` and ``version``. Cells that are ``working`` never enter the undo history of the notebook and are
taken out when the kernel goes away, so that no half answer stays behind.
"""

from __future__ import annotations

import queue
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from nexus_jupyter.errors import NexusError
from nexus_jupyter.payloads import PROTOCOL, TARGET, Cell

__all__ = ["PROTOCOL", "TARGET", "Ask", "Bridge", "working_cell"]

_REMEMBERED: Final = 50
_WAITING: Final = 8


class Kernel(Protocol):
    """What the bridge needs of an IPython kernel."""

    def get_parent(self) -> Mapping[str, Any]:
        """Give the message that is being worked on."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question from the sidebar, and how to hear that the user wants it stopped."""

    request: str
    question: str
    options: Mapping[str, Any] = field(default_factory=dict)
    stopped: threading.Event = field(default_factory=threading.Event)


def working_cell(group: str, text: str) -> Cell:
    """Give the Markdown cell that stands for a group while its answer is being worked out."""
    return {
        "id": uuid.uuid4().hex[:8],
        "cell_type": "markdown",
        "source": text,
        "metadata": {"nexus": {"group": group, "role": "answer", "state": "working", "version": 1}},
    }


class _Line:
    """A daemon thread that does one thing after the other; it starts with the first one."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def put(self, job: Callable[[], None]) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()
        self._jobs.put(job)

    def close(self) -> None:
        self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


class Bridge:
    """Keeps the comm of one kernel: tells the page what to insert and hands the page's wishes to the session.

    The handlers are called on threads of the bridge, never on the kernel's main thread, so the user's running cell is not disturbed:
    questions one after the other on one thread, the frames on another.

    Parameters
    ----------
    kernel
        The running ``ipykernel`` kernel, ``get_ipython().kernel``.
    on_ask
        Answers a question of the sidebar with the fields of ``answer``; its ``cells`` and ``group`` are kept for *Insert*.
    on_frames
        Lists the frames: ``name, flavor, rows, columns`` with ``name, kind, role, missing, distinct`` each.
    on_stop
        Is told the request that is to stop, besides `Ask.stopped` being set. It runs on the comm's own thread: be quick.
    on_group
        Is told ``(group, "inserted" | "accepted" | "removed")``.
    status
        Gives what the status bar says: ``state``, ``sandbox``, ``engine``.
    headless
        True where no page will ever come: never wait for one.
    wait
        Seconds to wait for a page, once.
    """

    def __init__(
        self,
        kernel: Kernel,
        *,
        on_ask: Callable[[Ask], Mapping[str, Any]] | None = None,
        on_frames: Callable[[], Sequence[Mapping[str, Any]]] | None = None,
        on_stop: Callable[[str], None] | None = None,
        on_group: Callable[[str, str], None] | None = None,
        status: Callable[[], Mapping[str, Any]] | None = None,
        headless: bool = False,
        wait: float = 1.0,
    ) -> None:
        self._kernel = kernel
        self._on_ask = on_ask
        self._on_frames = on_frames
        self._on_stop = on_stop
        self._on_group = on_group
        self._status = status
        self._headless = headless
        self._wait = wait
        self._comm: Any = None
        self._hello = threading.Event()
        self._waited = False
        self._lock = threading.RLock()
        self._acks: dict[str, threading.Event] = {}
        self._asks: OrderedDict[str, Ask] = OrderedDict()
        self._answers: OrderedDict[str, tuple[str, list[Cell]]] = OrderedDict()
        self._asking = _Line("nexus-ask")
        self._looking = _Line("nexus-frames")

    def open(self) -> None:
        """Open the comm; a page that is there, or comes later, says hello on it."""
        if self._comm is not None:
            return
        comm = _comm_class()(target_name=TARGET, data={"op": "open", "version": PROTOCOL})
        comm.on_msg(self._receive)
        comm.on_close(lambda _message: self._forget())
        self._comm = comm

    def close(self) -> None:
        """Close the comm and stop the questions of the sidebar."""
        with self._lock:
            asks = list(self._asks.values())
        for ask in asks:
            ask.stopped.set()
        self._asking.close()
        self._looking.close()
        comm, self._comm = self._comm, None
        self._hello.clear()
        if comm is not None:
            comm.close()

    @property
    def present(self) -> bool:
        """Whether a page has said hello; the first call waits for it, but only once and at most a second."""
        if self._comm is None:
            return False
        if not self._hello.is_set() and not self._waited and not self._headless and self._subshells:
            self._waited = True
            self._hello.wait(self._wait)
        return self._hello.is_set()

    @property
    def anchor(self) -> str | None:
        """The id of the cell that is running, where the front end sends it."""
        found = self._kernel.get_parent().get("metadata", {}).get("cellId")
        return found if isinstance(found, str) else None

    @property
    def _subshells(self) -> bool:
        return bool(getattr(self._kernel, "_supports_kernel_subshells", False))

    def insert(self, group: str, anchor: str | None, cells: Sequence[Cell], *, request: str = "", timeout: float = 1.0) -> bool:
        """Insert the cells of a group below the cell `anchor`; true if the page said that they are there.

        Where the kernel cannot hear the page while a cell runs, the insertion happens without an answer, and true means sent.
        """
        if not self.present:
            return False
        if not self._subshells or timeout <= 0:
            return self._send("insert", request=request, group=group, anchor=anchor, cells=list(cells))
        ack = self._acks.setdefault(group, threading.Event())
        try:
            return self._send("insert", request=request, group=group, anchor=anchor, cells=list(cells)) and ack.wait(timeout)
        finally:
            self._acks.pop(group, None)

    def update(self, group: str, cells: Sequence[Cell]) -> bool:
        """Put these cells in place of the group's cells; true if it was sent."""
        return self._hello.is_set() and self._send("update", group=group, cells=list(cells))

    def remove(self, group: str) -> bool:
        """Take the group's cells out of the notebook, whatever their state; true if it was sent."""
        return self._hello.is_set() and self._send("remove", group=group)

    def stage(self, request: str, stage: str, state: str, *, ms: float | None = None, detail: str = "", question: str = "") -> bool:
        """Tell the page that a stage of a run is ``running``, ``done`` or ``failed``."""
        took = None if ms is None else round(ms, 1)
        return self._hello.is_set() and self._send(
            "stage", request=request, stage=stage, state=state, ms=took, detail=detail, question=question
        )

    def answer(self, request: str, answer: Mapping[str, Any]) -> bool:
        """Tell the page the answer; ``group`` and ``cells`` stay here until the user presses *Insert*."""
        shown = dict(answer)
        cells = shown.pop("cells", None)
        if cells:
            group = str(shown.setdefault("group", request))
            with self._lock:
                self._answers[request] = (group, [dict(cell) for cell in cells])
                while len(self._answers) > _REMEMBERED:
                    self._answers.popitem(last=False)
        shown["insertable"] = bool(cells)
        return self._hello.is_set() and self._send("answer", request=request, answer=shown)

    def tell_status(self) -> bool:
        """Send the status anew."""
        return self._hello.is_set() and self._send("status", status=self._current_status())

    def tell_frames(self, request: str = "") -> None:
        """Send the frames anew, on the bridge's own thread."""
        if self._on_frames is not None:
            self._looking.put(lambda: self._list_frames(request))

    def _send(self, op: str, **fields: Any) -> bool:
        comm = self._comm
        if comm is None:
            return False
        with self._lock:
            comm.send({"op": op, **fields})
        return True

    def _forget(self) -> None:
        self._comm = None
        self._hello.clear()

    def _current_status(self) -> dict[str, Any]:
        return dict(self._status()) if self._status is not None else {"state": "ready"}

    def _receive(self, message: Mapping[str, Any]) -> None:
        data = message.get("content", {}).get("data", {})
        if not isinstance(data, Mapping):
            return
        handler = getattr(self, f"_on_{data.get('op')}_message", None)
        if handler is not None:
            handler(data)

    def _on_hello_message(self, _data: Mapping[str, Any]) -> None:
        self._hello.set()
        self._send("welcome", version=PROTOCOL, status=self._current_status())

    def _on_inserted_message(self, data: Mapping[str, Any]) -> None:
        group = str(data.get("group", ""))
        ack = self._acks.get(group)
        if ack is not None:
            ack.set()
        self._group_changed(group, "inserted")

    def _on_accepted_message(self, data: Mapping[str, Any]) -> None:
        self._group_changed(str(data.get("group", "")), "accepted")

    def _on_removed_message(self, data: Mapping[str, Any]) -> None:
        self._group_changed(str(data.get("group", "")), "removed")

    def _group_changed(self, group: str, event: str) -> None:
        if self._on_group is not None and group:
            self._on_group(group, event)

    def _on_frames_message(self, data: Mapping[str, Any]) -> None:
        self.tell_frames(str(data.get("request", "")))

    def _on_status_message(self, _data: Mapping[str, Any]) -> None:
        self.tell_status()

    def _on_insert_message(self, data: Mapping[str, Any]) -> None:
        request = str(data.get("request", ""))
        kept = self._answers.get(request)
        if kept is None:
            self._send("insert", request=request, group="", anchor=None, cells=[], error="This answer is no longer kept; ask again.")
            return
        group, cells = kept
        self._send("insert", request=request, group=group, anchor=None, cells=cells)

    def _on_stop_message(self, data: Mapping[str, Any]) -> None:
        request = str(data.get("request", ""))
        ask = self._asks.get(request)
        if ask is not None:
            ask.stopped.set()
        if self._on_stop is not None:
            self._on_stop(request)

    def _on_ask_message(self, data: Mapping[str, Any]) -> None:
        options = data.get("options")
        ask = Ask(
            request=str(data.get("request", "")),
            question=str(data.get("question", "")),
            options=dict(options) if isinstance(options, Mapping) else {},
        )
        if self._on_ask is None:
            self.answer(ask.request, _failed("This kernel takes no questions from the sidebar; ask with %%nexus in a cell."))
            return
        with self._lock:
            ahead = len(self._asks)
            if ahead < _WAITING:
                self._asks[ask.request] = ask
        if ahead >= _WAITING:
            self.answer(ask.request, _failed(f"{_WAITING} questions are already waiting; wait for one or stop one, then ask again."))
            return
        if ahead:
            self.stage(ask.request, "waiting", "running", detail=f"{ahead} before this one")
        self._asking.put(lambda: self._answer_one(ask, waited=bool(ahead)))

    def _answer_one(self, ask: Ask, *, waited: bool) -> None:
        try:
            if waited:
                self.stage(ask.request, "waiting", "done")
            if ask.stopped.is_set() or self._on_ask is None:
                answer: Mapping[str, Any] = _failed("Stopped before it began.", status="stopped")
            else:
                answer = self._on_ask(ask)
                if ask.stopped.is_set() and answer.get("status") != "answered":
                    answer = {**answer, "status": "stopped"}
        except NexusError as error:
            answer = _failed(str(error))
        except Exception as error:  # noqa: BLE001 - the edge of a thread: the page must hear of it, and the thread must live on
            answer = _failed(f"The question could not be answered: {type(error).__name__}: {error}")
        finally:
            with self._lock:
                self._asks.pop(ask.request, None)
        self.answer(ask.request, answer)

    def _list_frames(self, request: str) -> None:
        frames: Sequence[Mapping[str, Any]] = ()
        problem = ""
        try:
            frames = self._on_frames() if self._on_frames is not None else ()
        except Exception as error:  # noqa: BLE001 - the edge of a thread, as above
            problem = f"The frames could not be listed: {type(error).__name__}: {error}"
        self._send("frames", request=request, frames=[dict(frame) for frame in frames], error=problem)


def _failed(text: str, *, status: str = "failed") -> dict[str, Any]:
    return {"status": status, "text": text}


def _comm_class() -> Any:
    """Give the comm class whose replies come on the comm's own thread, also while a cell runs."""
    from ipykernel.comm import Comm

    class BridgeComm(Comm):  # type: ignore[misc,unused-ignore]
        """A comm that the page can answer while the main thread is busy."""

        def __init__(self, target_name: str, data: dict[str, Any]) -> None:
            super().__init__(target_name, data=data, show_warning=False)

        def _reply_subshell_for(self, _data: object, default: object) -> object:  # ipykernel 7.4 asks this; others never call it
            return default

    return BridgeComm
