"""The command line: ``nexus-jupyter ask | run | materialize | doctor | sandbox``.

Exit status: 0 answered, 1 not answered (or something did not work), 2 a bad call.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nexus_jupyter.errors import DataError, NexusError, QuestionError

if TYPE_CHECKING:
    from nexus_jupyter.answer import Answer

__all__ = ["main"]

ANSWERED: Final = 0
NOT_ANSWERED: Final = 1
BAD_CALL: Final = 2
_ROWS: Final = 20
_FEW: Final = 10_000  # beyond it every digit is shown


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.do(options))
    except NexusError as error:
        print(error, file=sys.stderr)
        return BAD_CALL
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return NOT_ANSWERED
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        sys.stderr.close()
        return ANSWERED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nexus-jupyter", description="Ask questions of data in plain language.")
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    ask = commands.add_parser("ask", help="answer a question about files")
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument("files", nargs="*", metavar="FILE", help="csv, tsv, json, ndjson, xlsx, parquet, feather; NAME=FILE gives a name")
    ask.add_argument("--json", action="store_true", help="print one JSON object")
    ask.add_argument("--code", action="store_true", help="print the code only")
    ask.add_argument("--explain", action="store_true", help="say how the answer came about, word by word")
    ask.add_argument("-e", "--engine", choices=("auto", "rules", "model"), default="")
    ask.add_argument("-m", "--model", metavar="NAME", help="the model to ask, with --engine model")
    ask.add_argument("--as", dest="form", choices=("auto", "value", "table", "chart"), default="auto")
    ask.add_argument("--frames", choices=("auto", "pandas", "polars"), default="")
    ask.set_defaults(do=_ask)

    run = commands.add_parser("run", help="run a notebook without a page, then write the answers' cells into it")
    run.add_argument("notebook", type=Path, metavar="NOTEBOOK")
    run.add_argument("-o", "--output", type=Path, metavar="OUT", help="where to write it (default: in place)")
    run.add_argument("--timeout", type=int, default=600, metavar="SECONDS", help="the longest that a cell may take")
    run.set_defaults(do=_run)

    write = commands.add_parser("materialize", help="write the answers in a notebook's outputs as its cells")
    write.add_argument("notebook", type=Path, metavar="NOTEBOOK")
    write.add_argument("-o", "--output", type=Path, metavar="OUT", help="where to write it (default: in place)")
    write.add_argument("--undo", metavar="GROUP", help="take the cells of this group out instead")
    write.set_defaults(do=_materialize)

    from nexus_jupyter import walled

    walled.add_commands(commands.add_parser("sandbox", help="what sandboxed kernels may read, and what they wrote"))

    doctor = commands.add_parser("doctor", help="say what works here")
    doctor.add_argument("part", nargs="?", choices=("sandbox",), help="try the sandbox's wall from inside instead")
    doctor.set_defaults(do=_doctor)
    return parser


def _version() -> str:
    from nexus_jupyter import __version__

    return f"nexus-jupyter {__version__}"


# --- ask --------------------------------------------------------------------------------------------------------------
def _ask(options: argparse.Namespace) -> int:
    from nexus_jupyter import Session

    session = Session()
    try:
        answer = session.ask(
            options.question,
            data=_files(options.files) if options.files else None,
            engine=options.engine,
            model=options.model,
            form=options.form,
            dialect=options.frames,
            run=not options.code,
        )
        if options.json:
            print(json.dumps(answer.to_dict(), ensure_ascii=False, allow_nan=False, default=str))
        elif options.code:
            print(answer.code.strip() if answer.status == "answered" else "", end="\n" if answer.code else "")
        elif options.explain:
            from nexus_jupyter.magic.commands import explain_text

            print(explain_text(answer))
        else:
            print(_readable(answer))
        if answer.status != "answered" and options.code:
            print(answer.text, file=sys.stderr)
        return ANSWERED if answer.status == "answered" else NOT_ANSWERED
    finally:
        session.close()


def _files(given: Sequence[str]) -> dict[str, Any]:
    """Give the files by name: the one that was said, or one made from the file's."""
    from nexus_jupyter.context.naming import identifier_from

    found: dict[str, Any] = {}
    for text in given:
        name, equals, path = text.partition("=")
        if not equals or not name.isidentifier():
            path, name = text, identifier_from(Path(text).name.split(".", 1)[0])
        if not Path(path).exists():
            raise DataError(_no_file(Path(path)))
        while name in found:
            name += "_2"
        found[name] = Path(path)
    return found


