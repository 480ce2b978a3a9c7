"""What libraries import late is there before a worker is confined, for the versions that are installed here."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pandas as pd

from nexus_jupyter.sandbox import Sandbox, preload_names

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "preload_names.py"


def test_the_list_holds_all_that_ordinary_analyses_import_late() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False, timeout=300)
    made = {name: version for name, version in preload_names.MADE_WITH.items() if metadata.version(name) != version}
    assert done.returncode == 0, f"{done.stdout}\nmade with other versions than are here: {made or 'none'}\n{done.stderr}"


def test_a_worker_knows_the_time_zones_that_libraries_make_for_themselves(sandbox: Sandbox) -> None:
    times = pd.to_datetime(["2024-01-31 23:30", "2024-07-01 12:00"]).tz_localize("Europe/Berlin")
    outcome = sandbox.run(
        "result = int(data['at'].dt.tz_convert('Asia/Tokyo').dt.hour.sum())", frames={"data": pd.DataFrame({"at": times})}
    )
    assert outcome.status == "ok", outcome.message
    assert outcome.result.value == 7 + 19


def test_a_module_that_is_not_there_is_named_with_the_reason(sandbox: Sandbox) -> None:
    outcome = sandbox.run("import scipy.nothing_of_this_name as n\nresult = 1")
    assert outcome.status == "error"
    assert "`scipy.nothing_of_this_name` would have to be loaded ahead" in outcome.message


def test_a_frame_as_it_came_goes_back_from_a_worker_that_had_no_time_to_get_warm(sandbox: Sandbox) -> None:
    import pandas as pd

    for _ in range(6):  # one after the other, so that the waiting ones are fresh
        assert sandbox.run("result = df", {"df": pd.DataFrame({"=1": ["=1+1", "a"], "v": [1, 2]})}).status == "ok"
