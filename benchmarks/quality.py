"""How often the rules are right, wrong or silent, by confidence, on the project's own questions.

    python benchmarks/quality.py                 # the figures
    python benchmarks/quality.py --show wrong    # and each question that went wrong (or: right, abstained, all)
    python benchmarks/quality.py --write         # and docs/quality.md, as `make quality` does

The questions are in tests/questions: each with its answer by hand-written pandas, or with the refusal that it should get. An answer that
should have been a refusal is wrong; a refusal of what has an answer is an abstention.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import itertools
import math
import numbers
import statistics
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import confidence

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "tests" / "questions"
DATA = ROOT / "notebooks" / "data"
PAGE = ROOT / "docs" / "quality.md"
SHORT = {"penguins": "p", "flights": "f", "planes": "pl", "airlines": "al", "airports": "ap", "weather": "w"}
BANDS = (0.0, 0.7, 0.9, 0.95, 0.97, 1.0001)
COMPARED = """Every answer can be worked out again in the other engine (`benchmarks/agreement.py`): tables, values, and what charts draw
are compared, numbers to nine digits. Of the 1,426 answers to the project's own questions and to five public sets, on 21 November 2026:

| set | answers | equal | different |
|---|--:|--:|--:|
| the project's own | 251 | 251 | 0 |
| seed | 114 | 110 | 4 |
| DABench | 93 | 92 | 1 |
| Spider | 205 | 205 | 0 |
| VisEval (charts) | 660 | 660 | 0 |
| WikiTableQuestions | 103 | 103 | 0 |

- The four of seed list the types of columns, and each library calls its types otherwise (`int64` and `Int64`). Names of types are no longer compared.
- The one of DABench read times of day, which polars took for missing: text without a year is now read as of 1900 in both.

Asked again, all five agree. What is known to differ, or to fail in one engine alone:

- Describing some thousand columns takes polars more memory than a program in the sandbox may use (1 GB); pandas does it.
- Times with a zone are read as its clocks show them, in both; before, a comparison with a day was one of UTC in polars.
- Totals of whole numbers beyond 64 bits wrap round in both, which no comparison shows: such a plan is refused.

`tests/questions/test_agreement.py` compares the project's own questions, and columns of odd kinds, each time the tests run."""
REFUSALS = {"unanswerable": {"unanswerable", "ambiguous", "refused"}, "ambiguous": {"ambiguous", "unanswerable"}}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question and what should come of it.

    `gold` is an expression in pandas over the short names of `SHORT`; `expect` is "answered", "ordered", "chart.KIND" or the
    name of a refusal.
    """

    text: str
    file: str
    data: tuple[str, ...]
    expect: str
    gold: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of it: "right", "wrong" or "abstained", with the confidence of the best reading."""

    question: Question
    verdict: str
    status: str
    confidence: float
    shown: str
    gold: str
    ms: float


