"""What the operating system takes from a process: seccomp, Landlock, namespaces; by ctypes, without root.

The system-call filter alone is the wall: it allows no call that takes a path, opens a socket or starts a process.
Landlock and namespaces stand behind it where the system grants them.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import struct
from collections.abc import Iterable, Sequence

from nexus_jupyter.sandbox.syscalls import ALLOWED, ARCHES, NUMBERS, REFUSED

__all__ = ["close_all_but", "die_with_parent", "install", "landlock", "landlock_version", "no_new_privileges", "program", "separate"]

KILL, ERRNO, ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
EPERM, EACCES = 1, 13
LOAD, JUMP_EQ, JUMP_GE, JUMP_ANY, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
PR_SET_PDEATHSIG, PR_SET_NAME, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 15, 4, 22, 38
SECCOMP = {"x86_64": 317, "aarch64": 277}
CLONE_THREAD, PROT_EXEC = 0x00010000, 4
NEW_USER, NEW_NET, NEW_IPC, NEW_UTS, NEW_PID = 0x10000000, 0x40000000, 0x08000000, 0x04000000, 0x20000000
FCNTL = (0, 1, 2, 3, 4, 1030)  # duplicate, descriptor flags, status flags: not F_SETOWN, which sends signals
ARG = tuple(16 + 8 * n for n in range(6))  # low word of each argument in struct seccomp_data
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
DEVICES = 1 << 6 | 1 << 11  # to make character and block devices

_libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None


def _call(name: str, *arguments: object) -> int:
    result = int(getattr(_libc, name)(*arguments))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def _prctl(option: int, value: int = 0) -> int:
    return _call("prctl", option, ctypes.c_ulong(value), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0))


def no_new_privileges() -> None:
    """Give up, for ever, to gain privileges by starting a program."""
    _prctl(PR_SET_NO_NEW_PRIVS, 1)


def die_with_parent() -> None:
    """Have the kernel kill this process when the thread that made it ends."""
    _prctl(PR_SET_PDEATHSIG, 9)


def close_all_but(fds: Iterable[int]) -> None:
    """Close every descriptor that is not among `fds`."""
    start = 0
    for fd in sorted(set(fds)):
        if fd > start:  # an empty range would close everything
            os.closerange(start, fd)
        start = fd + 1
    os.closerange(start, 65536)


# ------------------------------------------------------------------------------------------------------------ seccomp
def program(machine: str, pid: int) -> bytes:
    """Assemble the filter of a worker whose process id is `pid`, as an array of ``struct sock_filter``."""
    numbers = NUMBERS[machine]
    code: list[tuple[int, int, int, int]] = []

    def add(op: int, k: int, true: int = 0, false: int = 0) -> None:
        code.append((op, true, false, k))

    def case(name: str, body: Sequence[tuple[int, int, int, int]]) -> None:
        """Run `body`, which ends in a return, for this call only."""
        if name in numbers:
            add(JUMP_EQ, numbers[name], 0, len(body))
            code.extend(body)

    deny, allow = (RETURN, 0, 0, ERRNO | EPERM), (RETURN, 0, 0, ALLOW)

    def only(arg: int, values: Sequence[int]) -> list[tuple[int, int, int, int]]:
        """Allow when the low word of an argument is one of `values`."""
        tests = [(JUMP_EQ, len(values) - n, 0, value) for n, value in enumerate(values)]
        return [(LOAD, 0, 0, ARG[arg]), *tests, deny, allow]

    def zero(*args: int) -> list[tuple[int, int, int, int]]:
        """Allow when all these arguments are zero (both words)."""
        body: list[tuple[int, int, int, int]] = []
        for arg in args:
            for word in (ARG[arg], ARG[arg] + 4):
                body += [(LOAD, 0, 0, word), (JUMP_EQ, 1, 0, 0), deny]
        return [*body, allow]

    add(LOAD, 4)
    add(JUMP_EQ, ARCHES[machine], 1, 0)
    add(RETURN, KILL)
    add(LOAD, 0)
    if machine == "x86_64":  # the x32 calls
        add(JUMP_GE, 0x40000000, 0, 1)
        add(RETURN, KILL)
    for name in ("read", "write", "futex", "munmap", "madvise", "brk", "close"):  # the frequent ones first
        case(name, [allow])
    for name in ("mmap", "mprotect"):
        case(name, [(LOAD, 0, 0, ARG[2]), (JUMP_ANY, 0, 1, PROT_EXEC), deny, allow])
    case("clone", [(LOAD, 0, 0, ARG[0]), (JUMP_ANY, 1, 0, CLONE_THREAD), deny, allow])
    # A stream pair only: a datagram socket could be sent to any address.
    pair = [(LOAD, 0, 0, ARG[0]), (JUMP_EQ, 1, 0, 1), deny, (LOAD, 0, 0, ARG[1]), (0x54, 0, 0, 0xF), (JUMP_EQ, 1, 0, 1), deny, allow]
    case("socketpair", pair)
    case("sendto", zero(4))
    case("recvfrom", zero(4))
    case("fcntl", only(1, FCNTL))
    case("prctl", only(0, (PR_SET_NAME,)))
    case("prlimit64", zero(0, 2))
    case("tgkill", only(0, (pid,)))
    for name, number in REFUSED.items():
        case(name, [(RETURN, 0, 0, ERRNO | number)])
    for name in ALLOWED:
        case(name, [allow])
    add(RETURN, ERRNO | EACCES)
    return b"".join(struct.pack("<HBBI", *line) for line in code)


def install(machine: str | None = None, lines: bytes | None = None) -> None:
    """Put the filter of a worker, or the assembled `lines`, on this process: on all threads that it has and that it will have."""
    machine = machine or platform.machine()
    lines = lines or program(machine, os.getpid())
    buffer = ctypes.create_string_buffer(lines, len(lines))
    head = struct.pack("HxxxxxxQ", len(lines) // 8, ctypes.addressof(buffer))
    header = ctypes.create_string_buffer(head, len(head))
    with_all_threads = ctypes.c_ulong(1)
    failed = _syscall(SECCOMP[machine], ctypes.c_ulong(1), with_all_threads, ctypes.c_void_p(ctypes.addressof(header)))
    if failed:
        raise OSError(EPERM, f"seccomp: thread {failed} could not be confined")


# ----------------------------------------------------------------------------------------------------------- Landlock
def _syscall(number: int, *arguments: object) -> int:
    return _call("syscall", ctypes.c_long(number), *arguments)


def landlock_version() -> int:
    """Give the version of Landlock that this system has."""
    return _syscall(LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(1))


def landlock(readable: Iterable[str], writable: Iterable[str] = (), owned: Iterable[str] = (), *, scoped: int = 3) -> int:
    """Take all of the file system from this thread but `readable`, `writable` and the `owned` folders; give Landlock's version.

    In `owned` folders files may also be made, moved and removed. `scoped` keeps from abstract sockets (1) and signals (2) outside.
    """
    version = landlock_version()
    handled = (1 << 13) - 1
    handled |= (1 << 13 if version >= 2 else 0) | (1 << 14 if version >= 3 else 0) | (1 << 15 if version >= 5 else 0)  # noqa: PLR2004 - versions
    fields = [handled]
    if version >= 4:  # noqa: PLR2004 - binding and connecting TCP
        fields.append(3)
    if version >= 6:  # noqa: PLR2004 - abstract sockets and signals
        fields.append(scoped)
    attribute = ctypes.create_string_buffer(struct.pack(f"<{len(fields)}Q", *fields), 8 * len(fields))
    ruleset = _syscall(LANDLOCK_CREATE, attribute, ctypes.c_size_t(8 * len(fields)), ctypes.c_uint(0))
    try:
        own = handled & ~(EXECUTE | DEVICES)
        for paths, file_rights in ((readable, READ_FILE | EXECUTE), (writable, READ_FILE | WRITE_FILE), (owned, own)):
            for path in dict.fromkeys(paths):
                _allow(ruleset, path, file_rights)
        _syscall(LANDLOCK_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint(0))
    finally:
        os.close(ruleset)
    return version


def _allow(ruleset: int, path: str, rights: int) -> None:
    with contextlib.suppress(OSError):
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            rights |= READ_DIR if os.path.isdir(path) else 0  # noqa: PTH112 - no pathlib in the fresh process
            rule = ctypes.create_string_buffer(struct.pack("<Qi", rights, fd), 12)
            _syscall(LANDLOCK_ADD, ctypes.c_int(ruleset), ctypes.c_int(1), rule, ctypes.c_uint(0))
        finally:
            os.close(fd)


# --------------------------------------------------------------------------------------------------------- namespaces
def separate(*, processes: bool = True) -> None:
    """Enter own user, network, IPC and host-name namespaces, and one of processes, whose first process is the next child."""
    uid, gid = os.getuid(), os.getgid()
    _call("unshare", ctypes.c_int(NEW_USER | NEW_NET | NEW_IPC | NEW_UTS | (NEW_PID if processes else 0)))
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        with contextlib.suppress(OSError), open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123 - as above
            file.write(text)
