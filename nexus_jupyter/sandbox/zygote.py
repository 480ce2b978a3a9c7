"""The process that every worker is forked from: it imports, it waits, it forks. It never runs data code.

It starts in a clean interpreter, gives up files, network and other processes where the system lets it, imports the
libraries, then answers requests on a socket. A second one, forked from it, goes on to import the statistics libraries.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import platform
import select
import socket
import sys
from pathlib import Path
from typing import NoReturn

from nexus_jupyter.sandbox import confine, preload
from nexus_jupyter.sandbox.syscalls import NUMBERS

__all__ = ["main"]

MESSAGE = 1 << 16
FDS = 200
AHEAD = 3  # workers that wait, of 20 MB each: for questions that come one after the other, as each gets warm while it waits
PAUSE_MS = 2  # without a request before the next one is made


def main(core: int, statistics: int, libraries: str) -> None:
    """Serve workers on the socket `core`, and those that need statistics on the socket `statistics`."""
    missing: list[str] = []
    confine.no_new_privileges()
    if "namespaces" not in os.environ.get("NEXUS_SANDBOX_WITHOUT", ""):
        try:
            confine.separate()
        except (OSError, AttributeError) as error:
            missing.append(f"namespaces ({error})")
        else:
            _wait_as_launcher(core, statistics)
    else:
        missing.append("namespaces (switched off)")
    try:
        if "landlock" in os.environ.get("NEXUS_SANDBOX_WITHOUT", ""):
            raise OSError(0, "switched off")  # noqa: TRY301 - the same way as when the kernel lacks it
        confine.landlock(_readable(json.loads(libraries)), ("/dev/null",))
    except (OSError, AttributeError) as error:
        missing.append(f"landlock ({error})")
    confined = _filter_works()
    if not confined:
        known = platform.machine() in NUMBERS
        missing.append("seccomp (" + ("the system refuses the filter" if known else f"no filter for {platform.machine()}") + ")")
    level = "C" if not confined else "B" if missing else "A"
    box = socket.socket(fileno=core)
    other = socket.socket(fileno=statistics)
    box.send(json.dumps({"event": "level", "level": level, "missing": missing}).encode())
    preload.core()
    if os.fork() == 0:
        confine.die_with_parent()
        box.close()
        preload.statistics()
        _serve(other, confined=confined, ahead=1)
    other.close()
    _serve(box, confined=confined, ahead=AHEAD)


def _wait_as_launcher(*sockets: int) -> None:
    """Fork the first process of the new namespaces, and in the old one only wait for its end."""
    pid = os.fork()
    if pid == 0:
        confine.die_with_parent()
        return
    for fd in sockets:
        os.close(fd)
    os.waitpid(pid, 0)
    os._exit(0)


def _readable(libraries: list[str]) -> list[str]:
    system = ["/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/localtime", "/etc/timezone", "/proc", "/dev/urandom"]
    return [*libraries, *system, sys.prefix, sys.base_prefix, sys.exec_prefix, "/sys/devices/system", "/sys/fs/cgroup"]


def _filter_works() -> bool:
    """Try the filter in a child: it has to install, and to refuse a path."""
    pid = os.fork()
    if pid == 0:
        code = 1
        with contextlib.suppress(BaseException):
            confine.install()
            try:
                os.stat("/")  # noqa: PTH116
            except PermissionError:
                code = 0
        os._exit(code)
    return os.waitpid(pid, 0)[1] == 0


def _anonymous_kb() -> int:
    """Give the resident memory of this process that is not a file's."""
    fields = Path("/proc/self/statm").read_text().split()
    return (int(fields[1]) - int(fields[2])) * 4


class _Spare:
    """A worker that waits for its one request, already forked and warm."""

    def __init__(self, *, confined: bool) -> None:
        mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        parent = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                confine.die_with_parent()
                if os.getppid() != parent:
                    os._exit(0)
                gc.enable()
                from nexus_jupyter.sandbox import worker

                worker.wait(theirs.detach(), confined=confined)
            finally:
                os._exit(1)
        theirs.close()
        self.box = mine
        self.handle = os.pidfd_open(self.pid)

    def give(self, fds: list[int]) -> None:
        """Hand over the descriptors of a run."""
        with self.box:
            socket.send_fds(self.box, [b"run"], fds)