def _no_file(path: Path) -> str:
    from nexus_jupyter.errors import nearest

    folder = path.parent if path.parent.is_dir() else Path()
    close = nearest(path.name, [p.name for p in folder.iterdir() if p.is_file()], n=1)
    hint = f"Did you mean `{path.parent / close[0]}`?" if close else "Check its name, and from where the command runs."
    return f"There is no file `{path}`. {hint}"


def _readable(answer: Answer) -> str:
    """Write an answer for a terminal: the sentence, the table, the code."""
    pieces = [_bare(answer.text)]
    if answer.rows:
        pieces.append(_bare(answer.rows))
    pieces += [f"  {i}. {r.title}" for i, r in enumerate(answer.readings, 1) if r.title not in answer.text]
    pieces += [f"Assumed: {a.text}" for a in answer.assumptions]
    for part in answer.parts:
        if part.table is not None and (part.form != "list" or part.value is None):
            pieces.append(_table(part.table))
        if part.figure is not None:
            pieces.append("[chart] Ask in JupyterLab to see it, or run the code below.")
    if answer.code and answer.status == "answered":
        pieces.append(answer.code.strip())
    return "\n\n".join(p for p in pieces if p)


def _bare(markdown: str) -> str:
    """Give Markdown without its marks."""
    import re

    return re.sub(r"\\([\\`*_{}\[\]()#|<>!~$])", r"\1", markdown.replace("**", "")).replace("&amp;", "&")