def questions() -> Iterator[Question]:
    """Read the questions of every file."""
    for path in sorted(QUESTIONS.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        data = tuple(content["data"])
        for expect in REFUSALS:
            yield from (Question(text=t, file=path.stem, data=data, expect=expect) for t in content.get(expect, ()))
        charts = {f"chart.{kind}": entries for kind, entries in content.get("chart", {}).items()}
        for expect, entries in {"answered": content.get("answered", {}), "ordered": content.get("ordered", {}), **charts}.items():
            for text, gold in entries.items():
                yield Question(text=text, file=path.stem, data=data, expect=expect, gold=gold)


def frames() -> dict[str, Any]:
    """Read the tour's data."""
    import pandas as pd

    return {
        name: pd.read_parquet(path) if (path := DATA / f"{name}.parquet").exists() else pd.read_csv(DATA / f"{name}.csv") for name in SHORT
    }


# --- is an answer right? ----------------------------------------------------------------------------------------------
def same(gold: Any, got: Any) -> bool:
    """Compare two cells: numbers closely, the rest as text without case."""
    if isinstance(gold, numbers.Number) and isinstance(got, numbers.Number):
        return (math.isnan(gold) and math.isnan(got)) or math.isclose(gold, got, rel_tol=1e-6, abs_tol=1e-9)  # type: ignore[arg-type]
    return str(gold).casefold() == str(got).casefold()


def rows_of(table: Any) -> list[list[Any]]:
    """Give the cells of a frame, of either library."""
    if hasattr(table, "iter_rows"):
        return [list(r) for r in table.iter_rows()]
    return [[v.item() if hasattr(v, "item") else v for v in row] for row in table.itertuples(index=False, name=None)]


def gold_rows(gold: Any) -> list[list[Any]]:
    """Give the rows of a gold answer; a series' index is its first columns."""
    import pandas as pd

    if isinstance(gold, pd.Series) or (
        isinstance(gold, pd.DataFrame) and not isinstance(gold.index, pd.RangeIndex) and any(gold.index.names)
    ):
        gold = gold.reset_index()
    return rows_of(gold) if isinstance(gold, pd.DataFrame) else [[v] for v in gold]


def holds(row: list[Any], wanted: list[Any]) -> bool:
    """Say whether a row has the wanted cells, among others and in any order."""
    left = list(row)
    for value in wanted:
        at = next((i for i, cell in enumerate(left) if same(value, cell)), None)
        if at is None:
            return False
        left.pop(at)
    return True


def equal_tables(gold: list[list[Any]], got: list[list[Any]], *, ordered: bool) -> bool:
    """Say whether two tables have the same rows; the answer may have more columns, and groups of missing keys."""
    import pandas as pd

    if not ordered:
        got = [r for r in got if not any(pd.isna(c) for c in r[:1])] if len(got) > len(gold) else got
    if len(gold) != len(got):
        return False
    if ordered:
        return all(holds(r, w) for w, r in zip(gold, got, strict=True))
    left = list(got)
    for wanted in gold:
        at = next((i for i, row in enumerate(left) if holds(row, wanted)), None)
        if at is None:
            return False
        left.pop(at)
    return True


def answer_rows(answer: Any) -> list[list[Any]]:
    """Give the answer's table, or its value as one."""
    if answer.table is not None:
        return rows_of(answer.table)
    value = answer.value
    return [[v] for v in value] if isinstance(value, (list, tuple)) else [] if value is None else [[value]]


def right(question: Question, answer: Any, gold: Any) -> bool:
    """Say whether an answer is what the gold says."""
    if question.expect.startswith("chart."):
        drawn = {t.type for t in answer.figure.data} if answer.figure is not None else set()
        kinds = {"line": {"scatter", "scattergl"}, "scatter": {"scatter", "scattergl", "heatmap"}, "histogram": {"bar", "histogram"}}
        kind = question.expect.removeprefix("chart.")
        drawn_right = bool(drawn) and drawn <= kinds.get(kind, {kind})
        return drawn_right and (gold is None or equal_tables(gold_rows(gold), answer_rows(answer), ordered=False))
    if isinstance(gold, (numbers.Number, str)):
        rows = answer_rows(answer)
        cell = rows[0] if len(rows) == 1 else []
        percent = isinstance(gold, numbers.Number) and ("percent" in question.text or "share" in question.text)
        wanted = [gold, gold * 100, gold / 100] if percent else [gold]  # type: ignore[operator] # a number where percent
        return any(same(w, c) for w in wanted for c in cell)
    return equal_tables(gold_rows(gold), answer_rows(answer), ordered=question.expect == "ordered")


def judge(question: Question, session: Any, tables: dict[str, Any]) -> Verdict:
    """Ask one question and say what came of it."""
    import numpy as np
    import pandas as pd

    started = time.perf_counter()
    answer = session.ask(question.text, data={n: tables[n] for n in question.data})
    ms = (time.perf_counter() - started) * 1000
    confidence = answer.confidence
    shown = str(answer.value if answer.value is not None else answer.text)[:160]
    gold = None
    if question.expect in REFUSALS:
        verdict = "wrong" if answer.status not in REFUSALS[question.expect] else "right"
    else:
        names = {short: tables[name] for name, short in SHORT.items()}
        gold = eval(question.gold, {"pd": pd, "np": np, **names})
        gold = gold.item() if isinstance(gold, np.generic) else gold
        verdict = "abstained" if answer.status != "answered" else "right" if right(question, answer, gold) else "wrong"
    return Verdict(
        question=question, verdict=verdict, status=answer.status, confidence=confidence, shown=shown, gold=str(gold)[:120], ms=ms
    )


def ask_all(asked: Iterable[Question]) -> list[Verdict]:
    """Ask the questions of one session."""
    from nexus_jupyter.pipeline import Session
    from nexus_jupyter.settings import Settings

    session, tables = Session(Settings()), frames()
    try:
        return [judge(q, session, tables) for q in asked]
    finally:
        session.close()


# --- telling it -------------------------------------------------------------------------------------------------------
def shares(found: list[Verdict]) -> str:
    """Say how many were right, wrong and silent."""
    count = collections.Counter(v.verdict for v in found)
    n = max(1, len(found))
    return " | ".join(f"{100 * count[k] / n:.1f} %" for k in ("right", "wrong", "abstained"))


def page(found: list[Verdict]) -> str:
    """Write docs/quality.md."""
    answerable = [v for v in found if v.question.expect not in REFUSALS]
    refusable = [v for v in found if v.question.expect in REFUSALS]
    found_counts = confidence.counts()
    told, shipped, even = confidence.left_out(found_counts), confidence.shipped(found_counts), confidence.constant(found_counts)
    answered = [v for v in answerable if v.verdict != "abstained"] + [v for v in refusable if v.verdict == "wrong"]
    lines = [
        "# Quality",
        "",
        f"Measured by `make quality`: {len(found)} questions of the project's own about the tour's data (`tests/questions/`), asked of the rules engine.",
        f"{len(answerable)} have an answer, by hand-written pandas; {len(refusable)} have none, or more than one, and the right thing is to say so.",
        "These questions were known while the engine was built; for figures on public question sets that were not, see the notes of a release.",
        "",
        "| questions | asked | right | wrong | abstained |",
        "|---|--:|--:|--:|--:|",
        f"| with an answer | {len(answerable)} | {shares(answerable)} |",
        f"| without one | {len(refusable)} | {shares(refusable)} |",
        "",
        "## Is the confidence true?",
        "",
        "Four doubts go with wrong answers: conditions on rows, readings that were passed over, columns found by less than their name, words respelled.",
        "On sets that they were not fitted on, the first tells most; the others are rare. Of all answers to the sets that `benchmarks/confidence.csv`",
        f"counts, by the confidence of weights that were fitted without the set in question ({len(told)} combinations; `benchmarks/confidence.py`):",
        "",
        *confidence.table(told),
        "",
        f"The mean logarithmic loss is {confidence.loss(told):.4f}, with the engine's rounded weights {confidence.loss(shipped):.4f},",
        f"and {confidence.loss(even):.4f} where every answer has the share of right answers of the other sets. So the confidence says more",
        "than a constant, and not much more: what is doubtful is mostly refused before. Unseen questions are less often right than these sets,",
        "on which the engine was built.",
        "",
        "Of the project's own questions that were answered:",
        "",
        "| confidence | answered | right | share |",
        "|---|--:|--:|--:|",
    ]
    for low, high in itertools.pairwise(BANDS):
        inside = [v for v in answered if low <= v.confidence < high]
        good = sum(v.verdict == "right" for v in inside)
        if inside:
            lines.append(f"| {low:.2f} to {min(high, 1.0):.2f} | {len(inside)} | {good} | {100 * good / len(inside):.0f} % |")
    lines += ["", "## Do both engines agree?", "", COMPARED]
    for verdict, title in (("wrong", "## What went wrong"), ("abstained", "## What was not understood")):
        lines += ["", title, ""]
        lines += [f"- {v.question.text} ({v.question.file})" for v in found if v.verdict == verdict] or ["Nothing."]
    return "\n".join([*lines, ""])


def main() -> int:
    """Ask, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--show", choices=["right", "wrong", "abstained", "all", "none"], default="none")
    parser.add_argument("--write", action="store_true", help="write docs/quality.md")
    chosen = parser.parse_args()
    found = ask_all(questions())
    for v in found:
        if chosen.show in {"all", v.verdict}:
            print(f"{v.verdict:9} {v.question.file:9} {v.question.text!r}\n          {v.status} {v.shown!r}  gold {v.gold!r}")
    for name in dict.fromkeys(v.question.file for v in found):
        own = [v for v in found if v.question.file == name]
        print(f"{name:9} {len(own):4} questions: right | wrong | abstained  {shares(own)}")
    times = sorted(v.ms for v in found)
    print(
        f"all       {len(found):4} questions: right | wrong | abstained  {shares(found)}   median {statistics.median(times):.0f} ms a question"
    )
    if chosen.write:
        PAGE.write_text(page(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
