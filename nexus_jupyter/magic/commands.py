"""Commands: what `%nexus frames`, `status`, `history`, `explain` and `help` say, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nexus_jupyter.magic.options import COMMANDS, OPTIONS
from nexus_jupyter.notebook.cells import tame
from nexus_jupyter.payloads import Column, Frame

if TYPE_CHECKING:
    from nexus_jupyter.context.dataset import Dataset
    from nexus_jupyter.magic.desk import Kept

__all__ = ["describe", "explain_text", "frames_text", "help_text", "history_text", "status_text"]

_USES = {
    "frames": "%nexus frames           the frames of this kernel, their columns and missing values",
    "status": "%nexus status           what answers, and how the sandbox is walled in",
    "sandbox": "%nexus sandbox          whether this kernel is walled in, what it may read, how to grant more",
    "history": "%nexus history          the questions of this kernel and what came of them",
    "undo": "%nexus undo [ID]        take the last group of cells, or that of this answer, back out",
    "explain": "%nexus explain [ID]     how the last answer, or this one, came about",
    "isolation": "%nexus isolation [reduced|walled]   how programs are walled in; allow it to be less, or take that back",
    "help": "%nexus help [COMMAND]   this text",
}
_COLUMNS = 40


def help_text(command: str = "") -> str:
    """Say how the magic is used."""
    if command in _USES:
        return f"```text\n{_USES[command]}\n```"
    lines = ["%nexus QUESTION          one line", "%%nexus [options]        a cell; the rest of the cell is the question", ""]
    for o in OPTIONS:
        takes = "|".join(o.choices) if o.choices else o.value
        names = ", ".join(o.names)
        lines.append(f"  {f'{names} {takes}'.strip():<38} {o.help}")
    lines += [
        "",
        *(_USES[c] for c in COMMANDS),
        "",
        "{name}, In[n], Out[n] and Err[n] in a question stand for what they hold in this kernel.",
    ]
    return "```text\n" + "\n".join(lines) + "\n```"


def frames_text(datasets: Sequence[Dataset]) -> str:
    """List frames with their columns."""
    if not datasets:
        return "There are no frames here. Load one, for example `df = pd.read_csv(…)`, and ask again."
    return "\n\n".join(_frame(d) for d in datasets)


def _frame(dataset: Dataset) -> str:
    rows = f"{dataset.rows:,} rows" if dataset.rows is not None else "rows not counted"
    lines = [
        f"**`{dataset.name}`** · {rows} · {len(dataset.schema)} columns · {dataset.flavor}",
        "",
        "| column | kind | role | missing |",
        "|---|---|---|--:|",
    ]
    for c in list(dataset.schema)[:_COLUMNS]:
        profile = dataset.profiles.get(c.name)
        missing = f"{profile.nulls:,}" if profile is not None else ""
        unit = f" ({_cell(c.unit)})" if c.unit else ""
        lines.append(f"| {_cell(c.name)}{unit} | {c.kind} | {c.role} | {missing} |")
    more = len(dataset.schema) - _COLUMNS
    return "\n".join([*lines, f"| … {more} more | | | |"] if more > 0 else lines)


def status_text(status: Mapping[str, str], *, page: bool) -> str:
    """Say what the session says of itself, and whether a page listens."""
    told = {**{k: v for k, v in status.items() if v}, "page": "connected" if page else "none; answers stay in the output"}
    return "\n".join(f"- {k}: {tame(str(v))}" for k, v in told.items())


def history_text(kept: Iterable[Kept]) -> str:
    """List the answers of this kernel, the latest first."""
    rows = [
        f"| `{k.answer.id}` | {_cell(k.answer.question)} | {k.answer.status} | {k.answer.engine} | {sum(k.answer.timings.values()):,.0f} | {k.state} |"
        for k in reversed(list(kept))
    ]
    if not rows:
        return "Nothing was asked in this kernel yet."
    return "\n".join(["| id | question | came to | engine | ms | cells |", "|---|---|---|---|--:|---|", *rows])


def explain_text(answer: Any) -> str:
    """Say how an answer came about: words, agent, plan, code, times."""
    pieces = [f"**{_cell(answer.question)}** · {answer.status} · {answer.engine} · `{answer.id}`"]
    words = [f"| {_cell(x.words)} | {_cell(x.target)} | {_cell(x.why)} | {x.score:.2f} |" for x in answer.links]
    if words:
        pieces.append("\n".join(["| words | stand for | why | score |", "|---|---|---|--:|", *words]))
    if answer.unknown:
        pieces.append("Not understood: " + ", ".join(f"“{tame(w)}”" for w in answer.unknown))
    if answer.agent is not None:
        pieces.append(f"Taken by **{answer.agent.agent}** ({answer.agent.score:.2f}): {tame(answer.agent.reason)}")
        rest = [f"{c.agent} ({c.score:.2f}): {tame(c.reason)}" for c in answer.claims if c is not answer.agent]
        pieces += [f"Not taken by {'; '.join(rest)}"] if rest else []
    if answer.passed:
        pieces.append("Readings that were passed over:\n\n" + "\n".join(f"- {tame(r.title)} ({r.score:.2f})" for r in answer.passed))
    if answer.assumptions:
        pieces.append("\n".join(f"- {tame(a.text)}" for a in answer.assumptions))
    if answer.plan is not None:
        pieces.append(f"```mermaid\n{answer.plan.mermaid()}\n```")
    if answer.code:
        pieces.append(f"```python\n{answer.code.strip()}\n```")
    if answer.findings:
        pieces.append("\n".join(f"- {tame(str(getattr(f, 'message', f)))}" for f in answer.findings))
    pieces.append(" · ".join(f"{stage} {ms:,.0f} ms" for stage, ms in answer.timings.items()))
    if answer.egress:
        pieces.append("Left this process: " + "; ".join(tame(str(e)) for e in answer.egress))
    return "\n\n".join(p for p in pieces if p)


def describe(datasets: Iterable[Dataset]) -> list[Frame]:
    """Describe frames as the page wants them."""
    found: list[Frame] = []
    for d in datasets:
        columns: list[Column] = []
        for c in d.schema:
            p = d.profiles.get(c.name)
            columns.append(
                {
                    "name": c.name,
                    "kind": str(c.kind),
                    "role": str(c.role),
                    "missing": p.nulls if p else 0,
                    "distinct": p.distinct if p else None,
                },
            )
        found.append({"name": d.name, "flavor": d.flavor, "rows": d.rows, "columns": columns})
    return found


def _cell(text: str) -> str:
    return tame(text).replace("|", "\\|")
