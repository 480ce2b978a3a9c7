"""Materialize: the answers that a headless run left in outputs become the cells that a live page would have inserted.

A headless run leaves, in the outputs of a ``%%nexus`` cell, one output with the group's MIME type (the cells without their outputs) and
one output for each thing that was computed, marked with the cell it belongs to. What is found in a notebook is data: it is checked, and
never run.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from nexus_jupyter import atomic
from nexus_jupyter.errors import NotebookError
from nexus_jupyter.notebook.cells import MIME, VERSION, group_of
from nexus_jupyter.notebook.outputs import as_output

__all__ = ["materialize", "materialize_file", "read_notebook", "undo", "write_notebook"]

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LARGEST_FILE: Final = 500_000_000

Notebook = dict[str, Any]
Cell = dict[str, Any]


def materialize(notebook: Mapping[str, Any]) -> tuple[Notebook, int]:
    """Give the notebook with the cells of the answers in its outputs, and how many groups were put in.

    Groups that are there already are left alone, so a second run adds nothing. A group that was only proposed, right below the cell
    whose answer it was, makes room for the new answer.
    """
    book: Notebook = copy.deepcopy(dict(notebook))
    cells: list[Cell] = book.get("cells", [])
    present = {g[0] for c in cells if (g := group_of(c))}
    made: list[Cell] = []
    count, at = 0, 0
    while at < len(cells):
        cell = cells[at]
        at += 1
        made.append(cell)
        groups = [found for o in cell.get("outputs") or [] if (found := _envelope(o))]
        fresh = [(name, inner) for name, inner in groups if name not in present]
        if fresh:
            while at < len(cells) and (mark := group_of(cells[at])) and mark[1] != "accepted":
                at += 1
        for name, inner in fresh:
            made += _filled(name, inner, cell["outputs"])
            present.add(name)
            count += 1
        if groups:
            names = {name for name, _ in groups}
            cell["outputs"] = [o for o in cell["outputs"] if _mark(o).get("group") not in names and MIME not in o.get("data", {})]
    book["cells"] = made
    if count:
        book["nbformat"], book["nbformat_minor"] = 4, max(5, int(book.get("nbformat_minor", 5)))
        _identify(made)
    return book, count


def undo(notebook: Mapping[str, Any], group: str) -> tuple[Notebook, int]:
    """Give the notebook without the cells of a group, and how many cells went."""
    book: Notebook = copy.deepcopy(dict(notebook))
    kept = [c for c in book.get("cells", []) if (group_of(c) or ("",))[0] != group]
    gone = len(book.get("cells", [])) - len(kept)
    book["cells"] = kept
    return book, gone


def materialize_file(source: Path, target: Path | None = None) -> int:
    """Materialize a notebook file, in place or into `target`, all or nothing; give how many groups were put in."""
    book, count = materialize(read_notebook(source))
    if count or (target is not None and target.resolve() != source.resolve()):
        write_notebook(book, target or source)
    return count


def read_notebook(path: Path) -> Notebook:
    """Read a notebook file as version 4, or raise `NotebookError` with what is wrong with it."""
    import nbformat

    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise NotebookError(f"`{path}` has {path.stat().st_size / 1e6:,.0f} MB, which is more than is read. Clear its outputs first.")
        text = path.read_text(encoding="utf-8")
        found = json.loads(text)
        if not isinstance(found, dict) or not isinstance(found.get("cells", found.get("worksheets")), list):
            raise ValueError("it has no list of cells")  # noqa: TRY004, TRY301 - said like what nbformat itself finds
        return dict(nbformat.reads(text, as_version=4))
    except FileNotFoundError:
        raise NotebookError(f"There is no file `{path}`. Check its name, and from where the command runs.") from None
    except (IsADirectoryError, PermissionError) as error:
        raise NotebookError(f"`{path}` cannot be read: {error.strerror}. Name a notebook file.") from None
    except (ValueError, nbformat.ValidationError, AttributeError, KeyError, TypeError) as error:
        said = str(error).splitlines()[0][:120]
        raise NotebookError(f"`{path}` is not a notebook: {said}. Name a file that ends in .ipynb and opens in Jupyter.") from None


def write_notebook(notebook: Mapping[str, Any], path: Path) -> None:
    """Write a notebook file at once: readers see the old file or the new one, never half of it."""
    import nbformat

    text = nbformat.writes(nbformat.from_dict(dict(notebook)), version=nbformat.NO_CONVERT)
    try:
        atomic.write(path, text if text.endswith("\n") else text + "\n")
    except OSError as error:
        raise NotebookError(f"`{path}` cannot be written: {error.strerror}. Name another place with -o.") from None


def _mark(output: Mapping[str, Any]) -> Mapping[str, Any]:
    mark = output.get("metadata", {}).get("nexus")
    return mark if isinstance(mark, Mapping) else {}


def _envelope(output: Mapping[str, Any]) -> tuple[str, list[Mapping[str, Any]]] | None:
    """Give the group and cells that an output carries, or None where it carries none, or not what it should."""
    found = output.get("data", {}).get(MIME)
    if not isinstance(found, Mapping) or found.get("version") != VERSION:
        return None
    name, cells = found.get("group"), found.get("cells")
    if not isinstance(name, str) or not _ID.fullmatch(name) or not isinstance(cells, list) or not all(_sound(c) for c in cells):
        return None
    return (name, cells) if cells else None


def _sound(cell: object) -> bool:
    return (
        isinstance(cell, Mapping)
        and cell.get("cell_type") in {"markdown", "code"}
        and isinstance(cell.get("source"), str)
        and isinstance(cell.get("id"), str)
        and bool(_ID.fullmatch(cell["id"]))
        and isinstance(cell.get("metadata"), Mapping)
        and isinstance(cell["metadata"].get("nexus"), Mapping)
    )


def _filled(name: str, cells: Iterable[Mapping[str, Any]], outputs: Iterable[Mapping[str, Any]]) -> list[Cell]:
    """Give the cells with their outputs; of their metadata only our own mark is kept."""
    made = []
    for cell in cells:
        mark = {**cell["metadata"]["nexus"], "group": name, "state": "proposed"}
        new: Cell = {"id": cell["id"], "cell_type": cell["cell_type"], "source": cell["source"], "metadata": {"nexus": mark}}
        if cell["cell_type"] == "code":
            new["execution_count"] = None
            mine = [o for o in outputs if _mark(o).get("group") == name and _mark(o).get("cell") == cell["id"]]
            new["outputs"] = [_moved(o) for o in mine]
        made.append(new)
    return made


def _moved(output: Mapping[str, Any]) -> dict[str, Any]:
    return as_output(output.get("data", {}), {k: v for k, v in output.get("metadata", {}).items() if k != "nexus"})


def _identify(cells: list[Cell]) -> None:
    """See to it that every cell has an id of its own, as nbformat 4.5 wants."""
    seen: set[str] = set()
    for n, cell in enumerate(cells):
        known = cell.get("id")
        if not isinstance(known, str) or known in seen:
            cell["id"] = known = f"{known or 'cell'}-{n}"[-64:]
        seen.add(known)