class _Spares:
    """The workers that wait, and those that run, by the handle of the process."""

    def __init__(self, poll: select.poll, *, confined: bool, ahead: int) -> None:
        self.poll, self.confined, self.ahead = poll, confined, ahead
        self.waiting: list[_Spare] = []
        self.running: dict[int, tuple[int, socket.socket]] = {}
        self.failing = False

    @property
    def wanted(self) -> bool:
        """Whether to make one now: none waits, or nothing runs that would need the processor; and those before did not die at once."""
        return len(self.waiting) < self.ahead and not (self.waiting and self.running) and not self.failing

    def prepare(self) -> None:
        """Fork one more."""
        self.waiting.append(_Spare(confined=self.confined))
        self.poll.register(self.waiting[-1].handle, select.POLLIN)

    def give(self, fds: list[int], line: socket.socket) -> None:
        """Hand a run to the one that waits the longest; one that died meanwhile is passed over."""
        for _ in range(self.ahead + 2):
            if not self.waiting:
                self.prepare()
            spare = self.waiting.pop(0)
            self.running[spare.handle] = (spare.pid, line)
            with contextlib.suppress(OSError):
                if select.select([spare.handle], [], [], 0)[0]:
                    raise ProcessLookupError
                spare.give(fds)
                self.failing = False
                try:
                    socket.send_fds(line, [b'{"event": "started"}'], [spare.handle])
                except OSError:  # nobody waits for it any more
                    os.kill(spare.pid, 9)
                return
            del self.running[spare.handle]
            self._bury(spare.handle, spare.pid, None)
        line.close()  # whoever waits sees the end

    def ended(self, handle: int) -> None:
        """Tell of a run's end, or forget one that died while it waited."""
        if handle in self.running:
            self._bury(handle, *self.running.pop(handle))
            return
        self.failing = True
        spare = next(one for one in self.waiting if one.handle == handle)
        self.waiting.remove(spare)
        spare.box.close()
        self._bury(handle, spare.pid, None)

    def _bury(self, handle: int, pid: int, line: socket.socket | None) -> None:
        self.poll.unregister(handle)
        _, status, usage = os.wait4(pid, 0)
        os.close(handle)
        if line is not None:
            with contextlib.suppress(OSError):
                line.send(json.dumps({"event": "ended", "status": os.waitstatus_to_exitcode(status), "peak_kb": usage.ru_maxrss}).encode())
            line.close()

    def end(self) -> NoReturn:
        """Kill all and leave."""
        for pid in (*(one.pid for one in self.waiting), *(pid for pid, _ in self.running.values())):
            with contextlib.suppress(OSError):
                os.kill(pid, 9)
        os._exit(0)


def _serve(box: socket.socket, *, confined: bool, ahead: int) -> NoReturn:
    gc.collect()
    gc.freeze()
    gc.disable()
    threads = len(list(Path("/proc/self/task").iterdir()))
    poll = select.poll()
    spares = _Spares(poll, confined=confined, ahead=ahead)
    spares.prepare()
    box.send(json.dumps({"event": "ready", "anonymous_kb": _anonymous_kb(), "threads": threads}).encode())
    poll.register(box, select.POLLIN)
    while True:
        events = poll.poll((PAUSE_MS if spares.waiting else 0) if spares.wanted else None)
        if not events and spares.wanted:
            spares.prepare()
        for fd, _ in sorted(events, key=lambda event: event[0] == box.fileno()):  # those that ended first
            if fd != box.fileno():
                spares.ended(fd)
                continue
            message, fds, _, _ = socket.recv_fds(box, MESSAGE, FDS)
            if not message:
                spares.end()
            line = socket.socket(fileno=fds[3])
            spares.give([*fds[:3], *fds[4:]], line)
            for one in (*fds[:3], *fds[4:]):
                os.close(one)
