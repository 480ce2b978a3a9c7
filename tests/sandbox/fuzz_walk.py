"""Fuzz the wall and the policy with random walks: chains of attributes and calls from every library that a worker has.

    python tests/sandbox/fuzz_walk.py [--seconds 60] [--seed 1]

Chains are made from the public names of the libraries (looked up here, called only in the sandbox) and run in two sandboxes. Without the
policy nothing may get out of the worker: traps are a secret file, the parent's environment, a path that must not come to be, a local
server, the parent's life, and the result of the next run. With the policy the same, and each chain that still met the wall
(a PermissionError of the system) is listed: a gap in the policy, which the wall closed.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import sys
import time
import types
import warnings
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SECRET = "token-that-must-not-come-out"
CHAINS = 100
# They would only end the run itself, or wait.
IDLE = {
    "abort",
    "_exit",
    "exit",
    "quit",
    "kill",
    "killpg",
    "input",
    "breakpoint",
    "sleep",
    "pause",
    "set_trace",
    "interact",
    "test",
    "runtests",
    "main",
}
ARGUMENTS = (
    *(
        "'@KEY@'",
        "'@OUT@'",
        "'@FOLDER@'",
        "'http://127.0.0.1:@PORT@/'",
        "'os'",
        "'builtins'",
        "'posix'",
        '\'__import__("os").listdir("/")\'',
    ),
    *(
        "df",
        "df['k']",
        "[1, 2]",
        "{'a': 1}",
        "0",
        "1",
        "'k'",
        "print",
        "len",
        "str",
        "object()",
        "b'x'",
        "None",
        "io.StringIO('k,v\\n1,2')",
    ),
    *("['/bin/sh', '-c', 'touch @OUT@']", "'touch @OUT@'", "lambda *a: a", "df.to_pickle", "Exception('x')"),
)
AFTER = (
    "read",
    "write",
    "open",
    "load",
    "loads",
    "system",
    "popen",
    "get",
    "f",
    "func",
    "environ",
    "run",
    "call",
    "file",
    "handle",
    "values",
    "obj",
)


@dataclass
class Found:
    """What a round of walks came to."""

    programs: int = 0
    chains: int = 0
    refused_early: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    got_out: list[str] = field(default_factory=list)
    met_wall: Counter[str] = field(default_factory=Counter)

    def told(self) -> str:
        """Say it in one line."""
        return f"{self.programs} programs, {self.chains} chains, {self.refused_early} refused by their text, ends {dict(self.ends)}"


def roots() -> dict[str, Any]:
    """Import what a worker has imported, as far as it is installed."""
    from nexus_jupyter.sandbox import preload, rules

    found = {}
    names = [n for n in (*preload.PLAIN, *preload.CORE, *preload.STATISTICS) if not n.startswith("nexus_jupyter")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in dict.fromkeys([*names, *rules.ALLOWED_MODULES]):
            try:
                found[name] = importlib.import_module(name)
            except Exception:  # noqa: BLE001 - not installed here
                continue
    return found


class Walker:
    """Makes chains: a walk over real names, then calls with tempting arguments and further names."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.roots = roots()
        self.seen = list(AFTER)

    def chain(self, *, private: bool) -> tuple[str, str]:
        """Give the module to import and the expression that walks from it."""
        chance = self.chance
        module = chance.choice(list(self.roots))
        current, text = self.roots[module], "m"
        for _ in range(chance.randrange(1, 5)):
            names = [n for n in self._names(current) if (private or n[0] != "_") and n not in IDLE]
            if not names:
                break
            name = chance.choice(names)
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    following = getattr(current, name)
            except Exception:  # noqa: BLE001 - some names only pretend to be there
                break
            text, current = f"{text}.{name}", following
            if not isinstance(current, (types.ModuleType, type)):
                break
        self.seen.append(text.rpartition(".")[2])
        for _ in range(chance.randrange(3)):
            if chance.random() < 0.75:
                text += f"({', '.join(chance.choice(ARGUMENTS) for _ in range(chance.randrange(4)))})"
            name = chance.choice(self.seen[-400:] + list(AFTER))
            text += f".{name}" if (private or name[0] != "_") and name not in IDLE and name.isidentifier() else ""
        if not text.endswith(")"):
            text += f"({', '.join(chance.choice(ARGUMENTS) for _ in range(chance.randrange(4)))})"
        return module, text

    @staticmethod
    def _names(value: Any) -> list[str]:
        try:
            return [n for n in dir(value) if isinstance(n, str) and n.isidentifier()] if isinstance(value, (types.ModuleType, type)) else []
        except Exception:  # noqa: BLE001 - a module's own __dir__
            return []


