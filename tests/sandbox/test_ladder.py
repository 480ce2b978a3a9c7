"""What the system does not grant is found out, said, and lowers the level; nobody goes below what was allowed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nexus_jupyter.sandbox import Sandbox, confine, ladder

ROOT = Path(__file__).parents[2]
LINUX = pytest.mark.skipif(sys.platform != "linux" or os.uname().machine != "x86_64", reason="the numbers of the calls are those of x86-64")
UNSHARE, LANDLOCK, SECCOMP, MEMFD, PIDFD = 272, 444, 317, 319, 434
EPERM, ENOSYS = 1, 38

# A process that lives, like all its children, on a system that answers some calls with an error: what an old kernel or a container does.
LACKING = """
import ctypes, json, struct, sys
sys.path.insert(0, sys.argv[1])
lines = [(0x20, 0, 0, 0)]
for number, error in json.loads(sys.argv[2]).items():
    lines += [(0x15, 0, 1, int(number)), (0x06, 0, 0, 0x00050000 | error)]
lines.append((0x06, 0, 0, 0x7FFF0000))
code = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *line) for line in lines))
head = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(lines), ctypes.addressof(code)))
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0 and libc.syscall(317, 1, 0, ctypes.c_void_p(ctypes.addressof(head))) == 0
"""
ASK = """
from nexus_jupyter.sandbox import Sandbox
with Sandbox() as strict, Sandbox(lowest="C") as consenting:
    runs = [(one.run("result = 6 * 7").status, one.run("result = 6 * 7").message) for one in (strict, consenting)]
    print(json.dumps([strict.level, list(strict.missing), runs]))
