"""What people write every day runs: many small analyses with every library that the sandbox offers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from nexus_jupyter.sandbox import Limits, Sandbox

START = "import pandas as pd\nimport numpy as np\n"
SNIPPETS = (Path(__file__).parent / "data" / "ordinary.txt").read_text(encoding="utf-8").strip().split("\n---\n")


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    """Give 120 rows: dates, a category, two measures, a yes or no, a name and a count."""
    draw, rows = np.random.default_rng(0), 120
    return pd.DataFrame(
        {
            "date": pd.date_range("2024-01-01", periods=rows),
            "g": draw.choice(list("abc"), rows),
            "x": draw.normal(10, 3, rows).round(2),
            "y": draw.normal(5, 2, rows).round(2),
            "k": draw.integers(0, 2, rows),
            "name": [f"Ann {n} Lee" for n in range(rows)],
            "cnt": draw.integers(1, 9, rows),
        }
    )


def test_each_of_them_runs(frame: pd.DataFrame) -> None:
    with Sandbox(limits=Limits(wall_s=60, memory_mb=1024), lowest="C") as opened:
        outcomes = [(code, opened.run(code if "__future__" in code else START + code, {"df": frame})) for code in SNIPPETS]
    failed = [f"{outcome.status}: {outcome.message}\n{code}" for code, outcome in outcomes if outcome.status != "ok"]
    assert not failed, "\n\n".join(failed)
    assert len(outcomes) > 150
