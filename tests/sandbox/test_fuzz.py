"""Both fuzzers, for a few seconds and with a fixed seed; `make fuzz` runs them for as long as one likes."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from nexus_jupyter.sandbox import Sandbox

HERE = Path(__file__).parent


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_random_walks_reach_nothing_with_and_without_the_policy(bare: Sandbox) -> None:
    assert bare.level in "AB"
    both = _script("fuzz_walk").walk(seconds=4, seed=7)
    assert all(found.programs and not found.got_out for found in both.values()), both


def test_hostile_replies_crash_nothing_and_stay_below_the_bound_of_memory(tmp_path: Path) -> None:
    script = _script("fuzz_replies")
    status, counted, said = script.fuzz(4, 7, tmp_path)
    assert status == 0, said
    assert counted["grown_mb"] <= script.BOUND_MB
    assert counted["replies"] > 50
    assert min(counted["ok"], counted["error"]) > 0
