"""What a waiting worker does before its request: each library is used once, so that its pages and threads are there.

A zygote must never do this, as a process forked after it would hang; a worker is never forked from.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

__all__ = ["STEPS"]

ROWS = 64


def _policy() -> None:
    from nexus_jupyter.sandbox import policy

    policy.compile_program("import pandas as pd\nresult = {'a': [v for v in range(3)]}\n")


def _frame() -> Any:
    import pandas as pd

    return pd.DataFrame({"key": ["a", "b"] * (ROWS // 2), "value": [float(n) for n in range(ROWS)]})


def _arrow() -> None:
    import mmap
    import os

    from nexus_jupyter.sandbox import inputs

    sent = inputs.send_frame("frame", _frame())
    data = mmap.mmap(sent.fd, 0, access=mmap.ACCESS_COPY)
    os.close(sent.fd)
    inputs.frame_of({"lib": sent.lib, "columns": sent.columns, "raw": sent.raw, "only": None, "lazy": False}, data)


def _group() -> None:
    _frame().groupby("key", as_index=False)["value"].mean()


def _reply() -> None:
    from nexus_jupyter.sandbox.encode import Writer

    writer = Writer()
    head = {"status": "ok", "result": writer.result(_frame())}
    b"".join(bytes(piece) for piece in writer.packed(head, 1 << 20))


def _sort() -> None:
    frame = _frame()
    frame.sort_values("value", ascending=False).head(3)
    frame["value"].count()


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
# A request that comes while a step goes on waits for its end, so each is short.
STEPS: tuple[tuple[float, Callable[[], None]], ...] = (
    (0, _policy),
    (0, _arrow),
    (0, _group),
    (0, _reply),
    (0, _sort),
    (20, _polars),
    (100, _plotly),
)
