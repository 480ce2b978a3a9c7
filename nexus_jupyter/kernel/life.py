"""One life of a sandboxed kernel, from its start to its end: its process, its door, its channels, the zygotes of its questions."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
from typing import Any

from nexus_jupyter.kernel import reach
from nexus_jupyter.kernel.bounds import Bounds
from nexus_jupyter.kernel.channels import Inner
from nexus_jupyter.kernel.house import House
from nexus_jupyter.kernel.messages import Key
from nexus_jupyter.kernel.watchdog import Watchdog
from nexus_jupyter.sandbox import pool

__all__ = ["Life"]

START_S = 90
ZYGOTES = 20
TAIL = 4096
ENDS = {
    -11: "it crashed",
    -6: "it aborted",
    -9: "it was killed; often the system's memory ran out",
    -24: "it used up its processor time",
}


class Life:
    """Starts a kernel and holds what belongs to it.

    Parameters
    ----------
    house, notebook, bounds, lowest, granted
        Where it lives, whom it is for, what it may use, and read.
    key
        What its messages are signed with.
    """

    def __init__(
        self,
        house: House,
        notebook: reach.Notebook,
        bounds: Bounds,
        *,
        key: Key,
        lowest: str,
        granted: tuple[str, ...],
    ) -> None:
        room = house.room()
        orders = reach.orders(
            notebook=notebook,
            house=house,
            room=room,
            key=key.secret.decode("ascii"),
            bounds=bounds,
            lowest=lowest,
            granted=granted,
        )
        mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.process = subprocess.Popen(
            reach.command(theirs.fileno()),
            env=reach.environment(room),
            cwd=notebook.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        assert self.process.stderr is not None
        self.stderr = self.process.stderr
        os.set_blocking(self.stderr.fileno(), False)
        mine.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        mine.send(json.dumps(orders).encode())
        self.door: socket.socket | None = mine
        self.inner: Inner | None = None
        self.watch = Watchdog(self.process.pid, house.scratch, bounds)
        self.level = ""
        self.missing: tuple[str, ...] = ()
        self.ready_at = 0.0
        self.listening = False
        self._workers: subprocess.Popen[bytes] | None = None
        self._channels = str(orders["channels"])
        self._started, self._asked, self._said = time.monotonic(), 0, b""

    def hear(self) -> None:
        """Keep the last of what it writes to the standard error."""
        self._said = (self._said + (self.stderr.read(1 << 16) or b""))[-TAIL:]

    @property
    def last_words(self) -> str:
        """The last line that it wrote there."""
        lines = self._said.decode("utf-8", "replace").split("\n")
        last = next((line for line in reversed(lines) if line.strip()), "")
        return "".join(c for c in last if c.isprintable())[:500]

    def answer_door(self, context: Any) -> str:
        """Do what is asked at the door; give ``ready`` when the wall is up, ``refused`` when there can be none."""
        assert self.door is not None
        try:
            said = self.door.recv(1 << 16)
        except OSError:
            said = b""
        if not said:
            self.door.close()
            self.door = None
        elif said == b"zygotes":
            self._give_zygotes(self.door)
        elif not self.ready_at:  # said before the first line of a notebook runs; later words are the notebook's
            told = json.loads(said)
            self.level, self.missing = str(told["level"]), tuple(map(str, told["missing"]))
            if told["event"] == "ready":
                self.ready_at = time.monotonic()
                self.inner = Inner(context, self._channels)
                return "ready"
            return "refused"
        return ""

    def _give_zygotes(self, door: socket.socket) -> None:
        self._asked += 1
        if self._asked > ZYGOTES:
            door.send(b"no")
            return
        _kill(self._workers)
        self._workers, boxes = pool.launch()
        self.watch.workers = self._workers.pid
        with contextlib.suppress(OSError):
            socket.send_fds(door, [b"zygotes"], [box.fileno() for box in boxes.values()])
        for box in boxes.values():
            box.close()

    def over(self, now: float) -> str:
        """Say why this life is over, or has to be; nothing while all is well."""
        reason = self.watch.look()
        if not reason and not self.ready_at and now - self._started > START_S:
            reason = f"The kernel did not start within {START_S} seconds."
        status = self.process.poll()
        if not reason and status is not None:
            reason = f"The kernel's process ended: {ENDS.get(status, f'its exit status was {status}')}."
        return reason

    def interrupt(self) -> None:
        """Interrupt the cell that runs."""
        if self.ready_at and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)

    def end(self) -> None:
        """End the kernel and what it had; nothing of it goes on."""
        _kill(self.process)
        _kill(self._workers)
        with contextlib.suppress(OSError, ValueError):
            self.hear()
        self.stderr.close()
        if self.inner is not None:
            self.inner.close()
        if self.door is not None:
            self.door.close()


def _kill(process: subprocess.Popen[bytes] | None) -> None:
    if process is not None:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
