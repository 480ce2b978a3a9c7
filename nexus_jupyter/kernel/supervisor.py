"""The process that Jupyter starts and talks to. It runs no code of a notebook: it starts the kernel behind the wall, watches it, and passes messages.

Every message of the kernel is read, looked at and written anew on its way to the page (`outputs`). When the kernel passes a bound or dies, the
cell that did it fails with a sentence, the cells behind it are called off, and a new kernel is started. Grants are given here, on the control
channel, which the page has and a notebook has not.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import time
from pathlib import Path
from typing import Any

from nexus_jupyter.errors import NexusError
from nexus_jupyter.kernel import alone, grants, reach, scratch
from nexus_jupyter.kernel.bounds import Bounds
from nexus_jupyter.kernel.channels import Outer, serve
from nexus_jupyter.kernel.house import House, sweep
from nexus_jupyter.kernel.life import Life
from nexus_jupyter.kernel.messages import Key, Message, Unreadable, reply_to
from nexus_jupyter.kernel.outputs import passed
from nexus_jupyter.kernel.turns import Turns

__all__ = ["Supervisor"]

TICK_MS = 50
WELCOME_S = 0.5
PATIENCE_S = 5
FAILED_STARTS = 3
HELD = 1000
LOOK_S = 2.0  # of processor time
NEW = " A new one was started; variables are gone."
OURS = frozenset({"shutdown_reply", "interrupt_reply", "nexus_sandbox_reply"})  # a kernel has no say in these


class Supervisor:
    """Serves one connection file with one kernel after the other.

    Parameters
    ----------
    connection
        What the connection file says.
    notebook
        Whom the kernel is for.
    bounds
        What it may use.
    lowest
        The lowest level of isolation that is accepted.
    problem
        Why no kernel can be started, where that is known.
    """

    def __init__(
        self,
        connection: dict[str, Any],
        notebook: reach.Notebook,
        bounds: Bounds,
        *,
        lowest: str = "B",
        problem: str = "",
    ) -> None:
        self.notebook, self.bounds, self.lowest, self.refusal = notebook, bounds, lowest, problem
        self.outer_key, self.inner_key = Key(str(connection["key"]).encode("utf-8")), Key(secrets.token_hex(32).encode("ascii"))
        sweep()
        self.house = House.build()
        self.outer = Outer(connection)
        self.turns = Turns()
        self.life: Life | None = None
        self.granted: tuple[str, ...] = ()
        self.level = ""
        self.missing: tuple[str, ...] = ()
        self.over = False
        self._held: list[tuple[str, Message]] = []
        self._failed = 0
        self._untold = ""
        self._parent = os.getppid()

    # --- life ---------------------------------------------------------------------------------------------------------
    def run(self) -> None:
        """Serve until the kernel is shut down."""
        signal.signal(signal.SIGINT, lambda *_: self.interrupt())
        signal.signal(signal.SIGVTALRM, _too_slow)
        for one in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(one, lambda *_: setattr(self, "over", True))
        try:
            self.start()
            while not self.over:
                self._step()
        finally:
            self._end()
            self.outer.close()
            self.house.tear_down()

    def start(self) -> None:
        """Start a kernel, with what is granted now."""
        if not self.refusal:
            try:
                self.granted = grants.granted(self.notebook.path, self.notebook.folder)
                self.life = Life(
                    self.house,
                    self.notebook,
                    self.bounds,
                    key=self.inner_key,
                    lowest=self.lowest,
                    granted=self.granted,
                )
            except (NexusError, OSError) as error:
                self._refuse(f"The sandboxed kernel cannot be started: {error}")
        self.house.tell(self.state())

    def state(self) -> dict[str, Any]:
        """Say what runs, what holds and what is granted."""
        return {
            "notebook": self.notebook.path,
            "folder": self.notebook.folder,
            "granted": list(self.granted),
            "scratch": str(self.house.scratch),
            "level": self.level,
            "missing": list(self.missing),
            "memory_mb": self.bounds.memory_mb,
            "problem": self.refusal,
        }

    def interrupt(self) -> None:
        """Interrupt the cell that runs."""
        if self.life is not None:
            self.life.interrupt()

    def _step(self) -> None:
        import zmq

        life = self.life
        poller = zmq.Poller()
        for one in (*self.outer.sockets.values(), *(life.inner.sockets.values() if life and life.inner else ())):
            poller.register(one, zmq.POLLIN)
        for file in (life.door, life.stderr) if life else ():
            if file is not None:
                poller.register(file, zmq.POLLIN)
        events = dict(poller.poll(TICK_MS))
        if life is not None:
            if events.get(life.stderr.fileno()):
                life.hear()
            if life.inner is not None:
                serve(life.inner.sockets, events, self._from_kernel)
            if life.door is not None and events.get(life.door.fileno()):
                self._at_door(life)
        serve(self.outer.sockets, events, self._from_page)  # from here on the kernel may be another one
        self._look()

    def _at_door(self, life: Life) -> None:
        said = life.answer_door(self.outer.context)
        if said:
            self.level, self.missing = life.level, life.missing
            self.house.tell(self.state())
        if said == "refused":
            self._refuse(
                f"There is no wall for this kernel here (level {self.level}; missing: {'; '.join(self.missing)}), so it was not started. Use "
                "another kernel for notebooks that you trust, or allow reduced isolation in the settings (docs/security.md)."
            )

    def _look(self) -> None:
        """Look after the kernel: whether it lives, and within its bounds."""
        if os.getppid() != self._parent:
            self.over = True
        now = time.monotonic()
        if self.life is None:
            return
        if self.life.ready_at and not self.life.listening and now - self.life.ready_at > WELCOME_S:
            self._listen()
        reason = self.life.over(now) or self._too_long(now)
        if reason:
            self._ended(reason)

    def _too_long(self, now: float) -> str:
        """Interrupt a cell that runs too long; say so when that did not help."""
        limit, running = self.bounds.cell_s, self.turns.running_s(now)
        if not limit or running <= limit:
            return ""
        if running > limit + PATIENCE_S:
            return f"A cell ran longer than {limit:g} seconds, did not stop when it was interrupted, and its kernel was ended."
        if not self.turns.warned:
            self.turns.warned = True
            text = f"The Nexus sandbox interrupts a cell that runs longer than {limit:g} seconds.\n"
            self._tell("stream", {"name": "stderr", "text": text}, self.turns.first)
            self.interrupt()
        return ""

    def _ended(self, reason: str) -> None:
        """Fail the cell that ran, say why, and start anew; a kernel that cannot even start is not tried for ever."""
        life = self.life
        assert life is not None
        self._failed = 0 if life.ready_at else self._failed + 1
        self._end()
        if self._failed >= FAILED_STARTS:
            self._refuse(f"The sandboxed kernel cannot be started. {reason} {life.last_words}".strip())
            return
        self._untold = "" if self.turns.first else reason + NEW
        for channel, message in self.turns.fail(reason + NEW):
            self._send(channel, message)
        self._tell("status", {"execution_state": "restarting"})
        self.start()

    def _end(self) -> None:
        if self.life is not None:
            self.life.end()
        self.life = None

    def _refuse(self, sentence: str) -> None:
        """Go on without a kernel: every cell fails with the sentence."""
        self._end()
        self.refusal = sentence
        self.house.tell(self.state())
        for channel, message in self.turns.fail(sentence):
            self._send(channel, message)
        held, self._held = self._held, []
        for channel, message in held:
            self._answer_alone(channel, message)

    # --- messages -----------------------------------------------------------------------------------------------------
    def _from_page(self, channel: str, frames: list[bytes]) -> None:
        if channel == "iopub":
            if frames and frames[0][:1] == b"\x01":
                topic = frames[0][1:]
                self._tell("iopub_welcome", {"subscription": topic.decode("utf-8", "replace")}, topic=topic)
            return
        try:
            message = Message.read(frames, self.outer_key)
        except Unreadable:
            return
        match message.kind:
            case "shutdown_request":
                restart = bool(message.body().get("restart"))
                self._send(channel, reply_to(message, "shutdown_reply", {"status": "ok", "restart": restart}))
                self.over = True
            case "interrupt_request":
                self.interrupt()
                self._send(channel, reply_to(message, "interrupt_reply", {"status": "ok"}))
            case "nexus_sandbox_request" if channel == "control":
                self._send(channel, reply_to(message, "nexus_sandbox_reply", self._do(message.body())))
            case "usage_request":  # the kernel cannot see what it uses
                used = {"kernel_memory": int(self.life.watch.held_mb) << 20 if self.life else 0, "kernel_cpu": None}
                self._send(channel, reply_to(message, "usage_reply", used))
            case "debug_request":
                self._send(channel, reply_to(message, "debug_reply", {"status": "error", "success": False}))
            case _ if self.refusal:
                self._answer_alone(channel, message)
            case _ if self.life is not None and self.life.listening:
                self._forward(channel, message)
            case _:
                self._held = [*self._held, (channel, message)][-HELD:]

    def _forward(self, channel: str, message: Message) -> None:
        if channel == "shell" and message.kind == "execute_request":
            self.turns.begin(message)
            if self._untold:  # it ended between two cells, so the next one says why
                self._tell("stream", {"name": "stderr", "text": f"{self._untold}\n"}, message)
                self._untold = ""
        if self.life is not None and self.life.inner is not None:
            self.life.inner.sockets[channel].send_multipart(message.frames(self.inner_key))

    def _listen(self) -> None:
        """Pass on what came while the kernel started: its outputs are heard from here on."""
        assert self.life is not None
        self.life.listening = True
        self._tell("status", {"execution_state": "idle"})
        held, self._held = self._held, []
        for channel, message in held:
            self._forward(channel, message)

    def _from_kernel(self, channel: str, frames: list[bytes]) -> None:
        parent = self.turns.first.header if self.turns.first else {}
        try:
            message = Message.read(frames, self.inner_key)
            parent = message.parent
            if channel == "iopub" and message.kind == "iopub_welcome":
                self._listen()
                return
            found = None if message.kind in OURS else _looked_at(message, channel)
        except (Unreadable, RecursionError, TypeError, ValueError, AttributeError) as error:  # made by hand, or too much
            if channel == "iopub":
                note = reply_to(
                    None, "stream", {"name": "stderr", "text": f"The Nexus sandbox left out an output: {error}.\n"}, topic=b"stream"
                )
                note.parent = parent
                self._send("iopub", note)
            return
        if found is None:
            return
        if channel == "shell" and found.kind == "execute_reply":
            self.turns.end(found.answers)
        described = found.kind == "kernel_info_reply"
        if described:
            self._describe(found.body())
        self._send(channel, found)
        if described:  # a page that connects anew takes no state from the answer to this question
            self._tell("status", {"execution_state": "busy" if self.turns.first else "idle"})

    def _describe(self, content: dict[str, Any]) -> None:
        """Have the kernel's description say what holds it; its own words on that are overwritten."""
        missing = f" (without {'; '.join(self.missing)})" if self.missing else ""
        held = self.refusal or f"Nexus sandbox, level {self.level}{missing}."
        content["banner"] = f"{str(content.get('banner', '')).rstrip()}\n{held}\n".lstrip()
        content |= {"nexus_sandbox": self.state(), "help_links": [], "language_info": alone.language()}

    def _send(self, channel: str, message: Message) -> None:
        with contextlib.suppress(Exception):  # a page that went away
            self.outer.sockets[channel].send_multipart(message.frames(self.outer_key))

    def _tell(self, kind: str, content: dict[str, Any], parent: Message | None = None, topic: bytes | None = None) -> None:
        self._send("iopub", reply_to(parent, kind, content, topic=f"kernel.nexus.{kind}".encode() if topic is None else topic))

    def _answer_alone(self, channel: str, request: Message) -> None:
        for where, message in alone.answers(channel, request, self.refusal):
            if message.kind == "kernel_info_reply":
                self._describe(message.body())
            self._send(where, message)

    # --- what the user asks of the sandbox ----------------------------------------------------------------------------
    def _do(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Do what the page asks, which is what the user confirmed there; a notebook cannot send this."""
        try:
            match wanted.get("op"):
                case "change":
                    self._change(_texts(wanted.get("grant")), _texts(wanted.get("revoke")))
                case "save":
                    saved, files = scratch.save(self.house.scratch, Path(self.notebook.folder), name=Path(self.notebook.path).stem)
                    return {"status": "ok", "saved": str(saved), "files": files, **self.state()}
        except (NexusError, OSError) as error:
            return {"status": "error", "ename": type(error).__name__, "evalue": str(error), "traceback": [], **self.state()}
        return {"status": "ok", **self.state()}

    def _change(self, grant: list[str], revoke: list[str]) -> None:
        """Start the kernel anew with what is granted from now on: a wall that stands cannot be widened."""
        if grant:
            grants.add(self.notebook.place, [str(Path(self.notebook.folder) / Path(path).expanduser()) for path in grant])
        if revoke:
            grants.remove(self.notebook.place, revoke)
        self._end()
        self.refusal = ""
        for channel, message in self.turns.fail("The kernel was started anew, as what it may read was changed."):
            self._send(channel, message)
        self._tell("status", {"execution_state": "starting"})
        self.start()


def _looked_at(message: Message, channel: str) -> Message | None:
    """Look at a message, for a while only: text can be made so that it takes for ever to read."""
    signal.setitimer(signal.ITIMER_VIRTUAL, LOOK_S)
    try:
        return passed(message, channel)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _too_slow(*_: object) -> None:
    raise Unreadable("it takes too long to look at")


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str) and item] if isinstance(value, list) else []
