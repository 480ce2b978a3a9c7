"""Whether every answered plan gives the same result in pandas and in polars: each is compiled to both, run, and compared.

    python benchmarks/agreement.py                      # the project's own questions, in tests/questions
    python benchmarks/agreement.py FOLDER [FOLDER ...]  # sets of questions: *.jsonl with `question` and `files`, and a folder data/
    python benchmarks/agreement.py FOLDER --only '^a' --limit 50 --out found.jsonl

Tables, values and what charts draw are compared. What differs, or what one engine cannot compute, is printed with its question.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

Asked = tuple[str, str, dict[str, Any]]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What came of one question: "equal", "different", "not run" (by the second engine) or "not answered", and why."""

    id: str
    question: str
    came: str
    why: str = ""


def own() -> Iterator[Asked]:
    """Give the project's own questions with their data."""
    import quality

    tables = quality.frames()
    for number, question in enumerate(quality.questions()):
        if question.expect not in quality.REFUSALS:
            yield f"{question.file}-{number}", question.text, {name: tables[name] for name in question.data}


def of_folder(folder: Path) -> Iterator[Asked]:
    """Give the questions of a set; what is written besides a question (constraints, the wanted format) follows in paragraphs of its own."""
    for path in sorted(folder.glob("*.jsonl")):
        for row in map(json.loads, filter(None, path.read_text(encoding="utf-8").splitlines())):
            said = [row["question"], row.get("constraints"), "Answer as " + row["format"] if row.get("format") else None]
            data = {Path(f).stem: folder / "data" / f.removeprefix("data/") for f in row["files"]}
            yield row["id"], "\n\n".join(filter(None, said)), data


def check(session: Any, asked: Asked) -> Check:
    """Answer one question and work it out again in the other engine."""
    name, text, data = asked
    answer = session.ask(text, data=data)
    if answer.status != "answered":
        return Check(id=name, question=text, came="not answered")
    found = session.agree(answer, data)
    if not found:
        return Check(id=name, question=text, came="equal")
    came = "not run" if all(f.rule == "agreement.not-run" for f in found) else "different"
    return Check(id=name, question=text, came=came, why=" ".join(f.message for f in found))


def check_all(asked: Iterator[Asked]) -> Iterator[Check]:
    """Check the questions in one session."""
    from nexus_jupyter.pipeline import Session
    from nexus_jupyter.settings import Settings

    session = Session(Settings())
    try:
        for one in asked:
            yield check(session, one)
    finally:
        session.close()


def main() -> int:
    """Check, print, and end with 1 where something differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--only", default="", help="regular expression on ids")
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--out", type=Path, default=None, help="write one JSON record a question")
    chosen = parser.parse_args()
    bad = 0
    for name, asked in [(f.name, of_folder(f)) for f in chosen.folders] or [("own", own())]:
        some = [a for a in asked if re.search(chosen.only, a[0])][: chosen.limit]
        count: collections.Counter[str] = collections.Counter()
        for found in check_all(iter(some)):
            count[found.came] += 1
            if found.came in {"different", "not run"}:
                print(f"{found.came:9} {found.id}  {found.question[:110]!r}\n          {found.why[:300]}", flush=True)
            if chosen.out:
                with chosen.out.open("a", encoding="utf-8") as out:
                    out.write(json.dumps(dataclasses.asdict(found)) + "\n")
        answered = sum(count.values()) - count["not answered"]
        print(
            f"{name}: {answered} answered, {count['equal']} equal, {count['different']} different, {count['not run']} not run by the second engine"
        )
        bad += count["different"] + count["not run"]
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
