"""Display: what the output of a magic shows where no page takes the cells, and what it says when there is no answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from nexus_jupyter.notebook.cells import MIME, Cell, code_cells, envelope, prose

__all__ = ["answer_outputs", "no_answer", "plan_text"]

Output = tuple[dict[str, Any], dict[str, Any]]


def answer_outputs(answer: Any, group: str, cells: Sequence[Cell]) -> Iterator[Output]:
    """Give the outputs that hold a whole answer, each as a MIME bundle and its metadata: prose, results, code.

    The first also carries the group's cells, so that `nexus-jupyter materialize` finds them; the results stand in the notebook once, each
    marked with the cell that it belongs to.
    """
    text = prose(answer)
    yield {MIME: envelope(group, cells), "text/markdown": text, "text/plain": _plain(text)}, {"nexus": {"group": group}}
    for cell in cells:
        for output in cell.get("outputs", ()):
            yield output["data"], {**output["metadata"], "nexus": {"group": group, "cell": cell["id"]}}
    code = "\n\n".join(code_cells(answer))
    if code:
        yield {"text/markdown": f"```python\n{code}\n```", "text/plain": code}, {"nexus": {"group": group}}


def no_answer(answer: Any) -> str:
    """Write why there is no answer: the sentence, and the readings to choose from."""
    titles = [str(getattr(r, "title", r)) for r in answer.readings]
    missing = [t for t in titles if t not in answer.text]
    return "\n".join([answer.text.strip(), *([""] if missing else []), *(f"{i}. {t}" for i, t in enumerate(missing, 1))])


def plan_text(answer: Any) -> str:
    """Write plan and code of an answer as Markdown, for `--dry-run` and `--as plan`."""
    pieces = [answer.text.strip()] if answer.text else []
    if answer.plan is not None:
        pieces.append(f"```mermaid\n{answer.plan.mermaid()}\n```")
    if answer.code:
        pieces.append(f"```python\n{answer.code.strip()}\n```")
    return "\n\n".join(pieces)


def _plain(text: str) -> str:
    """Give Markdown as a terminal reads it."""
    return text.replace("**", "").replace("\\", "")
