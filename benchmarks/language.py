"""How long understanding takes, without code and sandbox: medians and ratios, printed; nothing here is a test.

    python benchmarks/language.py

Prints p50 and p95 of `understand` over the project's own questions (tests/questions), data described beforehand; how that grows
from 1,000 to 10,000,000 rows; and what describing and indexing a frame of 1,000,000 rows and 20 columns takes, once.
"""

from __future__ import annotations

import statistics
import sys
import time
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))

from quality import frames, questions

from nexus_jupyter.context.catalog import build_catalog, select
from nexus_jupyter.language.language import understand

RUNS = 5
SMALL, LARGE = 1_000, 10_000_000
GROWING = (
    "average price by region, highest first",
    "how many rows have price above 100 in North",
    "top 5 products by total quantity",
    "total quantity per month",
)


def sales(rows: int) -> pd.DataFrame:
    """Make a frame of sales with a fixed seed."""
    rng = np.random.default_rng(7)
    return pd.DataFrame(
        {
            "date": pd.Timestamp("2021-01-01") + pd.to_timedelta(rng.integers(0, 730, rows), unit="D"),
            "region": pd.Categorical.from_codes(rng.integers(0, 4, rows), ["North", "South", "East", "West"]),
            "product": pd.Categorical.from_codes(rng.integers(0, 200, rows), [f"P{i:03d}" for i in range(200)]),
            "price": rng.gamma(2.0, 60.0, rows).round(2),
            "quantity": rng.integers(1, 40, rows),
        }
    )


def wide(rows: int) -> pd.DataFrame:
    """Make a frame of 20 columns: numbers, dates, categories and free text."""
    rng = np.random.default_rng(7)
    base = sales(rows)
    more: dict[str, Any] = {f"measure_{i}": rng.normal(size=rows) for i in range(8)}
    more |= {f"code_{i}": rng.integers(0, 10 ** (i + 2), rows) for i in range(4)}
    more |= {f"name_{i}": pd.Series(rng.integers(0, 10 ** (i + 3), rows)).astype(str).radd("name ") for i in range(3)}
    return base.assign(**more)


def milliseconds(call: Any) -> float:
    """Time one call."""
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def main() -> int:
    """Measure and print."""
    tables = frames()
    catalogs = {q.data: build_catalog({n: tables[n] for n in q.data})[0] for q in questions()}
    taken = []
    for q in questions():
        chosen = select(catalogs[q.data], q.text)
        understand(q.text, chosen)
        taken.append(statistics.median(milliseconds(lambda q=q, c=chosen: understand(q.text, c)) for _ in range(3)))
    taken.sort()
    print(f"understanding, {len(taken)} questions: p50 {taken[len(taken) // 2]:.1f} ms   p95 {taken[int(0.95 * (len(taken) - 1))]:.1f} ms")

    small, large = (build_catalog({"sales": sales(rows)})[0] for rows in (SMALL, LARGE))
    pairs = []
    for text in GROWING:
        for catalog in (small, large):
            understand(text, catalog)
        pairs += [
            (milliseconds(lambda t=text: understand(t, small)), milliseconds(lambda t=text: understand(t, large))) for _ in range(RUNS)
        ]
    ratio = statistics.median(b / a for a, b in pairs)
    print(f"growth from {SMALL:,} to {LARGE:,} rows: {ratio:.2f} x")

    frame = wide(1_000_000)
    took = []
    for _ in range(3):
        fresh = frame.copy()
        took.append(milliseconds(lambda f=fresh: understand("average price by region", build_catalog({"sales": f})[0])))
    print(f"describing and indexing 1,000,000 rows x {frame.shape[1]} columns: {statistics.median(took):.0f} ms")
    tracemalloc.start()
    build_catalog({"sales": frame.copy()})
    print(f"memory of Python objects meanwhile: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB at most")
    return 0


if __name__ == "__main__":
    sys.exit(main())
