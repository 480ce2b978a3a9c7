"""What a waiting worker does before its request: each library is used once, so that its pages and threads are there.

A zygote must never do this, as a process forked after it would hang; a worker is never forked from.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

__all__ = ["STEPS"]

ROWS = 64


def _policy() -> None:
    from nexus_jupyter.sandbox import policy

    policy.compile_program("import pandas as pd\nresult = {'a': [v for v in range(3)]}\n")


def _pandas() -> None:
    import pandas as pd
    import pyarrow as pa

    from nexus_jupyter.sandbox.encode import Writer

    frame = pd.DataFrame({"key": ["a", "b"] * (ROWS // 2), "value": [float(n) for n in range(ROWS)]})
    sink = pa.BufferOutputStream()
    table = pa.Table.from_pandas(frame)
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    frame = pa.ipc.open_stream(sink.getvalue()).read_all().to_pandas()
    Writer().result(frame.groupby("key", as_index=False)["value"].mean())
    frame.sort_values("value", ascending=False).head(3)


def _polars() -> None:
    import polars as pl

    from nexus_jupyter.sandbox.encode import Writer

    frame = pl.DataFrame({"key": ["a", "b"] * (ROWS // 2), "value": list(range(ROWS))})
    Writer().result(frame.group_by("key").agg(pl.col("value").mean()).sort("key"))


def _plotly() -> None:
    import pandas as pd

    from nexus_jupyter.sandbox.encode import Writer

    if "plotly.express" in sys.modules:
        express = sys.modules["plotly.express"]
        frame = pd.DataFrame({"key": ["a", "b"], "value": [1.0, 2.0]})
        Writer().result({"figure": express.bar(frame, x="key", y="value", title="t")})


# Milliseconds without a request before the step, and the step.
STEPS: tuple[tuple[float, Callable[[], None]], ...] = ((0, _policy), (4, _pandas), (40, _polars), (120, _plotly))
