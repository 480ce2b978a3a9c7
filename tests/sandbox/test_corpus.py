"""Attacks reach nothing, with and without the policy; ordinary analyses run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

from nexus_jupyter.sandbox import Sandbox

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


def test_ordinary_analyses_run(sandbox: Sandbox, corpus: Corpus) -> None:
    ended = {case["id"]: sandbox.run(case["code"], frames=_frames(case)) for case in corpus("ordinary")}
    assert {name: outcome.message for name, outcome in ended.items() if outcome.status != "ok" or outcome.result is None} == {}
