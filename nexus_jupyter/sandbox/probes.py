"""Live probes: what a program could do here if the policy were not there. Each tries something harmless through the real wall."""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexus_jupyter.sandbox.outcome import Outcome
    from nexus_jupyter.sandbox.runner import Sandbox

__all__ = ["PROBES", "Probe", "Verdict", "run"]

WALL_S, LATE_MS, MEMORY_MB, OUTPUT_MB, STDOUT_KB = 1.0, 500, 256, 4, 64
REACHED = "REACHED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What probes aim at: a made-up key, a path that must not come to be, a server that must not be reached."""

    folder: Path
    server: socket.socket

    def filled(self, code: str) -> str:
        """Put the targets into a probe's code."""
        known = {"KEY": self.folder / ".ssh" / "id_probe", "OUT": self.folder / "written", "PORT": self.server.getsockname()[1]}
        known |= {"HOME": Path.home() / ".ssh", "PARENT": os.getpid()}
        for name, value in known.items():
            code = code.replace(f"@{name}@", str(value))
        return code

    def touched(self) -> bool:
        """Whether something was written or the server reached since the last look."""
        with contextlib.suppress(OSError):
            self.server.accept()[0].close()
            return True
        with contextlib.suppress(OSError):
            (self.folder / "written").unlink()
            return True
        return False


def _stopped(outcome: Outcome) -> bool:
    return outcome.status in ("error", "killed", "refused") and outcome.result is None


def _in_time(outcome: Outcome) -> bool:
    return outcome.status == "killed" and outcome.elapsed_ms < WALL_S * 1000 + LATE_MS


def _in_bounds(outcome: Outcome) -> bool:
    return outcome.status in ("error", "killed") and len(outcome.stdout) <= STDOUT_KB << 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One thing to try: what it is in words, the program, and how to tell that it was held."""

    name: str
    tries: str
    code: str
    held: Callable[[Outcome], bool] = _stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a probe was held, and what it met."""

    name: str
    tries: str
    held: bool
    met: str


PROBES = (
    Probe(name="socket", tries="open a network socket", code="import socket\nsocket.socket()"),
    Probe(name="connect", tries="reach a server on this machine", code="import socket\nsocket.create_connection(('127.0.0.1', @PORT@), 1)"),
    Probe(
        name="ssh",
        tries="read keys in ~/.ssh",
        code=(
            "import os\nfound = False\nfor path in ('@KEY@', '@HOME@'):\n"
            "    try:\n        found |= bool(os.listdir(path) if os.path.isdir(path) else open(path).read())\n"
            "    except OSError as error:\n        last = error\nif not found:\n    raise last"
        ),
    ),
    Probe(name="passwd", tries="read /etc/passwd", code="open('/etc/passwd').read()"),
    Probe(name="write", tries="write a file", code="open('@OUT@', 'w').write('x')"),
    Probe(name="proc", tries="look into /proc", code="open('/proc/self/environ').read()"),
    Probe(name="fork", tries="start a process", code="import os\npid = os.fork()\nif pid == 0:\n    os._exit(0)"),
    Probe(name="exec", tries="run a program", code="import os\nos.execv('/bin/sh', ['sh', '-c', 'touch @OUT@'])"),
    Probe(name="signal", tries="send a signal to another process", code="import os\nos.kill(os.getppid(), 0)"),
    Probe(name="kill", tries="kill the kernel that asked", code="import os\nos.kill(@PARENT@, 0)"),
    Probe(
        name="ptrace",
        tries="trace a process",
        code="import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nif libc.ptrace(0, 0, 0, 0):\n    raise OSError(ctypes.get_errno(), 'ptrace')",
    ),
    Probe(
        name="native",
        tries="call the system by ctypes",
        code="import ctypes\nif ctypes.CDLL(None).system(b'touch @OUT@'):\n    raise OSError('system() failed')",
    ),
    Probe(
        name="memory",
        tries=f"take 4 GB with a limit of {MEMORY_MB} MB",
        code="kept = []\nfor n in range(64):\n    kept.append(b'x' * (1 << 26))",
    ),
    Probe(
        name="loop",
        tries=f"run on after {WALL_S:g} s",
        code="while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        held=_in_time,
    ),
    Probe(
        name="flood",
        tries="flood the output",
        code=f"for n in range(2000):\n    print('x' * 100_000)\nresult = 'x' * ({OUTPUT_MB + 4} << 20)",
        held=_in_bounds,
    ),
)


@contextlib.contextmanager
def ground() -> Iterator[Ground]:
    """Lay out the targets, in a folder of their own."""
    with tempfile.TemporaryDirectory(prefix="nexus-probe-") as name, socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        (Path(name) / ".ssh").mkdir()
        (Path(name) / ".ssh" / "id_probe").write_text("not a key")
        yield Ground(folder=Path(name), server=server)


def run(sandbox: Sandbox | None = None) -> Iterator[Verdict]:
    """Run every probe without the policy and give what held, one by one."""
    from nexus_jupyter.sandbox.limits import Limits
    from nexus_jupyter.sandbox.runner import Sandbox

    limits = Limits(wall_s=WALL_S, memory_mb=MEMORY_MB, output_mb=OUTPUT_MB, stdout_kb=STDOUT_KB)
    with contextlib.ExitStack() as stack:
        target = stack.enter_context(ground())
        box = sandbox or stack.enter_context(Sandbox(limits=limits, lowest="C", policy=False))
        box.run("result = 1")
        for probe in PROBES:
            ends = "" if probe.held is _in_bounds else f"\nresult = {REACHED!r}"
            outcome = box.run(target.filled(probe.code) + ends)
            held = probe.held(outcome) and not target.touched()
            met = outcome.message.partition(" Files, the network")[0].partition("\n")[0] or f"ended as {outcome.status}"
            yield Verdict(name=probe.name, tries=probe.tries, held=held, met=met)