def program(chains: list[tuple[str, str]]) -> str:
    """Write a program that tries every chain, prints the number of each that met the wall, and keeps a look at what came back."""
    lines = ["import io", "kept = []"]
    for number, (module, text) in enumerate(chains):
        lines += ["try:", f"    import {module} as m", f"    kept.append(repr({text})[:200])", "except Exception as error:"]
        lines += [f"    if isinstance(error, PermissionError):\n        print('wall', {number})"]
    return "\n".join([*lines, "result = kept"])


def round_of(box: Any, walker: Walker, target: Any, found: Found, *, policy: bool) -> None:
    """Run one program and look at the traps."""
    from nexus_jupyter.sandbox import policy as rules

    chains = []
    while len(chains) < CHAINS:
        module, text = walker.chain(private=not policy)
        found.chains += 1
        if policy and rules.check(target.filled(program([(module, text)]))):
            found.refused_early += 1
            continue
        chains.append((module, text))
    code = target.filled(program(chains)).replace("@FOLDER@", str(target.folder))
    outcome = box.run(code, FRAMES)
    found.programs += 1
    found.ends[outcome.status] += 1
    for line in outcome.stdout.splitlines():
        number = line.removeprefix("wall ")
        if line.startswith("wall ") and number.isdigit() and int(number) < len(chains):
            module, text = chains[int(number)]
            found.met_wall[f"{module}: {text.partition('(')[0]}"] += 1
    if target.touched():
        found.got_out.append(f"something was written or reached by:\n{code}")
    if SECRET in repr(outcome):
        found.got_out.append(f"a secret came out of:\n{code}")
    if box.run("import math\nresult = [6 * 7, math.floor(2.5), len(df)]", FRAMES).result.value != [42, 2, 3]:
        found.got_out.append(f"the next run was changed by:\n{code}")


FRAMES: dict[str, Any] = {}


def walk(seconds: float, seed: int) -> dict[str, Found]:
    """Walk for a time, half of it without the policy, and give what was found in each half."""
    import pandas as pd

    from nexus_jupyter.sandbox import Limits, Sandbox, probes

    FRAMES["df"] = pd.DataFrame({"k": ["a", "b", "c"], "v": [1, 2, 3]})
    os.environ["NEXUS_FUZZ_SECRET"] = SECRET
    walker = Walker(seed)
    both = {"wall alone": Found(), "with the policy": Found()}
    with probes.ground() as target:
        (target.folder / ".ssh" / "id_probe").write_text(SECRET)
        for name, found in both.items():
            policy = name != "wall alone"
            with Sandbox(limits=Limits(wall_s=4, memory_mb=512), lowest="B", policy=policy) as box:
                if box.level > "B":
                    raise SystemExit("There is no system-call filter here; nothing is tried.")
                until = time.monotonic() + seconds / 2
                while time.monotonic() < until:
                    round_of(box, walker, target, found, policy=policy)
    return both


def main() -> int:
    """Walk and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--json", type=Path, help="where to write the chains that met the wall")
    chosen = options.parse_args()
    sys.path.insert(0, str(ROOT))
    both = walk(chosen.seconds, chosen.seed)
    for name, found in both.items():
        print(f"{name}, seed {chosen.seed}: {found.told()}")
        for one in found.got_out:
            print(f"GOT OUT: {one}")
    met = both["with the policy"].met_wall
    print(
        f"through the policy, stopped by the wall: {sum(met.values())} chains"
        + "".join(f"\n  {n} x {name}" for name, n in met.most_common(20))
    )
    if chosen.json:
        chosen.json.write_text(json.dumps(met, indent=1))
    return 1 if any(found.got_out for found in both.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
