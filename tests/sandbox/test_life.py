"""A sandbox outlives its processes, leaves nothing behind, stops when it is told to, and takes runs in their order."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from nexus_jupyter.sandbox import Limits, Sandbox
from nexus_jupyter.sandbox import watch as watching
from nexus_jupyter.sandbox.turn import Turn
from nexus_jupyter.sandbox.zygote import AHEAD

RUNS = int(os.environ.get("NEXUS_LEAK_RUNS", "200"))
ROOT = Path(__file__).parents[2]
FRAME = pd.DataFrame({"k": ["a", "b"], "v": [1, 2]})


def below(pid: int) -> list[int]:
    """Give the processes below one, the first process of the sandbox first."""
    with contextlib.suppress(OSError):
        children = [int(n) for task in Path(f"/proc/{pid}/task").iterdir() for n in (task / "children").read_text().split()]
        return [*children, *(n for child in children for n in below(child))]
    return []


def first_process(sandbox: Sandbox) -> int:
    """Give the process that workers are forked from, which is the launcher itself where there are no namespaces."""
    zygote = sandbox.start()._zygote
    assert zygote is not None
    assert zygote.ready["core"].wait(60)
    assert zygote.process is not None
    launcher = zygote.process.pid
    return below(launcher)[0] if sandbox.level == "A" else launcher


def gone(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    return True


def soon(condition: Callable[[], bool], seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.01)
    return condition()


# ---- nothing is left
def used(pid: int) -> dict[str, int]:
    links = []
    for one in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            links.append(str(one.readlink()))
    return {"descriptors": len(links), "memory files": sum("memfd:" in link for link in links)}


def test_many_runs_leave_no_process_descriptor_or_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Sandbox(limits=Limits(wall_s=5), lowest="C") as sandbox:

        def some(count: int) -> None:
            for n in range(count):
                assert sandbox.run(f"result = {n}").result.value == n
            sandbox.run("result = int(df['v'].sum())", {"df": FRAME}, keys={"df": "kept"})
            sandbox.run("result = int(df['v'].sum())", {"df": FRAME})
            sandbox.run("import os")
            sandbox.run("1 / 0")

        some(5)
        pid = first_process(sandbox)
        assert soon(lambda: len(below(pid)) == AHEAD + 2)  # those that wait, and the statistics' own with one of its own
        before = (used(os.getpid()), used(pid), len(below(pid)), threading.active_count())

        def now() -> tuple[object, ...]:
            return (used(os.getpid()), used(pid), len(below(pid)), threading.active_count())

        some(RUNS)
        assert soon(lambda: now() == before), (before, now())
    assert list(tmp_path.iterdir()) == []


PARENT = """
import os, sys
sys.path.insert(0, sys.argv[1])
from nexus_jupyter.sandbox import Sandbox
sandbox = Sandbox(lowest="C").start()
sandbox.run("result = 1")
if sys.argv[2] == "during":
    import threading
    threading.Thread(target=sandbox.run, args=("while True: pass",), daemon=True).start()
    while sandbox._wake is None:
        pass
print(os.getpid(), flush=True)
sys.stdin.readline()
if sys.argv[2] == "exit":
    sys.exit()
os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("how", ["kill", "during", "exit"])
def test_nothing_is_left_when_the_parent_ends(how: str) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(ROOT), how], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    parent.stdout.readline()
    processes = below(parent.pid)
    assert len(processes) >= 2
    parent.communicate("go\n", timeout=60)
    assert soon(lambda: all(map(gone, processes)))


# ---- a first process that is gone or does not answer
@pytest.mark.parametrize("kind", ["core", "statistics"])
def test_a_killed_first_process_is_replaced_without_losing_the_question(sandbox: Sandbox, kind: str) -> None:
    os.kill(first_process(sandbox), signal.SIGKILL)
    code = "result = 6 * 7" if kind == "core" else "from scipy import stats\nresult = int(stats.norm.cdf(0) * 84)"
    assert sandbox.run(code).result.value == 42


