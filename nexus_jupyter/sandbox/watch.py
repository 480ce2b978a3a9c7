"""Follows a worker to its end: time, memory, the user's wish to stop, and the reply."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import time

from nexus_jupyter.errors import SandboxError
from nexus_jupyter.sandbox.limits import Limits

__all__ = ["watch"]

TICK_S = 0.02
HUNG_S = 10.0  # without a word from the first process, after which another one takes its place
WARM_KB = 96 << 10  # what a waiting worker may have taken to get warm


def watch(line: socket.socket, wake: int, done: int, limits: Limits, base_kb: int) -> tuple[str, int, float]:  # noqa: C901, PLR0912 - one loop over four events
    """Follow a worker to its end; give the limit that it met, its exit status and its peak of memory."""
    deadline, patience = float("inf"), time.monotonic() + HUNG_S  # patience counts while a word is due
    poll = select.poll()
    finished = False
    for fd in (line.fileno(), wake, done):
        poll.register(fd, select.POLLIN)
    handle, statm, limit, peak, resident_kb = -1, -1, "", 0, 1 << 40
    try:
        while True:
            left = deadline - time.monotonic()
            if left <= 0 and not limit:
                limit = "time"
                _kill(handle)
            if patience and time.monotonic() > patience:
                raise SandboxError("The sandbox's first process does not answer.")  # noqa: TRY301 - ends the loop
            events = poll.poll(max(1, min(TICK_S, max(left, 0.001)) * 1000) if not limit else 1000)
            if any(fd == wake for fd, _ in events) and not limit:
                limit = "user"
                poll.unregister(wake)
                _kill(handle)
            if any(fd == line.fileno() for fd, _ in events):
                message, fds, _, _ = socket.recv_fds(line, 4096, 1)
                if not message:
                    raise SandboxError("The sandbox's first process ended during the run.")  # noqa: TRY301 - ends the loop
                said = json.loads(message)
                if said["event"] == "ended":
                    return limit, 0 if finished else said["status"], max(peak, said["peak_kb"] - resident_kb) / 1024
                handle, patience, deadline = fds[0], 0.0, time.monotonic() + limits.wall_s
                poll.register(handle, select.POLLIN)
                statm = _statm(handle)
                first, resident_kb = _anonymous_kb(statm), _resident_kb(statm)
                base_kb = min(max(first, base_kb), base_kb + WARM_KB)
                if limit:
                    _kill(handle)
            if any(fd == handle for fd, _ in events) and not patience:
                if limit:  # how it ended is known already
                    return limit, 0, peak / 1024
                poll.unregister(handle)
                patience = time.monotonic() + HUNG_S
            if any(fd == done for fd, _ in events) and not limit:
                finished = True
                poll.unregister(done)
            if finished and handle >= 0 and not limit:
                peak = max(peak, _anonymous_kb(statm) - base_kb)
                _kill(handle)  # what it wrote is copied before it is read, so that its end need not be awaited
                return limit, 0, peak / 1024
            if statm >= 0 and not limit:
                used = _anonymous_kb(statm) - base_kb
                peak = max(peak, used)
                if used > limits.memory_mb << 10:
                    limit = "memory"
                    _kill(handle)
    except BaseException:
        _kill(handle)
        raise
    finally:
        for fd in (handle, statm):
            if fd >= 0:
                os.close(fd)


def _kill(handle: int) -> None:
    if handle >= 0:
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(handle, signal.SIGKILL)


def _statm(handle: int) -> int:
    """Open the memory figures of the process behind a handle, by the pid that it has here."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        with open(f"/proc/self/fdinfo/{handle}") as file:  # noqa: PTH123
            pid = int(next(text for text in file if text.startswith("Pid:")).split()[1])
        return os.open(f"/proc/{pid}/statm", os.O_RDONLY | os.O_CLOEXEC)
    return -1


def _anonymous_kb(statm: int) -> int:
    with contextlib.suppress(OSError, ValueError, IndexError):
        fields = os.pread(statm, 200, 0).split()
        return (int(fields[1]) - int(fields[2])) * 4
    return 0


def _resident_kb(statm: int) -> int:
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(os.pread(statm, 200, 0).split()[1]) * 4
    return 1 << 40