"""
DOCTOR = "from nexus_jupyter.cli import main\nsys.exit(main(['doctor', 'sandbox']))"


def lacking(calls: dict[int, int], code: str = ASK, *before: str) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-c", LACKING + code, str(ROOT), json.dumps(calls)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@LINUX
@pytest.mark.parametrize(
    ("calls", "level", "named"),
    [
        ({UNSHARE: EPERM}, "B", ["namespaces"]),
        ({LANDLOCK: ENOSYS}, "B", ["landlock"]),
        ({UNSHARE: EPERM, LANDLOCK: ENOSYS}, "B", ["namespaces", "landlock"]),
        ({SECCOMP: ENOSYS}, "C", ["seccomp"]),
    ],
)
def test_what_the_system_refuses_lowers_the_level_and_is_named(calls: dict[int, int], level: str, named: list[str]) -> None:
    done = lacking(calls)
    found, missing, runs = json.loads(done.stdout)
    assert (found, [one.partition(" ")[0] for one in missing]) == (level, named)
    strict, consenting = runs
    assert consenting[0] == "ok"
    assert strict[0] == ("ok" if level == "B" else "refused")
    assert level == "B" or "`%nexus isolation reduced` allows it" in strict[1]


@LINUX
@pytest.mark.parametrize(("call", "named"), [(MEMFD, "memfd_create"), (PIDFD, "pidfd_open")])
def test_an_old_kernel_runs_nothing_and_is_told_what_it_lacks(call: int, named: str) -> None:
    level, missing, runs = json.loads(lacking({call: ENOSYS}).stdout)
    assert level == "D"
    assert all(status == "refused" and named in message and "Programs can't be run here" in message for status, message in runs)
    assert named in missing[0]


@LINUX
@pytest.mark.skipif(not shutil.which("unshare") or os.getuid() != 0, reason="only root can take /proc away")
def test_without_proc_nothing_runs_and_the_sentence_says_how_to_mount_it() -> None:
    done = lacking({}, ASK, "unshare", "--mount", "sh", "-c", 'umount -l /proc && exec "$0" "$@"')
    assert done.stdout, done.stderr
    level, _, runs = json.loads(done.stdout)
    assert level == "D"
    assert "mount -t proc" in runs[0][1]


@pytest.mark.parametrize(("platform", "name"), [("darwin", "macOS"), ("win32", "Windows")])
def test_other_systems_are_named(monkeypatch: pytest.MonkeyPatch, platform: str, name: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert name in ladder.impossible()


def test_a_machine_without_a_table_of_calls_has_no_filter() -> None:
    with pytest.raises(KeyError):
        confine.install("riscv64")


@LINUX
def test_the_doctor_finds_all_held_here_and_says_what_is_open_without_the_filter() -> None:
    walled = lacking({}, DOCTOR)
    assert walled.returncode == 0, walled.stdout
    assert walled.stdout.count("held ") == 15
    reduced = lacking({SECCOMP: ENOSYS, UNSHARE: EPERM, LANDLOCK: ENOSYS}, DOCTOR)
    assert reduced.returncode == 1
    assert "C: reduced isolation" in reduced.stdout
    assert "OPEN  read /etc/passwd" in reduced.stdout
    assert "held  run on after" in reduced.stdout


# ---- how low it may be
@pytest.mark.parametrize(
    ("wanted", "variable", "file", "level"),
    [
        ("C", None, None, "C"),
        ("B", None, None, "B"),
        ("C", "B", None, "B"),
        ("C", None, '[sandbox]\nlowest = "A"', "A"),
        ("B", "C", '[sandbox]\nlowest = "C"', "B"),
        ("C", "", None, "B"),
        ("C", "nonsense", None, "B"),
        ("C", None, "[sandbox\n", "B"),
        ("C", None, "engine = 'rules'", "C"),
    ],
)
def test_an_administrators_wish_is_stronger_and_what_can_not_be_read_forbids(
    wanted: str, variable: str | None, file: str | None, level: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ladder, "SYSTEM", tmp_path / "settings.toml")
    if file is not None:
        ladder.SYSTEM.write_text(file)
    found = ladder.floor(wanted, {} if variable is None else {"NEXUS_SANDBOX_LOWEST": variable})
    assert found.level == level
    assert bool(found.source) == (level != wanted)


def test_a_user_allows_less_once_and_it_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nexus_jupyter.pipeline import Session
    from nexus_jupyter.settings import load

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr(ladder, "SYSTEM", tmp_path / "system.toml")
    file = tmp_path / "nexus-jupyter" / "settings.toml"
    file.parent.mkdir()
    file.write_text('engine = "rules"\n[limits]\nwall_s = 5\n')
    session = Session()
    try:
        assert "accepted from level B on" in session.isolation()
        assert "accepted from level C on" in session.isolation("reduced")
        assert (load().allow_reduced_isolation, load().engine, load().limits.wall_s) == (True, "rules", 5)
        ladder.SYSTEM.write_text('[sandbox]\nlowest = "B"')
        assert "accepted from level B on" in session.isolation("reduced")
        session.isolation("walled")
        assert load().allow_reduced_isolation is False
        assert file.read_text().count("allow_reduced_isolation") == 1
    finally:
        session.close()


def test_each_answer_and_the_status_say_level_and_what_is_missing() -> None:
    import pandas as pd

    from nexus_jupyter.pipeline import Session

    session = Session()
    try:
        answer = session.ask("average fare", data={"trips": pd.DataFrame({"fare": [1.0, 3.0]})})
        assert answer.status == "answered"
        assert answer.provenance["sandbox"] == session.sandbox.level
        assert answer.provenance["sandbox_missing"] == list(session.sandbox.missing)
        assert session.status()["isolation"].startswith(f"{session.sandbox.level}: ")
    finally:
        session.close()


def test_reduced_isolation_needs_consent(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sandbox.level
    monkeypatch.setattr(Sandbox, "level", property(lambda _: "C"))
    monkeypatch.setattr(Sandbox, "missing", property(lambda _: ("seccomp",)))
    with Sandbox() as strict:
        assert strict.run("result = 1").status == "refused"
        assert strict.allow("C").level == "C"
        assert strict.run("result = 1").status == "ok"
    monkeypatch.setenv("NEXUS_SANDBOX_LOWEST", "B")
    with Sandbox(lowest="C") as forbidden:
        refused = forbidden.run("result = 1")
        assert refused.status == "refused"
        assert "the variable NEXUS_SANDBOX_LOWEST asks for B" in refused.message