def test_a_hung_first_process_is_replaced_without_losing_the_question(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    pid = first_process(sandbox)
    monkeypatch.setattr(watching, "HUNG_S", 0.5)
    os.kill(pid, signal.SIGSTOP)
    assert sandbox.run("result = 6 * 7").result.value == 42
    assert soon(lambda: gone(pid))


@pytest.mark.parametrize(
    ("code", "status"), [("while True: pass", "killed"), ("result = 6 * 7", "ok"), ("import os\nos.abort()", "killed")]
)
def test_a_first_process_that_hangs_during_a_run_delays_no_end(code: str, status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Sandbox(limits=Limits(wall_s=1), lowest="C", policy=False) as sandbox:
        pids = [first_process(sandbox)]
        plain = watching._resident_kb

        def stop_it(statm: int) -> int:  # called when the run has just started
            with contextlib.suppress(OSError):
                os.kill(pids.pop(), signal.SIGSTOP) if pids else None
            return plain(statm)

        monkeypatch.setattr(watching, "_resident_kb", stop_it)
        monkeypatch.setattr(watching, "HUNG_S", 0.5)
        outcome = sandbox.run(code)
        assert outcome.status == status, outcome
        assert not pids


def test_a_worker_that_dies_while_it_waits_is_passed_over(sandbox: Sandbox) -> None:
    pid = first_process(sandbox)
    assert soon(lambda: len(below(pid)) >= 2)
    workers = below(pid)
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    assert soon(lambda: all(map(gone, workers)))
    outcome = sandbox.run("result = 6 * 7")
    assert outcome.status == "ok", outcome
    assert sandbox.run("from scipy import stats\nresult = int(stats.norm.cdf(0) * 84)").result.value == 42


# ---- stopping
def test_interrupt_stops_a_run_long_before_its_limit() -> None:
    with Sandbox(limits=Limits(wall_s=60), lowest="C") as sandbox:
        sandbox.run("result = 1")
        told: list[float] = []

        def stop() -> None:
            soon(lambda: sandbox._wake is not None)
            told.append(time.perf_counter())
            sandbox.interrupt()

        thread = threading.Thread(target=stop)
        thread.start()
        outcome = sandbox.run("while True: pass")
        thread.join()
    assert (outcome.status, outcome.message) == ("killed", "The program was interrupted.")
    assert time.perf_counter() - told[0] < 5


def test_interrupt_stops_a_run_that_still_waits_for_the_first_process(monkeypatch: pytest.MonkeyPatch) -> None:
    with Sandbox(lowest="C") as sandbox:
        assert sandbox.level
        zygote = sandbox._zygote
        assert zygote is not None
        monkeypatch.setitem(zygote.ready, "core", threading.Event())  # never there; the other tests share this zygote
        thread = threading.Thread(target=lambda: (soon(lambda: sandbox._wake is not None), sandbox.interrupt()))
        thread.start()
        outcome = sandbox.run("result = 1")
        thread.join()
    assert outcome.message == "The program was interrupted."


# ---- many at once
def test_those_who_wait_come_in_as_they_arrived() -> None:
    turn, order = Turn(), []

    def take(n: int) -> None:
        with turn:
            order.append(n)

    with turn:
        threads = []
        for n in range(20):
            threads.append(threading.Thread(target=take, args=(n,)))
            threads[-1].start()
            assert soon(lambda n=n: turn.waiting == n + 1)  # type: ignore[misc]
    for thread in threads:
        thread.join()
    assert order == list(range(20))


def test_one_that_stops_waiting_leaves_the_row(monkeypatch: pytest.MonkeyPatch) -> None:
    turn = Turn()

    def interrupted() -> bool:
        raise KeyboardInterrupt

    with turn:
        with monkeypatch.context() as patch:
            patch.setattr(turn._changed, "wait", interrupted)
            with pytest.raises(KeyboardInterrupt):
                turn.__enter__()
        assert turn.waiting == 0
    with turn:
        assert turn.waiting == 0


def test_many_runs_at_once_all_end_with_their_own_result(sandbox: Sandbox) -> None:
    found: dict[int, object] = {}
    threads = [threading.Thread(target=lambda n=n: found.update({n: sandbox.run(f"result = {n}").result.value})) for n in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: n for n in range(30)}


def test_two_sandboxes_share_the_first_process_and_run_at_the_same_time(sandbox: Sandbox) -> None:
    with Sandbox(lowest="C") as other:
        assert first_process(other) == first_process(sandbox)
        codes = {one: f"result = {n}" for n, one in enumerate((sandbox, other))}
        found: dict[int, object] = {}
        threads = [
            threading.Thread(target=lambda n=n, one=one, c=c: found.update({n: one.run(c).result.value}))
            for n, (one, c) in enumerate(codes.items())
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == {0: 0, 1: 1}
