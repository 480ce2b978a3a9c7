"""Attacks reach nothing, with and without the policy; ordinary analyses run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

from nexus_jupyter.sandbox import Sandbox

sys.path.insert(0, str(Path(__file__).parent))
import test_ladder

Corpus = Callable[[str], list[dict[str, Any]]]
SECRET = "token-of-the-secret-file"


def _frames(case: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, spec in case["frames"].items():
        if spec["lib"] == "polars":
            casts = [pl.col(c).str.to_date() for c, kind in spec.get("dtypes", {}).items() if kind == "date"]
            made[name] = pl.DataFrame(spec["data"]).with_columns(casts)
        else:
            frame = pd.DataFrame(spec["data"])
            for column, kind in spec.get("dtypes", {}).items():
                frame[column] = pd.to_datetime(frame[column]) if kind == "datetime" else frame[column].astype(kind)
            made[name] = frame
    return made


@pytest.fixture
def world(tmp_path: Path) -> Path:
    (tmp_path / "home" / ".ssh").mkdir(parents=True)
    (tmp_path / "scratch").mkdir()
    (tmp_path / "home" / ".ssh" / "id_rsa").write_text(SECRET)
    for name in ("secret.txt", "secret.csv", "secret.json", "secret.ndjson", "victim.txt", "evil_mod.py"):
        (tmp_path / name).write_text(f"s,v\n{SECRET},1\n")
    return tmp_path


def _reached(sandbox: Sandbox, case: dict[str, Any], world: Path) -> list[str]:
    out = world / "out"
    code = case["code"].replace("@@OUT@@", str(out)).replace("@@DIR@@", str(world)).replace("@@SCRATCH@@", str(world / "scratch"))
    before = {p: p.read_bytes() for p in world.rglob("*") if p.is_file()}
    outcome = sandbox.run(code, frames=_frames(case))
    found = [f"{case['id']}: {p.name} was made" for p in world.glob("out*")]
    found += [f"{case['id']}: files changed"] if {p: p.read_bytes() for p in world.rglob("*") if p.is_file()} != before else []
    return found + ([f"{case['id']}: a secret came out"] if SECRET in repr(outcome) else [])


@pytest.mark.parametrize("which", ["sandbox", "bare"])
def test_no_attack_reaches_anything(which: str, request: pytest.FixtureRequest, corpus: Corpus, world: Path) -> None:
    sandbox = request.getfixturevalue(which)
    assert [found for case in corpus("attacks") for found in _reached(sandbox, case, world)] == []
    assert sandbox.run("result = 6 * 7").result.value == 42


ALONE = """
import pathlib
sys.path.insert(0, sys.argv[3])
import test_corpus
from nexus_jupyter.sandbox import Limits, Sandbox
cases = [json.loads(line) for line in pathlib.Path(sys.argv[4]).read_text().splitlines()]
with Sandbox(limits=Limits(wall_s=5, memory_mb=512), lowest="C") as sandbox:
    found = [one for case in cases for one in test_corpus._reached(sandbox, case, pathlib.Path(sys.argv[5]))]
    print(json.dumps([sandbox.level, found, sandbox.run("result = 6 * 7").result.value]))
"""


@pytest.mark.skipif(sys.platform != "linux" or os.uname().machine != "x86_64", reason="the numbers of the calls are those of x86-64")
def test_the_policy_alone_stops_these_attacks_where_the_system_refuses_every_wall(world: Path) -> None:
    here = Path(__file__).parent
    calls = json.dumps({test_ladder.UNSHARE: 1, test_ladder.LANDLOCK: 38, test_ladder.SECCOMP: 38})
    arguments = [str(test_ladder.ROOT), calls, str(here), str(here / "data" / "attacks.jsonl"), str(world)]
    done = subprocess.run(
        [sys.executable, "-c", test_ladder.LACKING + ALONE, *arguments], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["C", [], 42]


def test_ordinary_analyses_run(sandbox: Sandbox, corpus: Corpus) -> None:
    ended = {case["id"]: sandbox.run(case["code"], frames=_frames(case)) for case in corpus("ordinary")}
    assert {name: outcome.message for name, outcome in ended.items() if outcome.status != "ok" or outcome.result is None} == {}
