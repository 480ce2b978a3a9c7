"""The wall: the filter by a small interpreter for both machines, and live probes without the policy."""

from __future__ import annotations

import struct

import pytest

from nexus_jupyter.sandbox import Sandbox, confine
from nexus_jupyter.sandbox.syscalls import ALLOWED, ARCHES, NUMBERS

KILL, ERRNO, ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
PID = 4242


def decide(machine: str, number: int, *args: int, arch: int | None = None) -> int:
    """Interpret the filter as the kernel would."""
    padded = [*args, *([0] * (6 - len(args)))]
    data = struct.pack("<iIQ6Q", number, ARCHES[machine] if arch is None else arch, 0, *padded)
    lines = list(struct.iter_unpack("<HBBI", confine.program(machine, PID)))
    at = value = 0
    while True:
        code, true, false, k = lines[at]
        at += 1
        if code == 0x20:
            value = struct.unpack_from("<I", data, k)[0]
        elif code == 0x54:
            value &= k
        elif code == 0x06:
            return int(k)
        else:
            met = {0x15: value == k, 0x35: value >= k, 0x45: bool(value & k)}[code]
            at += true if met else false


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_allows_only_what_is_listed(machine: str) -> None:
    numbers = NUMBERS[machine]
    allowed = {numbers[name] for name in ALLOWED if name in numbers}
    special = {numbers[name] for name in numbers if name not in ALLOWED}
    for number in range(600):
        if number not in special:
            assert (decide(machine, number) == ALLOW) == (number in allowed), number


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_other_machines_calls_kill(machine: str) -> None:
    assert decide(machine, 0, arch=0x40000003) == KILL
    if machine == "x86_64":
        assert decide(machine, 0x40000000 + 1) == KILL


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("mmap", (0, 4096, 3), (0, 4096, 7)),
        ("mprotect", (0, 4096, 1), (0, 4096, 5)),
        ("clone", (0x00010F00,), (17,)),
        ("socketpair", (1, 1 | 0o2000000), (1, 2)),
        ("socketpair", (1, 1), (2, 1)),
        ("sendto", (3, 1, 1, 0, 0), (3, 1, 1, 0, 1 << 40)),
        ("fcntl", (3, 3), (3, 8)),
        ("prctl", (15,), (22,)),
        ("prlimit64", (0, 7, 0, 1), (0, 7, 1)),
        ("prlimit64", (0, 7), (1, 7)),
        ("tgkill", (PID, 1, 6), (1, 1, 9)),
    ],
)
def test_arguments_are_looked_at(machine: str, name: str, good: tuple[int, ...], bad: tuple[int, ...]) -> None:
    number = NUMBERS[machine][name]
    assert decide(machine, number, *good) == ALLOW
    assert decide(machine, number, *bad) & 0xFFFF0000 == ERRNO


def test_clone3_does_not_exist() -> None:
    assert decide("x86_64", 435) == ERRNO | 38


PROBES = {
    "open": "open('/etc/passwd').read()",
    "own files": "open('/proc/self/environ').read()",
    "write": "open('/tmp/x', 'w')",
    "stat": "import os; os.stat('/')",
    "list": "import os; os.listdir('/')",
    "fork": "import os; os.fork()",
    "exec": "import os; os.execv('/bin/sh', ['sh'])",
    "spawn": "import subprocess; subprocess.run(['true'])",
    "socket": "import socket; socket.socket()",
    "unix socket": "import socket; socket.socket(socket.AF_UNIX)",
    "datagram pair": "import socket; socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)",
    "signal the parent": "import os; os.kill(os.getppid(), 0)",
    "memory file": "import os; os.memfd_create('x')",
    "raise limits": "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))",
    "native code": "import ctypes; ctypes.CDLL('/tmp/x.so')",
    "executable memory": "import mmap; mmap.mmap(-1, 4096, prot=7)",
    "ptrace": "import ctypes; assert ctypes.CDLL(None).ptrace(0, 0, 0, 0) == 0",
    "io_uring": "import ctypes; assert ctypes.CDLL(None).syscall(425, 4, ctypes.create_string_buffer(256)) >= 0",
    "change folder": "import os; os.chdir('/')",
    "pidfd": "import os; os.pidfd_open(1)",
}


@pytest.mark.parametrize("probe", PROBES)
def test_the_wall_alone_holds(bare: Sandbox, probe: str) -> None:
    outcome = bare.run(f"import os, sys\n{PROBES[probe]}\nresult = 'REACHED'")
    assert outcome.status in ("error", "killed"), outcome
    assert outcome.result is None


def test_threads_that_were_there_before_are_confined_too(bare: Sandbox) -> None:
    code = (
        "import polars as pl\ndef look(x):\n    try:\n        return open('/etc/passwd').read()[:5]\n    except OSError:\n        return 'no'\n"
        "result = pl.DataFrame({'a': list(range(50))}).lazy().select(pl.col('a').map_elements(look, return_dtype=pl.String)).collect()['a'].unique().to_list()"
    )
    assert bare.run(code).result.value == ["no"]


def test_a_worker_has_no_foreign_files(bare: Sandbox) -> None:
    code = """
import os
found = 0
for fd in range(64):
    try:
        os.pread(fd, 1, 0)
        found += 1
    except OSError:
        pass
result = found
"""
    assert bare.run(code).result.value <= 4  # nothing to read, twice nowhere, the reply and the printed text


def test_the_environment_is_clean(bare: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "NEXUS_SECRET" not in bare.run("import os\nresult = list(os.environ)").result.value


def test_a_stopped_worker_is_killed_by_the_clock(bare: Sandbox) -> None:
    assert bare.run("import os\nos.kill(os.getpid(), 19)\nresult = 1").status == "error"


def test_a_worker_that_leaves_early_gives_no_result(bare: Sandbox) -> None:
    outcome = bare.run("import os\nos._exit(0)")
    assert (outcome.status, outcome.result) == ("error", None)


def test_a_worker_that_crashes_is_reported(bare: Sandbox) -> None:
    assert bare.run("import os\nos.abort()").status == "killed"
    assert bare.run("result = 1").status == "ok"
