"""The process inside: an IPython kernel that walls itself in before it runs the first line of a notebook.

It gets its orders as one JSON object on its end of a socket pair, the door; says there that the wall is up (``ready``), and asks there for
the zygotes of ``%%nexus``, since it may start no process. Fails closed: at a level that was not allowed it ends.

The order matters. Files are given up first, while there is one thread. Then the kernel binds its channels and loads what it needs; the notebook's
folder is not yet on the path of imports. The filter comes last.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Mapping
from typing import Any, NoReturn

from nexus_jupyter.kernel import about, wall
from nexus_jupyter.sandbox import confine

__all__ = ["main"]

ORDERS = 1 << 18


def main(door: int) -> NoReturn:
    """Run the kernel whose orders come through the door."""
    line = socket.socket(fileno=door)
    orders = json.loads(line.recv(ORDERS))
    built = wall.Wall()
    wall.limit(orders["bounds"])
    built.close_files(orders["readable"], orders["owned"], orders["without"])
    confine.die_with_parent()  # after the namespaces, which could undo it
    if os.getppid() != orders["parent"]:
        os._exit(1)
    application = _application(orders, _Door(line))
    os.environ.update(orders["environment"])
    built.close_calls(orders["without"])
    if built.level > orders["lowest"]:
        line.send(json.dumps({"event": "refused", "level": built.level, "missing": built.missing}).encode())
        os._exit(1)
    about.here = about.About(level=built.level, missing=tuple(built.missing), **orders["about"])
    line.send(json.dumps({"event": "ready", "level": built.level, "missing": built.missing}).encode())
    sys.path.insert(0, "")
    application.start()
    os._exit(0)


class _Door:
    """Asks the process outside for zygotes."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._turn = threading.Lock()

    def zygotes(self) -> tuple[None, dict[str, socket.socket]]:
        """Give the sockets to a fresh pair of zygotes."""
        from nexus_jupyter.errors import SandboxError

        with self._turn:
            self._line.send(b"zygotes")
            _, fds, _, _ = socket.recv_fds(self._line, 64, 2)
        if len(fds) != 2:  # noqa: PLR2004 - one for each
            raise SandboxError("The sandbox was started too often in this kernel. Restart the kernel to ask on.")
        return None, {name: socket.socket(fileno=fd) for name, fd in zip(("core", "statistics"), fds, strict=True)}


def _application(orders: Mapping[str, Any], door: _Door) -> Any:
    """Make the kernel's application: its channels bound, its extension loaded."""
    sys.modules["debugpy"] = None  # type: ignore[assignment] # it would open a port
    import ipykernel.debugger  # noqa: F401 - so that it sees that there is no debugger
    from ipykernel import kernelapp

    del sys.modules["debugpy"]
    threads = kernelapp.IOPubThread
    kernelapp.IOPubThread = lambda *a, **k: threads(*a, **(k | {"pipe": False}))  # for processes that it may not start

    class Application(kernelapp.IPKernelApp):  # type: ignore[misc] # ipykernel ships no types
        """The application, without the notebook's folder on the path of imports."""

        def init_path(self) -> None:
            """Leave the path alone until the wall is up."""

        def init_connection_file(self) -> None:
            """Take the channels from the orders; there is no file."""

        def write_connection_file(self, **_: Any) -> None:
            """Write none."""

    from traitlets.config import Config

    config = Config()
    config.HistoryManager.hist_file = ":memory:"
    config.IPKernelApp.exec_files = []
    config.IPKernelApp.quiet = True
    application = Application.instance(config=config, log_level=40)
    application.transport, application.ip = "ipc", orders["channels"]
    names = ("shell", "iopub", "stdin", "control", "hb")
    for port, name in enumerate(names, 1):
        setattr(application, f"{name}_port", port)
    application.session.key = orders["key"].encode("ascii")
    _load(application, door, extension=orders["extension"])
    _soften(application, orders["about"])
    return application


def _load(application: Any, door: _Door, *, extension: bool) -> None:
    from nexus_jupyter.sandbox import pool

    pool.start = door.zygotes
    application.initialize([])
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if extension:
        application.shell.extension_manager.load_extension("nexus_jupyter")


def _soften(application: Any, facts: Mapping[str, Any]) -> None:
    """Have errors of the wall end in a sentence, and shell commands say that there are none."""
    from nexus_jupyter.kernel.hints import hint

    shell = application.shell
    show = shell._showtraceback  # noqa: SLF001 - IPython's own place for front ends to show errors in their way

    def showing(kind: Any, error: Any, lines: list[str]) -> None:
        sentence = hint(error, facts)
        show(kind, error, [*lines, sentence] if sentence else lines)

    def system(command: str) -> NoReturn:
        message = f"no other program can be started: {command.split(maxsplit=1)[0] if command.strip() else 'none was named'}"
        raise PermissionError(1, message)

    shell._showtraceback = showing  # noqa: SLF001
    shell.system = shell.getoutput = shell.system_raw = shell.system_piped = system
