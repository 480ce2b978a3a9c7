"""The wall around a sandboxed kernel, in the order in which it is built: namespaces, Landlock, and at last the filter.

The first two are put up while the process has one thread and has run nothing but Python itself; the filter comes when the kernel's channels
are bound and its libraries loaded, and before the first line of a notebook. Fails closed: whoever calls looks at what is missing.
"""

from __future__ import annotations

import contextlib
import errno
import os
import resource
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nexus_jupyter.kernel import filter as calls
from nexus_jupyter.sandbox import confine

__all__ = ["Wall", "limit"]

LANDLOCK_NEEDED = 3  # before, a file that may be read could be cut short
SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/etc/ld.so.cache", "/etc/localtime", "/etc/timezone"),
    *("/etc/fonts", "/etc/mime.types", "/etc/ld.so.conf.d", "/etc/os-release", "/etc/debian_version", "/dev/urandom", "/dev/random"),
    *("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/filesystems", "/proc/sys/kernel/osrelease"),
    *("/proc/sys/vm/overcommit_memory", "/sys/devices/system", "/sys/fs/cgroup", "/sys/kernel/mm/transparent_hugepage"),
)
DEVICES = ("/dev/null", "/dev/zero", "/dev/full")


@dataclass(slots=True)
class Wall:
    """What holds, and what is missing."""

    missing: list[str] = field(default_factory=list)
    held: set[str] = field(default_factory=set)

    @property
    def level(self) -> str:
        """Give the rung: ``A``, ``B``, or ``C`` where files or system calls are not held."""
        if not {"landlock", "seccomp"} <= self.held:
            return "C"
        return "A" if "namespaces" in self.held else "B"

    def close_files(self, readable: Sequence[str], owned: Sequence[str], without: str = "") -> None:
        """Enter own namespaces, then give up all files but these. The process has to have one thread."""
        self._put_up("namespaces", without, lambda: confine.separate(processes=False))
        confine.no_new_privileges()
        self._put_up("landlock", without, lambda: _close(readable, owned))

    def close_calls(self, without: str = "") -> None:
        """Put the filter on all threads, and try it."""
        self._put_up("seccomp", without, _filter)

    def _put_up(self, part: str, without: str, build: Callable[[], None]) -> None:
        if part in without:
            self.missing.append(f"{part} (switched off)")
            return
        try:
            build()
        except (OSError, AttributeError, KeyError) as error:
            self.missing.append(f"{part} ({error})")
        else:
            self.held.add(part)


def _close(readable: Sequence[str], owned: Sequence[str]) -> None:
    version = confine.landlock_version()
    if version < LANDLOCK_NEEDED:
        raise OSError(errno.ENOSYS, f"version {version}; {LANDLOCK_NEEDED}, of Linux 6.2, is needed")
    # Signals stay possible: a worker of `%%nexus` is ended by a handle to it, and the filter allows no other.
    confine.landlock([*readable, *SYSTEM], DEVICES, owned, scoped=1)


def _filter() -> None:
    if not calls.known_machine():
        raise OSError(errno.ENOSYS, "the system calls of this machine are not known")
    calls.put_on(os.getpid())
    if not _refused():
        raise OSError(errno.EPERM, "it is on and does not hold")


def _refused() -> bool:
    import socket

    try:
        socket.socket(socket.AF_UNIX).close()
    except PermissionError:
        return True
    return False


def limit(bounds: Mapping[str, Any]) -> None:
    """Put the bounds on this process that the system itself watches; the process outside watches the rest."""

    def bound(what: int, value: int) -> None:
        _, hard = resource.getrlimit(what)
        top = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (top, top))

    mib = 1 << 20
    # Address space, not memory: libraries map several times what they use. This only stops what could never fit.
    bound(resource.RLIMIT_DATA, int(bounds["memory_mb"] + 4096) * mib)
    bound(resource.RLIMIT_FSIZE, int(bounds["scratch_mb"]) * mib)
    bound(resource.RLIMIT_CORE, 0)
    bound(resource.RLIMIT_NOFILE, 1024)
    if bounds["cpu_s"]:
        bound(resource.RLIMIT_CPU, int(bounds["cpu_s"]))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")  # where memory runs out, this process goes first
