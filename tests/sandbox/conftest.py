"""One sandbox for all tests of this room: starting it costs a second, runs share nothing anyway."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nexus_jupyter.sandbox import Limits, Sandbox

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """Give a sandbox with the policy and short limits."""
    with Sandbox(limits=Limits(wall_s=5, memory_mb=512), lowest="C") as opened:
        if opened.level == "D":
            pytest.skip("no worker is possible here")
        yield opened


@pytest.fixture(scope="session")
def bare(sandbox: Sandbox) -> Iterator[Sandbox]:
    """Give a sandbox without the policy: what holds here is the operating system."""
    assert sandbox.level
    with Sandbox(limits=Limits(wall_s=5, memory_mb=512), lowest="B", policy=False) as opened:
        if opened.level > "B":
            pytest.skip("no system-call filter here")
        yield opened


@pytest.fixture(scope="session")
def corpus() -> Callable[[str], list[dict[str, Any]]]:
    """Give the cases of one of the two small corpora."""
    return lambda name: [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text().splitlines()]
