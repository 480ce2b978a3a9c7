"""The zygote of this process: started once, shared by all sandboxes, replaced when it is gone."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import socket
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Callable
from pathlib import Path

from nexus_jupyter.errors import SandboxError
from nexus_jupyter.sandbox import ladder

__all__ = ["Zygote", "acquire", "release"]

START_S, TICK_S = 60.0, 0.03
BOOT = """
import sys, types
package = types.ModuleType("nexus_jupyter")
package.__path__ = [sys.argv[1]]
sys.modules["nexus_jupyter"] = package
from importlib import import_module
import_module("nexus_jupyter.sandbox.zygote").main(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
"""
CLEAN = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/nonexistent",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_MAX_THREADS": "1",
    "JOBLIB_MULTIPROCESSING": "0",
    "MPLBACKEND": "agg",
    "POLARS_ALLOW_FORKING_THREAD": "1",
    "MALLOC_ARENA_MAX": "4",
    # Large pages and one growing heap: a fresh process spends more on page faults than on the numbers.
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824:glibc.malloc.top_pad=67108864",
}
THREADS = max(2, min(os.cpu_count() or 2, 4))


def launch() -> tuple[subprocess.Popen[bytes], dict[str, socket.socket]]:
    """Start a pair of zygotes; give their process and the sockets to them."""
    pairs = {name: socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET) for name in ("core", "statistics")}
    theirs = [pairs[name][1] for name in ("core", "statistics")]
    package = Path(__file__).resolve().parents[1]
    site = [p for p in sys.path if p.endswith(("site-packages", "dist-packages")) and Path(p).is_dir()]
    boot = f"import sys; sys.path.extend(p for p in {site!r} if p not in sys.path)\n{BOOT}"
    scheme = [p for key in ("stdlib", "platstdlib", "purelib", "platlib") if (p := sysconfig.get_path(key))]
    libraries = json.dumps([str(package), *site, *scheme])
    command = [sys.executable, "-I", "-B", "-c", boot, str(package), *(str(s.fileno()) for s in theirs), libraries]
    environment = CLEAN | {"POLARS_MAX_THREADS": str(THREADS)}
    environment |= {k: v for k, v in os.environ.items() if k in ("NEXUS_SANDBOX_WITHOUT", "LD_LIBRARY_PATH", "TZ")}
    process = subprocess.Popen(
        command,
        env=environment,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=None if os.environ.get("NEXUS_SANDBOX_DEBUG") else subprocess.DEVNULL,
        pass_fds=[s.fileno() for s in theirs],
        start_new_session=True,
    )
    for one in theirs:
        one.close()
    return process, {name: pair[0] for name, pair in pairs.items()}


# How this process gets its zygotes; one that may start no process has somebody else do it (see `kernel`).
start: Callable[[], tuple[subprocess.Popen[bytes] | None, dict[str, socket.socket]]] = launch


class Zygote:
    """A running pair of zygotes and the sockets to them."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.level, self.missing = "", ()
        self.anonymous_kb = {"core": 0, "statistics": 0}
        self.threads = {"core": 0, "statistics": 0}
        self.error = ""
        self.process: subprocess.Popen[bytes] | None = None
        self.boxes: dict[str, socket.socket] = {}
        self.known = threading.Event()  # the level is known, or that there is none
        self.ready = {"core": threading.Event(), "statistics": threading.Event()}
        self.closed = False
        self.lock = threading.Lock()
        threading.Thread(target=self._start, name="nexus-sandbox-start", daemon=True).start()

    # ---- starting
    def _start(self) -> None:
        try:
            self._spawn()
            listener = threading.Thread(target=self._listen, args=("statistics",), name="nexus-sandbox-statistics", daemon=True)
            listener.start()
            self._listen("core")
        except SandboxError as error:
            self.fail(str(error))
        except Exception as error:  # noqa: BLE001 - told to whoever waits
            self.fail(f"The sandbox could not be started: {type(error).__name__}: {error}.")

    def _spawn(self) -> None:
        if reason := ladder.impossible():
            raise SandboxError(reason)
        with self.lock:
            if not self.closed:
                self.process, self.boxes = start()

    def _listen(self, name: str) -> None:
        box = self.boxes.get(name)
        if box is None:  # closed before this thread began
            return
        while True:
            try:
                text = box.recv(1 << 16)
            except OSError:
                text = b""
            if not text:
                self.fail("The sandbox's first process ended.")
                return
            said = json.loads(text)
            if said["event"] == "level":
                self.level, self.missing = said["level"], tuple(said["missing"])
                self.known.set()
            elif said["event"] == "ready":
                self.anonymous_kb[name], self.threads[name] = said["anonymous_kb"], said["threads"]
                self.ready[name].set()

    def fail(self, message: str) -> None:
        """Mark this zygote as gone and wake all who wait for it."""
        self.error = self.error or message
        for event in (self.known, *self.ready.values()):
            event.set()

    # ---- life
    @property
    def alive(self) -> bool:
        """Whether runs can be sent to it, now or when it is ready."""
        return not self.error and not self.closed and self.owner == os.getpid()

    def wait(self, name: str, wake: int) -> bool:
        """Wait until runs can be sent; False when the user stops that by the event `wake`."""
        until = time.monotonic() + START_S
        while not self.ready[name].wait(0 if select.select([wake], [], [], 0)[0] else TICK_S):
            if select.select([wake], [], [], 0)[0]:
                return False
            if time.monotonic() > until:
                self.fail(f"The sandbox did not start within {START_S:.0f} seconds.")
        return True

    def send(self, name: str, fds: list[int]) -> None:
        """Hand the descriptors of a run to a zygote that is ready."""
        if not self.alive:
            raise SandboxError(self.error or "The sandbox is closed.")
        try:
            socket.send_fds(self.boxes[name], [b"run"], fds)
        except OSError as error:
            self.fail(f"The sandbox's first process ended ({error}).")
            raise SandboxError(self.error) from error

    def close(self) -> None:
        """End both zygotes and all their workers."""
        with self.lock:
            self.closed = True
            boxes, process = list(self.boxes.values()), self.process
        self.fail("The sandbox is closed.")
        if self.owner != os.getpid():
            return
        for box in boxes:
            with contextlib.suppress(OSError):
                box.shutdown(socket.SHUT_RDWR)
            box.close()
        if process is not None:
            with contextlib.suppress(OSError):
                process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(2)


_lock = threading.Lock()
_shared: Zygote | None = None
_users = 0


def acquire(old: Zygote | None = None) -> Zygote:
    """Join the zygote of this process, starting one when there is none or when `old` is gone."""
    global _shared, _users  # noqa: PLW0603 - one per process is the point
    with _lock:
        if _shared is None or not _shared.alive:
            if _shared is not None and _shared.owner == os.getpid():
                _shared.close()
            _shared = Zygote()
        if old is None:
            _users += 1
        return _shared


def release() -> None:
    """Leave the zygote; the last one ends it."""
    global _shared, _users  # noqa: PLW0603
    with _lock:
        _users = max(0, _users - 1)
        if _users == 0 and _shared is not None:
            _shared.close()
            _shared = None


@atexit.register
def _close_at_exit() -> None:
    if _shared is not None:
        _shared.close()