def _table(frame: Any) -> str:
    """Write the first rows of a frame of either library as aligned text."""
    from nexus_jupyter.results.tables import names, rows

    header, body = names(frame), rows(frame, _ROWS)
    cells = [header, *[[_text(v) for v in row] for row in body]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    right = [all(isinstance(row[i], (int, float)) or row[i] is None for row in body) for i in range(len(header))]
    lines = ["  ".join(c.rjust(w) if r else c.ljust(w) for c, w, r in zip(row, widths, right, strict=True)).rstrip() for row in cells]
    lines.insert(1, "  ".join("-" * w for w in widths))
    more = int(frame.shape[0]) - len(body)
    return "\n".join([*lines, f"… {more:,} more rows"] if more > 0 else lines)


def _text(value: object) -> str:
    if isinstance(value, float) and abs(value) < _FEW:
        return f"{value:,.4g}"
    return "" if value is None else str(value)[:40]


# --- notebooks --------------------------------------------------------------------------------------------------------
def _run(options: argparse.Namespace) -> int:
    import os

    from nexus_jupyter.notebook.materialize import materialize, read_notebook, write_notebook

    book = read_notebook(options.notebook)
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    node = nbformat.from_dict(book)
    os.environ["NEXUS_JUPYTER_HEADLESS"] = "1"
    where = str(options.notebook.resolve().parent)
    client = NotebookClient(node, timeout=options.timeout, resources={"metadata": {"path": where}})
    problem = ""
    try:
        client.execute()
    except CellExecutionError as error:
        problem = f"A cell failed: {error.ename}: {error.evalue}"
    except CellTimeoutError:
        problem = f"A cell took more than {options.timeout} seconds. Allow more with --timeout."
    except DeadKernelError:
        problem = "The kernel died. It may have run out of memory."
    made, count = materialize(node)
    target = options.output or options.notebook
    write_notebook(made, target)
    print(f"{target}: {_groups(count)}")
    if problem:
        print(f"{problem} What ran before it was written.", file=sys.stderr)
    return NOT_ANSWERED if problem else ANSWERED


def _materialize(options: argparse.Namespace) -> int:
    from nexus_jupyter.notebook.materialize import materialize_file, read_notebook, undo, write_notebook

    target = options.output or options.notebook
    if options.undo:
        book, gone = undo(read_notebook(options.notebook), options.undo)
        if not gone:
            raise QuestionError(f"`{options.notebook}` has no cells of a group `{options.undo}`.")
        write_notebook(book, target)
        print(f"{target}: {gone} cells taken out")
        return ANSWERED
    count = materialize_file(options.notebook, target)
    print(f"{target}: {_groups(count)}")
    return ANSWERED


def _groups(count: int) -> str:
    return "no new answer" if count == 0 else "1 answer put in" if count == 1 else f"{count} answers put in"


# --- doctor -----------------------------------------------------------------------------------------------------------
def _doctor(options: argparse.Namespace) -> int:
    if options.part == "sandbox":
        return _probe_sandbox()
    import platform

    from nexus_jupyter import Session
    from nexus_jupyter.notebook.provenance import versions

    print(f"python {platform.python_version()} on {platform.system()} {platform.release()}")
    wanted = ("nexus-jupyter", "pandas", "polars", "pyarrow", "plotly", "jupyterlab", "ipykernel", "RestrictedPython", "chromadb", "ollama")
    have = {**versions(wanted), "nexus-jupyter": _version().split()[1]}
    for name in wanted:
        print(f"{name:<18} {have.get(name, 'missing')}")
    extras = ("scikit-learn", "scipy", "statsmodels", "dask", "duckdb")
    some = versions(extras)
    print("optional           " + (", ".join(f"{n} {v}" for n, v in some.items()) or "none"))
    session = Session()
    try:
        fine = session.sandbox.start().level != "D"  # waits until it is known
        print(f"sandbox            {session.isolation()}")
        fine = fine and session.sandbox.level <= session.sandbox.floor.level
    except NexusError as error:
        print(f"sandbox            {error}")
        fine = False
    finally:
        session.close()
    print(f"ollama             {_ollama(session.settings.ollama_host)}")
    return ANSWERED if fine and len(have) == len(wanted) else NOT_ANSWERED


def _probe_sandbox() -> int:
    """Try what a program could do if the policy were not there, and print what held."""
    from nexus_jupyter.pipeline import Session
    from nexus_jupyter.sandbox import probes

    session = Session()
    try:
        print(f"sandbox  {session.isolation()}")
        level, lowest = session.sandbox.level, session.sandbox.floor.level
        if level == "D":
            return NOT_ANSWERED
        verdicts = []
        for verdict in probes.run():
            verdicts.append(verdict)
            print(f"{'held' if verdict.held else 'OPEN':<5} {verdict.tries:<34} {verdict.met[:90]}")
        held = sum(v.held for v in verdicts)
        print(f"{held} of {len(verdicts)} held, with the policy switched off: this is the operating system alone.")
        return ANSWERED if held == len(verdicts) and level <= lowest else NOT_ANSWERED
    finally:
        session.close()


def _ollama(host: str) -> str:
    """Say whether something listens where Ollama is expected; nothing but a connection is made."""
    import socket
    from urllib.parse import urlsplit

    from nexus_jupyter.llm.ollama import endpoint

    url = urlsplit(endpoint(host))
    address = (url.hostname or "127.0.0.1", url.port or 11434)
    try:
        with socket.create_connection(address, timeout=1):
            return f"listens at {address[0]}:{address[1]}"
    except OSError:
        return f"none at {address[0]}:{address[1]}; needed for --engine model only"


if __name__ == "__main__":
    sys.exit(main())
