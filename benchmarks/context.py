"""How long a first look at a frame takes, and how long a second one.

    python benchmarks/context.py [ROWS ...]

Prints, per number of rows and library: the first description of a frame of 20 columns, the second (nothing changed), the
hash of the content, and the ratio of the first to `describe(include="all")` of pandas.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from nexus_jupyter.context.frames import Describer, content_hash


def made(rows: int) -> pd.DataFrame:
    """Make a frame of 20 columns: 6 whole numbers, 6 fractions, 2 dates, 6 texts of 3 to 200,000 levels."""
    random = np.random.default_rng(7)
    data: dict[str, Any] = {f"count_{i}": random.integers(0, 10 ** (i + 1), rows) for i in range(6)}
    data |= {f"value_{i}": random.normal(size=rows) for i in range(6)}
    data |= {f"day_{i}": pd.Timestamp("2013-01-01") + pd.to_timedelta(random.integers(0, 10**7, rows), unit="s") for i in range(2)}
    for i, levels in enumerate((3, 10, 100, 10_000, 200_000)):
        names = np.array([f"level {n}" for n in range(levels)], dtype=object)
        data[f"text_{i}"] = pd.array(names[random.integers(0, levels, rows)], dtype="str")
    data["written"] = pd.array(
        np.array([f"{d:02d}/{m:02d}/2013" for d in range(1, 29) for m in range(1, 13)], dtype=object)[random.integers(0, 336, rows)],
        dtype="str",
    )
    return pd.DataFrame(data)


def took(work: Callable[[], object], times: int = 5) -> float:
    """Give the median milliseconds of a call."""
    measured = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        measured.append((time.perf_counter() - start) * 1000)
    return statistics.median(measured)


def main() -> None:
    """Print the table."""
    print(f"{'rows':>10} {'library':8} {'first ms':>9} {'again ms':>9} {'hash ms':>9} {'of pandas describe':>19}")
    for rows in [int(a) for a in sys.argv[1:]] or [10_000, 1_000_000]:
        base = made(rows)
        floor = took(lambda base=base: base.describe(include="all"), 1)
        for name, frame in (("pandas", base), ("polars", pl.from_pandas(base)), ("arrow", pa.Table.from_pandas(base))):
            first = took(lambda frame=frame: Describer().describe("frame", frame))
            known = Describer()
            known.describe("frame", frame)
            again = took(lambda frame=frame, known=known: known.describe("frame", frame), 20)
            hashed = took(lambda frame=frame: content_hash(frame), 1)
            print(f"{rows:>10,} {name:8} {first:9.1f} {again:9.2f} {hashed:9.1f} {first / floor:18.2f}x")


if __name__ == "__main__":
    main()
