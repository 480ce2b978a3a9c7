"""The system-call filter of a sandboxed kernel: no new process, no new connection, nothing that changes a file by its name alone."""

from __future__ import annotations

import errno
import platform
import struct

from nexus_jupyter.kernel.syscalls import ALLOWED, DENIED, IGNORED, NO_ATTRIBUTES, NUMBERS
from nexus_jupyter.sandbox.confine import (
    ALLOW,
    ARG,
    CLONE_THREAD,
    ERRNO,
    JUMP_ANY,
    JUMP_EQ,
    JUMP_GE,
    KILL,
    LOAD,
    PR_SET_NAME,
    RETURN,
    install,
)
from nexus_jupyter.sandbox.syscalls import ARCHES

__all__ = ["known_machine", "program", "put_on"]

Line = tuple[int, int, int, int]

# Duplicate, flags, locks, pipe sizes and seals: not F_SETOWN and its like, which send signals.
_FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 9, 36, 37, 38, 1030, 1031, 1032, 1033, 1034)
_PRCTL = (PR_SET_NAME, 16, 3, 23, 30, 0x53564D41)  # names, and questions about oneself
_IOCTL = (0x5421, 0x541B, 0x5450, 0x5451)  # FIONBIO, FIONREAD, FIONCLEX, FIOCLEX: anything else is a terminal's
_STREAM, _SEQPACKET = 1, 5  # a pair of datagram sockets could be sent to any address


def known_machine(machine: str | None = None) -> bool:
    """Tell whether the numbers of this machine's system calls are known."""
    return (machine or platform.machine()) in NUMBERS


def program(machine: str, pid: int) -> bytes:
    """Assemble the filter of the kernel whose process id is `pid`, as an array of ``struct sock_filter``."""
    numbers = NUMBERS[machine]
    deny, allow = (RETURN, 0, 0, ERRNO | errno.EPERM), (RETURN, 0, 0, ALLOW)

    def among(arg: int, values: tuple[int, ...], otherwise: Line = deny, mask: int = 0) -> list[Line]:
        """Allow when the low word of an argument is one of `values`."""
        masked = [(0x54, 0, 0, mask)] if mask else []
        tests = [(JUMP_EQ, len(values) - n, 0, value) for n, value in enumerate(values)]
        return [(LOAD, 0, 0, ARG[arg]), *masked, *tests, otherwise, allow]

    def zero(*args: int) -> list[Line]:
        """Allow when all these arguments are zero (both words)."""
        words = [word for arg in args for word in (ARG[arg], ARG[arg] + 4)]
        return [line for word in words for line in ((LOAD, 0, 0, word), (JUMP_EQ, 1, 0, 0), deny)] + [allow]

    cases: dict[str, list[Line]] = {name: [allow] for name in ALLOWED}
    cases |= {name: [deny] for name in DENIED}
    cases |= {name: [(RETURN, 0, 0, ERRNO)] for name in IGNORED}
    cases |= {name: [(RETURN, 0, 0, ERRNO | errno.EOPNOTSUPP)] for name in NO_ATTRIBUTES}
    cases["clone"] = [(LOAD, 0, 0, ARG[0]), (JUMP_ANY, 1, 0, CLONE_THREAD), deny, allow]
    cases["clone3"] = [(RETURN, 0, 0, ERRNO | errno.ENOSYS)]  # its flags can't be seen; libraries take `clone` then
    cases["socketpair"] = [(LOAD, 0, 0, ARG[0]), (JUMP_EQ, 1, 0, 1), deny, *among(1, (_STREAM, _SEQPACKET), mask=0xF)]
    cases |= {"sendto": zero(4), "prlimit64": zero(0, 2), "recvfrom": [allow]}
    cases |= {"fcntl": among(1, _FCNTL), "prctl": among(0, _PRCTL)}
    cases["ioctl"] = among(1, _IOCTL, otherwise=(RETURN, 0, 0, ERRNO | errno.ENOTTY))
    cases |= {name: among(0, (pid,)) for name in ("kill", "tgkill", "pidfd_open")}

    code: list[Line] = [(LOAD, 0, 0, 4), (JUMP_EQ, 1, 0, ARCHES[machine]), (RETURN, 0, 0, KILL), (LOAD, 0, 0, 0)]
    if machine == "x86_64":  # the x32 calls
        code += [(JUMP_GE, 0, 1, 0x40000000), (RETURN, 0, 0, KILL)]
    for name, body in cases.items():
        if name in numbers:
            code += [(JUMP_EQ, 0, len(body), numbers[name]), *body]
    code.append((RETURN, 0, 0, ERRNO | errno.ENOSYS))
    return b"".join(struct.pack("<HBBI", *line) for line in code)


def put_on(pid: int) -> None:
    """Put the filter on all threads of this process, for good."""
    install(lines=program(platform.machine(), pid))
