"""Fuzz the reader of replies with what a hostile worker may write: it has to end in an outcome, in bounded memory.

    python tests/sandbox/fuzz_replies.py [--seconds 60] [--seed 1]

The reader runs in a child process, so that a crash is seen as one; the child's resident memory is bounded by `BOUND_MB` on top of
what the libraries take. Replies are honest ones with damage in their head, their lengths and offsets, or their buffers, or are
forged from nothing; now and then one is a bomb of the largest size that a worker can leave.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BOUND_MB = 1024
LARGEST = 48 << 20
NUMBERS = (0, 1, -1, 2, 7, 8, 63, 64, 65, 127, 128, 2**31 - 1, 2**31, 2**32, 2**63 - 1, 2**63, 10**30, -(2**63), 0.5, -0.0, 1e308, True)
TEXTS = (
    "",
    "int64",
    "string",
    "large_string",
    "list",
    "struct",
    "null",
    "bool",
    "double",
    "date32[day]",
    "timestamp[ns, tz=UTC]",
    "duration[s]",
)
TEXTS += (
    "dictionary",
    "extension",
    "\ud800",
    "\x00",
    "x" * 5000,
    "pandas",
    "polars",
    "table",
    "figure",
    "text",
    "scalar",
    "mapping",
    "1e9999",
    "ok",
    "refused",
    "memory",
)
KEYS = (
    "$",
    "v",
    "k",
    "t",
    "n",
    "b",
    "c",
    "f",
    "d",
    "range",
    "levels",
    "names",
    "cols",
    "lib",
    "index",
    "axis",
    "result",
    "names",
    "findings",
    "message",
    "line",
    "status",
)
TYPES = (
    "int8",
    "int64",
    "double",
    "bool",
    "string",
    "large_string",
    "null",
    "list",
    "struct",
    "date32[day]",
    "time64[ns]",
    "timestamp[us]",
)


def honest() -> list[bytes]:
    """Write some honest replies."""
    import pandas as pd
    import polars as pl

    from nexus_jupyter.sandbox.encode import Writer

    frame = pd.DataFrame(
        {"a": [1, 2, 3], "b": ["x", None, "zz"], "c": pd.to_datetime(["2024-01-01", None, "2024-03-01"]), "d": [True, None, False]}
    )
    grouped = frame.set_index(["a", "b"])[["c"]]
    nested = pl.DataFrame({"l": [[1], [2, 3], None], "s": [{"x": "a"}, {"x": None}, {"x": "b"}], "d": [None, None, None]})
    values = (frame, grouped, nested, {"t": frame, "v": 3, "w": "text"}, [1, {"a": (2, 3)}, {4}, 2.5], "text", frame["c"], frame.head(0))
    made = []
    for value in values:
        writer = Writer()
        head = {"status": "ok", "result": writer.result(value), "names": {}}
        made.append(b"".join(bytes(piece) for piece in writer.packed(head, LARGEST)))
    found = {"rule": "import", "line": 3, "message": "The module `os` is not available.", "hint": "Use frames."}
    made.append(_packed({"status": "refused", "findings": [found, found]}, b""))
    made.append(_packed({"status": "error", "message": "ValueError: x", "line": 2, "missing": None}, b""))
    return made


def _tree(node: Any, chance: random.Random) -> Any:
    """Damage one place of a JSON tree."""
    if isinstance(node, dict) and node and chance.random() < 0.85:
        key = chance.choice(list(node))
        if chance.random() < 0.08:
            return {k: v for k, v in node.items() if k != key}
        return {**node, key: _tree(node[key], chance)}
    if isinstance(node, list) and node and chance.random() < 0.85:
        at = chance.randrange(len(node))
        if chance.random() < 0.1:
            return [*node[:at], *([node[at]] * chance.choice((0, 2, 50))), *node[at + 1 :]]
        return [*node[:at], _tree(node[at], chance), *node[at + 1 :]]
    return _leaf(node, chance)


def _leaf(node: Any, chance: random.Random) -> Any:
    kind = chance.randrange(8)
    if kind <= 2:
        return chance.choice(NUMBERS) if not isinstance(node, int) or kind else node + chance.choice((-64, -8, -1, 1, 8, 64, 1 << 20))
    if kind <= 4:
        return chance.choice(TEXTS)
    if kind == 5:
        return {chance.choice(KEYS): node, "k": chance.choice(TEXTS)}
    return chance.choice((None, [], {}, [node] * 3, [[[[node]]]]))


def _column(chance: random.Random, size: int, depth: int = 0) -> dict[str, Any]:
    place = [chance.choice((0, 1, 8, size // 2, size)), chance.choice((0, 1, 8, 16, size, size + 1))]
    column = {"t": chance.choice(TYPES), "n": chance.choice((0, 1, 2, 16, 128, size)), "b": [None, place, place][: chance.randrange(1, 4)]}
    if depth < 3 and column["t"] in ("list", "struct"):
        column["c"] = [_column(chance, size, depth + 1) for _ in range(chance.randrange(3))]
        column["f"] = ["x"] * len(column["c"])
    return column


def _packed(head: Any, blobs: bytes) -> bytes:
    text = json.dumps(head).encode("ascii")
    return b"NXRPLY01" + len(text).to_bytes(8, "little") + text + blobs


def bomb(chance: random.Random) -> bytes:
    """Write a reply of nearly the largest size that is to become as large as it can."""
    size = LARGEST - 100_000
    kind = chance.choice(TYPES)
    wide = {"int8": 8, "int64": 64, "double": 64, "bool": 1, "date32[day]": 32, "time64[ns]": 64, "timestamp[us]": 64}.get(kind, 8)
    count = size * 8 // (wide + 1) - 1024
    count = min(count, chance.choice((2_000_000, 25_000_000, count)))
    mask = (count + 7) // 8
    buffers: list[Any] = [[0, mask], [mask, size - mask]] if kind not in ("null", "struct") else [None]
    column = {"t": kind, "n": count, "b": buffers, "c": [], "f": []}
    table = {
        "k": "table",
        "lib": chance.choice(("pandas", "polars")),
        "names": ["a"],
        "cols": [column],
        "n": count,
        "index": {"range": [0, count, 1]},
    }
    fill = chance.choice((b"\x00", b"\xff", b"\x01", b"\x55"))
    if chance.random() < 0.25:
        return _packed({"status": "ok", "result": {"k": "scalar", "v": [[1] * 3] * 200_000}}, b"")
    if chance.random() < 0.2:
        return _packed({"status": "ok", "result": {"k": "text", "v": [0, size]}}, fill * size)
    return _packed({"status": "ok", "result": table}, fill * size)


def replies(seed: int) -> Iterator[bytes]:
    """Write hostile replies without end."""
    chance = random.Random(seed)
    originals = honest()
    for number in range(1 << 60):
        data = chance.choice(originals)
        length = int.from_bytes(data[8:16], "little")
        head, blobs = json.loads(data[16 : 16 + length]), bytearray(data[16 + length :])
        kind = chance.randrange(10)
        if number % 500 == 499:
            yield bomb(chance)
            continue
        if kind <= 4:
            for _ in range(chance.randrange(1, 4)):
                head = _tree(head, chance)
        if kind in (3, 4, 5, 6) and blobs:
            for _ in range(chance.randrange(1, 6)):
                at = chance.randrange(len(blobs))
                blobs[at : at + 4] = chance.choice((b"\xff\xff\xff\x7f", b"\x00\x00\x00\x80", b"\xff" * 4, chance.randbytes(4)))
        if kind == 7:
            size = max(len(blobs), 16)
            blobs = bytearray(chance.randbytes(size))
            columns = [_column(chance, size) for _ in range(chance.randrange(1, 4))]
            rows = columns[0]["n"]
            head = {
                "status": "ok",
                "result": {"k": "table", "lib": chance.choice(("pandas", "polars")), "names": [f"c{n}" for n in range(len(columns))]},
            }
            head["result"] |= {"cols": columns, "n": rows, "index": {"range": [0, rows, 1]}}
        made = bytearray(_packed(head, bytes(blobs)))
        if kind >= 8:
            for _ in range(chance.randrange(1, 8)):
                made[chance.randrange(len(made))] = chance.randrange(256)
        yield bytes(made[: chance.randrange(len(made))] if kind == 9 else made)


def _peak_kb() -> int:
    """Give the most memory that this process had; `ru_maxrss` would count what its parent had, too."""
    return next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))


def read(seconds: float, seed: int) -> dict[str, Any]:
    """Read hostile replies for a time, in this process, and count what came of them."""
    import warnings

    from nexus_jupyter.sandbox import Limits
    from nexus_jupyter.sandbox.runner import _outcome

    warnings.simplefilter("ignore")
    limits = Limits()
    for data in honest():
        _outcome("", 0, 0.0, "", data, limits)
    before = _peak_kb()
    ends: Counter[str] = Counter()
    slowest, until = 0.0, time.monotonic() + seconds
    for data in replies(seed):
        begun = time.monotonic()
        if begun > until:
            break
        Path("last-reply.bin").write_bytes(data)
        outcome, _ = _outcome("", 0, 0.0, "", data, limits)
        slowest = max(slowest, time.monotonic() - begun)
        repr(outcome.findings).encode()
        outcome.message.encode()
        for part in (outcome.result, *outcome.names.values()):
            repr(part)
            if hasattr(part, "_repr_html_"):
                part._repr_html_().encode()
        ends[outcome.status] += 1
    grown = (_peak_kb() - before) >> 10
    return {"replies": sum(ends.values()), **ends, "grown_mb": grown, "slowest_s": round(slowest, 2)}


def fuzz(seconds: float, seed: int, folder: Path) -> tuple[int, dict[str, Any], str]:
    """Read in a child process: its exit status, what it counted, and what it said when it failed."""
    command = [sys.executable, str(Path(__file__).resolve()), "--child", "--seconds", str(seconds), "--seed", str(seed)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=seconds + 300)
    return done.returncode, json.loads(done.stdout) if done.returncode == 0 else {}, done.stderr[-3000:]


def main() -> int:
    """Fuzz and print."""
    import tempfile

    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--child", action="store_true")
    chosen = options.parse_args()
    if chosen.child:
        sys.path.insert(0, str(ROOT))
        print(json.dumps(read(chosen.seconds, chosen.seed)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        status, counted, said = fuzz(chosen.seconds, chosen.seed, Path(folder))
        if status or counted["grown_mb"] > BOUND_MB:
            Path("failing-reply.bin").write_bytes((Path(folder) / "last-reply.bin").read_bytes())
            print(f"FAILED with seed {chosen.seed} (status {status}, {counted}); the reply is in failing-reply.bin\n{said}")
            return 1
    print(f"hostile replies, seed {chosen.seed}: {counted}; no crash, memory below {BOUND_MB} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
