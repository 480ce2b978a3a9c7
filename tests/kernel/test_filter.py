"""The filter of the kernel, by a small interpreter, for both machines."""

from __future__ import annotations

import errno
import struct

import pytest

from nexus_jupyter.kernel.filter import known_machine, program
from nexus_jupyter.kernel.syscalls import ALLOWED, DENIED, IGNORED, NO_ATTRIBUTES, NUMBERS
from nexus_jupyter.sandbox.syscalls import ARCHES

KILL, ERRNO, ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
MACHINES = ["x86_64", "aarch64"]
PID = 4242


def decide(machine, number, *args, arch=None):
    """Interpret the filter as the system would."""
    padded = [*args, *([0] * (6 - len(args)))]
    data = struct.pack("<iIQ6Q", number, ARCHES[machine] if arch is None else arch, 0, *padded)
    lines = list(struct.iter_unpack("<HBBI", program(machine, PID)))
    at = value = 0
    while True:
        code, true, false, k = lines[at]
        at += 1
        if code == 0x20:
            value = struct.unpack_from("<I", data, k)[0]
        elif code == 0x54:
            value &= k
        elif code == 0x06:
            return k
        else:
            met = {0x15: value == k, 0x35: value >= k, 0x45: bool(value & k)}[code]
            at += true if met else false


@pytest.mark.parametrize("machine", MACHINES)
def test_a_call_that_is_not_named_does_not_exist(machine):
    named = set(NUMBERS[machine].values())
    assert {decide(machine, number) for number in range(600) if number not in named} == {ERRNO | errno.ENOSYS}


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("names", "answer"),
    [
        (ALLOWED, ALLOW),
        (DENIED, ERRNO | errno.EPERM),
        (IGNORED, ERRNO),
        (NO_ATTRIBUTES, ERRNO | errno.EOPNOTSUPP),
        (("clone3",), ERRNO | errno.ENOSYS),
    ],
)
def test_each_list_has_its_answer(machine, names, answer):
    numbers = NUMBERS[machine]
    assert {decide(machine, numbers[name]) for name in names if name in numbers} == {answer}


@pytest.mark.parametrize(
    "name", ["execve", "execveat", "socket", "connect", "bind", "ptrace", "unshare", "truncate", "setsid", "pidfd_getfd"]
)
@pytest.mark.parametrize("machine", MACHINES)
def test_what_would_get_out_is_denied_by_name(machine, name):
    assert decide(machine, NUMBERS[machine][name]) == ERRNO | errno.EPERM


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("clone", (0x00010F00,), (17,)),
        ("socketpair", (1, 5 | 0o2000000), (1, 2)),
        ("socketpair", (1, 1), (2, 1)),
        ("sendto", (3, 1, 1, 0, 0), (3, 1, 1, 0, 1 << 40)),
        ("fcntl", (3, 1033), (3, 8)),
        ("prctl", (15,), (1,)),
        ("prctl", (16,), (4,)),
        ("prlimit64", (0, 7, 0, 1), (0, 7, 1)),
        ("kill", (PID, 2), (1, 9)),
        ("kill", (PID, 2), (0xFFFFFFFF, 9)),
        ("tgkill", (PID, 1, 6), (1, 1, 9)),
        ("pidfd_open", (PID, 0), (1, 0)),
        ("ioctl", (3, 0x5421), (3, 0x5412)),
    ],
)
def test_arguments_are_looked_at(machine, name, good, bad):
    number = NUMBERS[machine][name]
    assert decide(machine, number, *good) == ALLOW
    assert decide(machine, number, *bad) & 0xFFFF0000 == ERRNO


@pytest.mark.parametrize("machine", MACHINES)
def test_another_machine_s_calls_kill(machine):
    assert decide(machine, 0, arch=0x40000003) == KILL


def test_the_x32_calls_kill():
    assert decide("x86_64", 0x40000000 + 1) == KILL


def test_a_machine_whose_calls_are_not_known_is_told_apart():
    assert [known_machine(name) for name in ("x86_64", "aarch64", "riscv64")] == [True, True, False]
