"""The channels of a sandboxed kernel: those that Jupyter knows, and those to the process behind the wall."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

__all__ = ["Inner", "Outer"]

NAMES = ("shell", "control", "stdin")
INNER = b"nexus"
DRAIN_S = 0.03  # of one channel in one go: the kernel is looked after in between
WAITING = 16  # messages of the kernel that wait here; then it waits


class Outer:
    """The five channels that the connection file names; they stay while the kernel behind them comes and goes."""

    def __init__(self, connection: dict[str, Any]) -> None:
        import zmq

        self.context = zmq.Context()
        self._beats = zmq.Context()
        self._connection = connection
        self.sockets: dict[str, Any] = {}
        for name in NAMES:
            self.sockets[name] = self._bound(self.context, zmq.ROUTER, name)
        self.sockets["iopub"] = self._bound(self.context, zmq.XPUB, "iopub")
        beat = self._bound(self._beats, zmq.REP, "hb")
        threading.Thread(target=_echo, args=(beat,), name="nexus-heartbeat", daemon=True).start()

    def _bound(self, context: Any, kind: int, name: str) -> Any:
        import zmq

        info = self._connection
        made = context.socket(kind)
        made.linger = 1000
        if info.get("curve_secretkey"):
            made.curve_secretkey, made.curve_publickey = (str(info[f"curve_{part}"]).encode("ascii") for part in ("secretkey", "publickey"))
            made.curve_server = True
        if kind == zmq.ROUTER:
            made.router_handover = 1
        if kind == zmq.XPUB:
            made.xpub_verbose = 1
        port = int(info.get(f"{name}_port") or 0)
        if info["transport"] == "ipc":
            made.bind(f"ipc://{info['ip']}-{port}")
        elif port:
            made.bind(f"tcp://{info['ip']}:{port}")
        else:
            info[f"{name}_port"] = made.bind_to_random_port(f"tcp://{info['ip']}")
        return made

    def close(self) -> None:
        """Send what is on its way, and close."""
        for one in self.sockets.values():
            one.close()
        self.context.term()


class Inner:
    """The channels to one start of the kernel."""

    def __init__(self, context: Any, place: str) -> None:
        import zmq

        self.sockets: dict[str, Any] = {}
        ports = {"shell": 1, "iopub": 2, "stdin": 3, "control": 4}
        for name, port in ports.items():
            made = context.socket(zmq.SUB if name == "iopub" else zmq.DEALER)
            made.linger = 0
            made.maxmsgsize = 128 << 20
            made.rcvhwm = WAITING
            if name == "iopub":
                made.subscribe(b"")
            else:
                made.identity = INNER  # one name on all of them, as the answer to `input` goes back on another channel
            made.connect(f"ipc://{place}-{port}")
            self.sockets[name] = made

    def close(self) -> None:
        """Close, and forget what is on its way."""
        for one in self.sockets.values():
            one.close()


def received(socket: Any) -> Iterator[list[bytes]]:
    """Give the messages that have come, not too many at once."""
    import zmq

    until = time.monotonic() + DRAIN_S
    while time.monotonic() < until:
        try:
            yield socket.recv_multipart(zmq.NOBLOCK)
        except zmq.ZMQError:
            return


def _echo(socket: Any) -> None:
    with contextlib.suppress(Exception):  # at the end of the process the socket goes away under it
        while True:
            socket.send_multipart(socket.recv_multipart())


Handler = Callable[[str, list[bytes]], None]


def serve(sockets: Mapping[str, Any], events: Mapping[Any, int], handler: Handler) -> None:
    """Hand the messages of these channels to `handler`."""
    for name, one in sockets.items():
        if one in events:
            for frames in received(one):
                handler(name, frames)
