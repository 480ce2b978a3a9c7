"""The process that Jupyter starts and talks to. It runs no code of a notebook: it starts the kernel behind the wall, watches it, and passes messages.

Every message of the kernel is read, looked at and written anew on its way to the page (`outputs`). When the kernel passes a bound or dies, the
cell that did it fails with a sentence, the cells behind it are called off, and a new kernel is started. Grants are given here, on the control
channel, which the page has and a notebook has not.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from nexus_jupyter.errors import NexusError
from nexus_jupyter.kernel import grants, reach, scratch
from nexus_jupyter.kernel.bounds import Bounds
from nexus_jupyter.kernel.channels import Inner, Outer, serve
from nexus_jupyter.kernel.house import House, sweep
from nexus_jupyter.kernel.messages import Key, Message, Unreadable, reply_to
from nexus_jupyter.kernel.outputs import passed
from nexus_jupyter.kernel.turns import Turns, failure
from nexus_jupyter.kernel.watchdog import Watchdog
from nexus_jupyter.sandbox import pool

__all__ = ["Supervisor"]

TICK_MS = 50
START_S = 90
WELCOME_S = 0.5
FAILED_STARTS = 3
ZYGOTES = 20
TAIL = 4096
SIGNALS = {-11: "it crashed", -6: "it aborted", -9: "it was killed; often the system's memory ran out", -24: "it used up its processor time"}
NEW = " A new one was started; variables are gone."
SHELL_ANSWERS: dict[str, dict[str, Any]] = {
    "comm_info_request": {"status": "ok", "comms": {}},
    "history_request": {"status": "ok", "history": []},
}


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
        self.notebook, self.bounds, self.lowest = notebook, bounds, lowest
        self.outer_key, self.inner_key = Key(str(connection["key"]).encode("utf-8")), Key(secrets.token_hex(32).encode("ascii"))
        sweep()
        self.house = House.build()
        self.outer = Outer(connection)
        self.turns = Turns()
        self.inner: Inner | None = None
        self.child: subprocess.Popen[bytes] | None = None
        self.workers: subprocess.Popen[bytes] | None = None
        self.watch: Watchdog | None = None
        self.door: socket.socket | None = None
        self.granted: tuple[str, ...] = ()
        self.level, self.missing, self.refusal = "", (), problem
        self.over = False
        self._held: list[tuple[str, Message]] = []
        self._started = self._ready = 0.0
        self._listening = False
        self._failed = self._asked = 0
        self._said = b""
        self._parent = os.getppid()

    # --- life ---------------------------------------------------------------------------------------------------------
    def run(self) -> None:
        """Serve until the kernel is shut down."""
        signal.signal(signal.SIGINT, lambda *_: self.interrupt())
        for one in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(one, lambda *_: setattr(self, "over", True))
        try:
            if self.refusal:
                self._refuse(self.refusal)
            else:
                self.start()
            while not self.over:
                self._step()
        finally:
            self._end()
            self.outer.close()
            self.house.tear_down()

    def start(self) -> None:
        """Start a kernel, with what is granted now."""
        room = self.house.room()
        try:
            self.granted = grants.granted(self.notebook.path, self.notebook.folder)
        except NexusError as error:
            self._refuse(str(error))
            return
        given = reach.orders(
            notebook=self.notebook,
            house=self.house,
            room=room,
            key=self.inner_key.secret.decode("ascii"),
            bounds=self.bounds,
            lowest=self.lowest,
            granted=self.granted,
        )
        mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.child = subprocess.Popen(
            reach.command(theirs.fileno()),
            env=reach.environment(room),
            cwd=self.notebook.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        assert self.child.stderr is not None
        os.set_blocking(self.child.stderr.fileno(), False)
        mine.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        mine.send(json.dumps(given).encode())
        self.door, self._place = mine, given["channels"]
        self.watch = Watchdog(self.child.pid, self.house.scratch, self.bounds)
        self._started, self._ready, self._listening, self._asked, self._said = time.monotonic(), 0.0, False, 0, b""
        self.house.tell(self.state())

    def state(self) -> dict[str, Any]:
        """Say what runs, what holds and what is granted."""
        return {
            "pid": os.getpid(),
            "kernel": self.child.pid if self.child else 0,
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
        if self.child is not None and self._ready and self.child.poll() is None:
            self.child.send_signal(signal.SIGINT)

    def _step(self) -> None:
        import zmq

        poller = zmq.Poller()
        for one in (*self.outer.sockets.values(), *(self.inner.sockets.values() if self.inner else ())):
            poller.register(one, zmq.POLLIN)
        stderr = self.child.stderr if self.child else None
        for file in (self.door, stderr):
            if file is not None:
                poller.register(file, zmq.POLLIN)
        events = dict(poller.poll(TICK_MS))
        serve(self.outer.sockets, events, self._from_page)
        if self.inner is not None:
            serve(self.inner.sockets, events, self._from_kernel)
        if self.door is not None and events.get(self.door.fileno()):
            self._at_door()
        if stderr is not None and events.get(stderr.fileno()):
            self._said = (self._said + (stderr.read(1 << 16) or b""))[-TAIL:]
        self._look()

    def _look(self) -> None:
        """Look after the kernel: whether it lives, and within its bounds."""
        if os.getppid() != self._parent:
            self.over = True
        now = time.monotonic()
        if self._ready and not self._listening and now - self._ready > WELCOME_S:
            self._welcomed()
        if self.child is None or self.watch is None:
            return
        reason = self.watch.look()
        limit = self.bounds.cell_s
        running = self.turns.running_s(now)
        if not reason and limit and running > limit:
            if running > limit + 5:
                reason = f"A cell ran longer than {limit:g} seconds, did not stop when it was interrupted, and its kernel was ended."
            elif not self.turns.warned:
                self.turns.warned = True
                self.interrupt()
        if not reason and not self._ready and now - self._started > START_S:
            reason = f"The kernel did not start within {START_S} seconds."
        status = self.child.poll()
        if reason or status is not None:
            self._ended(reason or f"The kernel's process ended: {SIGNALS.get(status or 0, f'its exit status was {status}')}.")

    def _ended(self, reason: str) -> None:
        """Fail the cell that ran, say why, and start anew; a kernel that cannot even start is not tried for ever."""
        self._failed = 0 if self._ready else self._failed + 1
        said = self._said.decode("utf-8", "replace").strip()
        self._end()
        for channel, message in self.turns.fail(reason + NEW):
            self._send(channel, message)
        if self._failed >= FAILED_STARTS:
            last = "".join(c for c in said.splitlines()[-1] if c.isprintable())[:500] if said else ""
            self._refuse(f"The sandboxed kernel cannot be started. {reason} {last}".strip())
            return
        self._tell("status", {"execution_state": "restarting"})
        self.start()

    def _end(self) -> None:
        """End the kernel and what it had; nothing of it goes on."""
        for process in (self.child, self.workers):
            if process is not None:
                with contextlib.suppress(OSError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                if process.stderr is not None:
                    process.stderr.close()
        if self.inner is not None:
            self.inner.close()
        if self.door is not None:
            self.door.close()
        self.child = self.workers = self.watch = self.inner = self.door = None

    def _refuse(self, sentence: str) -> None:
        """Go on without a kernel: every cell fails with the sentence."""
        self._end()
        self.refusal = sentence
        self.house.tell(self.state())
        held, self._held = self._held, []
        for channel, message in held:
            self._answer_alone(channel, message)

    # --- the door -----------------------------------------------------------------------------------------------------
    def _at_door(self) -> None:
        assert self.door is not None
        try:
            said = self.door.recv(1 << 16)
        except OSError:
            said = b""
        if not said:
            self.door.close()
            self.door = None
        elif said == b"zygotes":
            self._give_zygotes()
        elif not self._ready:  # said before the first line of a notebook runs; later words are the notebook's
            told = json.loads(said)
            self.level, self.missing = str(told["level"]), tuple(map(str, told["missing"]))
            if told["event"] == "ready":
                self._ready = time.monotonic()
                self.inner = Inner(self.outer.context, self._place)
                self.house.tell(self.state())
            else:
                missing = "; ".join(self.missing)
                self._refuse(
                    f"There is no wall for this kernel here (level {self.level}; missing: {missing}), so it was not started. Use another "
                    "kernel for notebooks that you trust, or allow reduced isolation in the settings (docs/security.md)."
                )

    def _give_zygotes(self) -> None:
        assert self.door is not None
        self._asked += 1
        if self._asked > ZYGOTES:
            self.door.send(b"no")
            return
        if self.workers is not None:
            with contextlib.suppress(OSError):
                os.killpg(self.workers.pid, signal.SIGKILL)
            self.workers.wait()
        self.workers, boxes = pool.launch()
        if self.watch is not None and self.workers is not None:
            self.watch.workers = self.workers.pid
        with contextlib.suppress(OSError):
            socket.send_fds(self.door, [b"zygotes"], [box.fileno() for box in boxes.values()])
        for box in boxes.values():
            box.close()

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
            case "debug_request":
                self._send(channel, reply_to(message, "debug_reply", {"status": "error", "success": False}))
            case _ if self.refusal:
                self._answer_alone(channel, message)
            case _ if self._listening:
                self._forward(channel, message)
            case _:
                self._held.append((channel, message))

    def _forward(self, channel: str, message: Message) -> None:
        assert self.inner is not None
        if channel == "shell" and message.kind == "execute_request":
            self.turns.begin(message)
        self.inner.sockets[channel].send_multipart(message.frames(self.inner_key))

    def _welcomed(self) -> None:
        """Pass on what came while the kernel started: its outputs are heard from here on."""
        self._listening, self._failed = True, 0
        held, self._held = self._held, []
        for channel, message in held:
            self._forward(channel, message)

    def _from_kernel(self, channel: str, frames: list[bytes]) -> None:
        try:
            message = Message.read(frames, self.inner_key)
            if message.kind == "iopub_welcome":
                self._welcomed()
                return
            found = passed(message) if message.kind not in {"shutdown_reply", "nexus_sandbox_reply"} else None
        except (Unreadable, RecursionError, TypeError, ValueError, AttributeError):
            return  # made by hand, to upset us
        if found is None:
            return
        if channel == "shell" and found.kind == "execute_reply":
            self.turns.end(found.answers)
        if found.kind == "kernel_info_reply":
            self._describe(found.body())
        self._send(channel, found)

    def _describe(self, content: dict[str, Any]) -> None:
        """Have the kernel's description say what holds it; its own words on that are overwritten."""
        state = self.state()
        missing = f" (without {'; '.join(self.missing)})" if self.missing else ""
        content["banner"] = f"{str(content.get('banner', '')).rstrip()}\nNexus sandbox, level {self.level}{missing}.\n"
        content["nexus_sandbox"] = {k: state[k] for k in ("level", "missing", "granted", "notebook", "folder", "scratch", "memory_mb", "problem")}

    def _send(self, channel: str, message: Message) -> None:
        with contextlib.suppress(Exception):  # a page that went away
            self.outer.sockets[channel].send_multipart(message.frames(self.outer_key))

    def _tell(self, kind: str, content: dict[str, Any], parent: Message | None = None, topic: bytes = b"") -> None:
        self._send("iopub", reply_to(parent, kind, content, topic=topic or f"kernel.nexus.{kind}".encode()))

    def _answer_alone(self, channel: str, message: Message) -> None:
        """Answer without a kernel."""
        if not message.kind.endswith("_request"):
            return
        self._tell("status", {"execution_state": "busy"}, message)
        content: dict[str, Any] = failure(self.refusal)
        if message.kind == "kernel_info_request":
            content = {"status": "ok", "protocol_version": "5.4", "implementation": "nexus", "implementation_version": "1", "help_links": []}
            content |= {"language_info": {"name": "python", "version": "3", "mimetype": "text/x-python", "file_extension": ".py"}}
            content["banner"] = self.refusal
            self._describe(content)
        elif message.kind == "execute_request":
            self._tell("error", failure(self.refusal), message)
            content["execution_count"] = 0
        reply = reply_to(message, message.kind.replace("_request", "_reply"), SHELL_ANSWERS.get(message.kind, content))
        self._send(channel, reply)
        self._tell("status", {"execution_state": "idle"}, message)

    # --- what the user asks of the sandbox ----------------------------------------------------------------------------
    def _do(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Do what the page asks, which is what the user confirmed there; a notebook cannot send this."""
        path = str(wanted.get("path", ""))
        try:
            match wanted.get("op"):
                case "grant":
                    grants.add(self.notebook.place, [os.path.join(self.notebook.folder, Path(path).expanduser())])  # noqa: PTH118 - keeps an absolute path
                    self._anew()
                case "revoke":
                    grants.remove(self.notebook.place, [path])
                    self._anew()
                case "save":
                    saved, files = scratch.save(self.house.scratch, Path(self.notebook.folder), name=Path(self.notebook.path).stem)
                    return {"status": "ok", "saved": str(saved), "files": files, **self.state()}
        except (NexusError, OSError) as error:
            return {"status": "error", "ename": type(error).__name__, "evalue": str(error), **self.state()}
        return {"status": "ok", **self.state()}

    def _anew(self) -> None:
        """Start the kernel anew with what is granted now: a wall that stands cannot be widened."""
        self._end()
        self.refusal = ""
        for channel, message in self.turns.fail("The kernel was started anew, as what it may read was changed."):
            self._send(channel, message)
        self._tell("status", {"execution_state": "restarting"})
        self.start()


