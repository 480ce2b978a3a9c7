"""Programs that are no programs, or too much of one, end in a sentence that names the limit; the asker's process only ever reads them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from nexus_jupyter.sandbox import Limits, Sandbox

ROOT = Path(__file__).parents[2]


def nested(levels: int) -> str:
    """Write blocks whose bytecode doubles with each level: they take for ever to compile."""
    lines = [" " * n + part for n in range(levels) for part in ("try:", " pass", "finally:")]
    return "\n".join([*lines, " " * levels + "x = 1"])


SOURCES = {
    "20 MB": ("x = 1\n" * 3_400_000, "20,400,000 characters; the limit is 100 kB"),
    "a megabyte in few characters": ("x = '" + "\U0001f600" * 40_000 + "'", "the limit is 100 kB"),
    "100,000 brackets": ("(" * 50_000 + ")" * 50_000, ""),
    "brackets without an end": ("[" * 100_000, ""),
    "100,000 signs": ("x = " + "-" * 100_000 + "1", ""),
    "99,000 signs": ("x = " + "-" * 99_000 + "1", ""),
    "a sum of 30,000": ("x = " + "+".join("1" * 30_000), "nested"),
    "a chain of 20,000 attributes": ("x = a" + ".b" * 20_000, "nested"),
    "a chain of 20,000 calls": ("x = a" + "()" * 20_000, "nested"),
    "many parts": ("x = [" + "1," * 30_000 + "]", "more than 20,000 parts"),
    "a null byte": ("x = 1\x00", "null byte"),
    "half a character": ("x = '\ud800'", "This is not Python"),
    "a line without an end": ("x = '" + "a" * 90_000, "This is not Python"),
    "nothing that is text": (b"result = 1", "The program has to be text; this is bytes"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_out_of_bounds_is_refused_with_the_limit(sandbox: Sandbox, name: str) -> None:
    code, said = SOURCES[name]
    outcome = sandbox.run(code)  # type: ignore[arg-type] # one is no text on purpose
    assert outcome.status in ("refused", "killed", "error"), outcome
    assert outcome.result is None
    assert said in outcome.message
    assert outcome.message.endswith((".", "steps", "line"))


@pytest.mark.parametrize(
    "code",
    [
        "\ufeffresult = 1",
        "# -*- coding: utf-7 -*-\nresult = 1",
        "# coding: no-such\r\nresult = 1\r\n",
        "result = 1\f",
        "result = 1 # \u202e",
    ],
)
def test_odd_encodings_and_line_ends_are_read_as_text(sandbox: Sandbox, code: str) -> None:
    assert sandbox.run(code).result.value == 1


def test_reading_them_for_the_review_never_hurts_the_reader() -> None:
    code = (
        "import json, sys, time\nsys.path.insert(0, sys.argv[1])\nfrom nexus_jupyter.sandbox import policy\n"
        "for source in json.load(sys.stdin):\n    begun = time.process_time()\n    found = policy.check(source)\n"
        "    assert found, source[:50]\n    assert time.process_time() - begun < 5, source[:50]\n"
        "peak = next(int(line.split()[1]) for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "assert peak < 400 << 10, peak\nprint('fine')"
    )
    sources = [code for code, _ in SOURCES.values() if isinstance(code, str)]
    done = subprocess.run([sys.executable, "-c", code, str(ROOT)], input=json.dumps(sources), capture_output=True, text=True, check=False)
    assert done.stdout == "fine\n", (done.returncode, done.stderr[-500:])


@pytest.mark.parametrize("box", ["sandbox", "bare"])
def test_a_compilation_without_an_end_is_stopped_by_time_or_memory(box: str, request: pytest.FixtureRequest) -> None:
    policy = request.getfixturevalue(box).policy
    with Sandbox(limits=Limits(wall_s=2, memory_mb=300), lowest="C", policy=policy) as short:
        outcome = short.run(nested(19))
    assert outcome.status == "killed"
    assert "2 seconds" in outcome.message or "300 MB" in outcome.message
