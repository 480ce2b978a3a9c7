"""From question to answer: medians and ratios, printed; nothing here is a test.

    python benchmarks/questions.py [--pause 0.3]

Prints, for the rules engine with the sandbox warm: p50 and p95 at 10,000 rows; the ratio to the same pandas code run directly at
1,000,000 rows, both taken in turn in one run; what `%load_ext` adds to IPython; the first answer of a fresh process; and the size of a
chart of 1,000,000 rows in a notebook. `--pause` is the time between two questions, in which a waiting worker gets warm; 0 is a burst.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

import nexus_jupyter as nexus
from nexus_jupyter.settings import Settings

if TYPE_CHECKING:
    from nexus_jupyter.answer import Answer

QUESTIONS = (
    "average price by region, highest first",
    "total quantity by region",
    "how many rows have price above 100",
    "median price by product",
    "top 5 products by total quantity",
    "average price per month",
    "bar chart of average price by region",
    "which region has the highest total quantity",
    "what is the correlation between price and quantity",
    "missing values",
)
AGAINST_PANDAS = (
    "average price by region, highest first",
    "total quantity by product",
    "average price per month",
    "median price by region",
)
CHARTS = ("scatter plot of price against quantity", "histogram of price", "line chart of average price per day")
RUNS = 5
PAUSE = 0.3


def sales(rows: int) -> pd.DataFrame:
    """Make a frame of sales with a fixed seed."""
    rng = np.random.default_rng(7)
    return pd.DataFrame(
        {
            "date": pd.Timestamp("2021-01-01") + pd.to_timedelta(rng.integers(0, 730, rows), unit="D"),
            "region": rng.choice(["North", "South", "East", "West"], rows),
            "product": rng.choice([f"P{i:03d}" for i in range(200)], rows),
            "price": rng.gamma(2.0, 60.0, rows).round(2),
            "quantity": rng.integers(1, 40, rows),
        },
    )


def ms(since: float) -> float:
    """Give milliseconds since `since`."""
    return (time.perf_counter() - since) * 1e3


def asked(session: nexus.Session, question: str, frame: pd.DataFrame) -> tuple[Answer, float]:
    """Ask once and give the answer and its time."""
    time.sleep(PAUSE)
    start = time.perf_counter()
    answer = session.ask(question, data={"sales": frame})
    return answer, ms(start)


def latency(session: nexus.Session) -> None:
    """Print p50 and p95 at 10,000 rows."""
    frame = sales(10_000)
    asked(session, QUESTIONS[0], frame)
    took: list[float] = []
    stages: dict[str, list[float]] = {}
    for _ in range(RUNS):
        for question in QUESTIONS:
            answer, t = asked(session, question, frame)
            if answer.status != "answered":
                print(f"  not answered: {question}: {answer.text}")
                continue
            took.append(t)
            for stage, value in answer.timings.items():
                stages.setdefault(stage, []).append(value)
    took.sort()
    p95 = took[int(0.95 * (len(took) - 1))]
    print(f"10,000 rows, {len(took)} answers: p50 {statistics.median(took):.0f} ms, p95 {p95:.0f} ms")
    print("  medians by stage: " + ", ".join(f"{k} {statistics.median(v):.1f}" for k, v in stages.items()))


def against_pandas(session: nexus.Session) -> None:
    """Print the ratio to the same code run directly, at 1,000,000 rows."""
    frame = sales(1_000_000)
    ratios = []
    for question in AGAINST_PANDAS:
        answer, _ = asked(session, question, frame)
        if answer.status != "answered":
            print(f"  not answered: {question}: {answer.text}")
            continue
        code = compile(answer.code, "<answer>", "exec")
        ours, plain = [], []
        for _ in range(RUNS):
            ours.append(asked(session, question, frame)[1])
            start = time.perf_counter()
            exec(code, {"sales": frame})  # the program that was just reviewed and shown
            plain.append(ms(start))
        ratio = statistics.median(ours) / statistics.median(plain)
        ratios.append(ratio)
        print(f"  {question}: {statistics.median(ours):.0f} ms, pandas {statistics.median(plain):.0f} ms, ratio {ratio:.2f}")
    print(f"1,000,000 rows against the same pandas code: median ratio {statistics.median(ratios):.2f}, largest {max(ratios):.2f}")


def chart_bytes(session: nexus.Session) -> None:
    """Print the size of charts of 1,000,000 rows."""
    frame = sales(1_000_000)
    for question in CHARTS:
        answer, t = asked(session, question, frame)
        if answer.figure is None:
            print(f"  no figure: {question}: {answer.text}")
            continue
        print(f"  {question}: {len(answer.figure.to_json()) / 1000:.1f} kB, {t:.0f} ms")


def fresh(code: str) -> float:
    """Run `code` in a fresh process that prints milliseconds, and give the median of five."""
    out = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()[-1])
        for _ in range(RUNS)
    ]
    return statistics.median(out)


def start_up() -> None:
    """Print what loading the extension adds, and the first answer of a fresh process."""
    load = (
        "import time\nfrom IPython.core.interactiveshell import InteractiveShell\nshell = InteractiveShell.instance()\n"
        "t = time.perf_counter()\nshell.run_line_magic('load_ext', 'nexus_jupyter')\nprint((time.perf_counter() - t) * 1e3)"
    )
    print(f"%load_ext nexus_jupyter adds {fresh(load):.0f} ms")
    first = (
        "import time, json\nt = time.perf_counter()\nimport nexus_jupyter as nexus\nimport pandas as pd\n"
        "df = pd.DataFrame({'region': ['N', 'S'] * 5000, 'price': range(10000)})\n"
        "a = nexus.ask('average price by region', sales=df)\nassert a.status == 'answered', a.text\nprint((time.perf_counter() - t) * 1e3)"
    )
    print(f"first answer in a fresh process, pandas' import included: {fresh(first):.0f} ms")


def main() -> None:
    """Print all figures."""
    global PAUSE  # noqa: PLW0603 - an option of the script
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--pause", type=float, default=PAUSE)
    PAUSE = options.parse_args().pause
    session = nexus.Session(Settings())
    made: dict[str, Any] = {"python": sys.version.split()[0], "pandas": pd.__version__}
    print(json.dumps(made))
    try:
        latency(session)
        against_pandas(session)
        print("charts of 1,000,000 rows in the notebook:")
        chart_bytes(session)
    finally:
        session.close()
    start_up()


if __name__ == "__main__":
    main()
