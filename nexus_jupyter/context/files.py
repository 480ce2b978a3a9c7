"""Files as datasets: read once with pandas, described like a frame, and kept with the one line that reads them."""

from __future__ import annotations

import os
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from nexus_jupyter.context.dataset import Dataset
from nexus_jupyter.context.dialects import whole
from nexus_jupyter.context.frames import describe_frame
from nexus_jupyter.context.guard import Guard
from nexus_jupyter.context.naming import identifier_from
from nexus_jupyter.context.nested import rows_called
from nexus_jupyter.context.readers import FORMATS, PACKED, expression, format_of, load, reader_for
from nexus_jupyter.context.schema import Role, Schema
from nexus_jupyter.errors import DataError, DatasetNotFound, FileUnreadable, nearest

__all__ = ["describe_file", "expression", "is_table_file", "load"]

LIMIT = 2 * 1024**3
MOST_COLUMNS = 300
KEPT_FILES = 16
KEPT_BYTES = 256 * 1024**2
_KNOWN: dict[tuple[Any, ...], tuple[Guard, Dataset, Any]] = {}


def is_table_file(path: str | os.PathLike[str]) -> bool:
    """Say whether a file's name promises a table."""
    return format_of(Path(str(path).partition("#")[0])) is not None


def stem_of(path: str | os.PathLike[str]) -> str:
    """Give the name of a file without its endings; the sheet's name where one is given."""
    text, _, sheet = str(path).partition("#")
    name = Path(text).name
    for ending in (*PACKED, *FORMATS):
        name = name[: -len(ending) - 1] if name.casefold().endswith(f".{ending}") and len(name) > len(ending) + 1 else name
    return f"{name}_{sheet}" if sheet else name


def describe_file(path: str | os.PathLike[str], name: str | None = None, *, limit: int = LIMIT) -> tuple[Dataset, Any]:
    """Read a file and describe it.

    Parameters
    ----------
    path
        A path; ``book.xlsx#Sheet`` names a sheet of a workbook.
    name
        The Python name for the dataset; made from the file's name by default.
    limit
        Bytes of the file beyond which it is not loaded.

    Returns
    -------
    tuple
        The dataset, whose `reader` reproduces the frame, and the pandas frame.

    Raises
    ------
    DatasetNotFound
        If there is no such file; nearest names in its folder are given.
    FileUnreadable
        If the file is empty, truncated, of another kind than its name says, or too large.
    """
    given = os.fspath(path)
    file, sheet = _located(given)
    state = file.stat()
    size = state.st_size
    if size > limit:
        raise FileUnreadable(
            f"`{file.name}` has {_bytes(size)}; files up to {_bytes(limit)} are loaded. Save the columns you need as Parquet, or load a part yourself."
        )
    if size == 0:
        raise FileUnreadable(f"`{file.name}` is empty: there is no header and no row in it.")
    name = name or identifier_from(stem_of(given))
    key = (given, str(file.resolve()), state.st_mtime_ns, size, name)
    if (known := _KNOWN.get(key)) is not None and known[0].holds(known[2]):
        return known[1], known[2]
    if not whole(file):
        raise FileUnreadable(f"`{file.name}` is cut off: its packed content does not reach its end. Fetch it again.")
    reader, notes = reader_for(file, given=given.rpartition("#")[0] if sheet is not None else given, sheet=sheet)
    frame, reader, more = _loaded(file, reader)
    dataset = describe_frame(name, frame)
    called = rows_called(reader, dataset.schema.names)
    dataset = replace(
        dataset, flavor="file", reader=reader, schema=_indexes(dataset.schema), notes=(*notes, *more, *dataset.notes), called=called
    )
    _keep(key, dataset, frame)
    return dataset, frame


def _keep(key: tuple[Any, ...], dataset: Dataset, frame: Any) -> None:
    """Keep a small file that was read, until it changes or others push it out."""
    if key[3] > KEPT_BYTES:
        return
    for old in [k for k in _KNOWN if k[:2] == key[:2]]:
        _KNOWN.pop(old, None)
    while _KNOWN and (len(_KNOWN) >= KEPT_FILES or sum(k[3] for k in _KNOWN) + key[3] > KEPT_BYTES):
        _KNOWN.pop(next(iter(_KNOWN)), None)
    _KNOWN[key] = (Guard.of(frame), dataset, frame)


def _located(given: str) -> tuple[Path, str | None]:
    file, sheet = Path(given).expanduser(), None
    if not file.exists() and "#" in given:
        text, _, sheet = given.rpartition("#")
        file = Path(text).expanduser()
    if file.is_dir():
        raise FileUnreadable(f"`{given}` is a folder. Name a file in it.")
    if not file.is_file():
        folder = file.parent
        if not folder.is_dir():
            raise DatasetNotFound(f"There is no file `{given}`: the folder `{folder}` does not exist.")
        names = sorted(f.name for f in folder.iterdir() if f.is_file() and is_table_file(f))
        close = nearest(file.name, names) or nearest(stem_of(file), [stem_of(n) for n in names])
        close = tuple(n for n in names if n in close or stem_of(n) in close)
        if close:
            hint = "Did you mean " + " or ".join(f"`{c}`" for c in close[:3]) + "?"
        else:
            hint = f"The folder has {', '.join(f'`{n}`' for n in names[:8])}." if names else "The folder has no table files."
        raise DatasetNotFound(f"There is no file `{given}`. {hint}")
    return file, sheet


def _loaded(file: Path, reader: dict[str, Any]) -> tuple[Any, dict[str, Any], tuple[str, ...]]:
    """Read the file, trying another encoding where the first was wrong further down."""
    notes: tuple[str, ...] = ()
    try:
        frame = load(reader, file)
    except UnicodeDecodeError:
        if reader["function"] != "read_csv" or "encoding" in reader["options"]:
            raise FileUnreadable(f"`{file.name}` is not encoded as UTF-8. Save it as UTF-8.") from None
        reader = {**reader, "options": {**reader["options"], "encoding": "latin-1"}}
        frame, notes = _tried(file, reader), ("The text is not UTF-8 throughout; it was read as latin-1.",)
    except Exception as error:
        raise _explained(file, error) from error
    if reader["function"] == "read_json":
        held = [c for c in frame.columns if _holds_records(frame[c])]
        if held:
            flat = {**reader, "flat": True}
            spread = _tried(file, flat)
            if len(spread.columns) <= MOST_COLUMNS and len(set(spread.columns)) == len(spread.columns) and len(spread) == len(frame):
                frame, reader = spread, flat
                notes += (f"Records within {', '.join(f'`{c}`' for c in held[:6])} were spread over columns.",)
    if reader["function"] == "read_csv":
        if len(frame) and any(str(t) == "object" for t in frame.dtypes):
            reader = {**reader, "options": {**reader["options"], "low_memory": False}}
            frame = _tried(file, reader)
        renamed = [
            c
            for c in frame.columns
            if isinstance(c, str) and "." in c and c.rpartition(".")[2].isdigit() and c.rpartition(".")[0] in frame.columns
        ]
        if renamed:
            notes += (f"Names occur more than once in the header; pandas numbered them: {', '.join(f'`{c}`' for c in renamed[:6])}.",)
    return frame, reader, notes


def _holds_records(column: Any) -> bool:
    """Say whether every cell that is not missing is a record."""
    if str(column.dtype) != "object":
        return False
    filled = [cell for cell in column if cell is not None and cell == cell]  # noqa: PLR0124 - a missing cell differs from itself
    return bool(filled) and all(isinstance(cell, dict) for cell in filled)


def _tried(file: Path, reader: dict[str, Any]) -> Any:
    try:
        return load(reader, file)
    except Exception as error:
        raise _explained(file, error) from error


def _explained(file: Path, error: Exception) -> DataError:
    """Say in one sentence why pandas could not read the file."""
    text = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    text = text.removeprefix("Error tokenizing data. C error: ").split(". ")[0].rstrip(".")
    kind = type(error).__name__
    if isinstance(error, DataError):
        return error
    if kind == "EmptyDataError":
        return FileUnreadable(f"`{file.name}` is empty: there is no header and no row in it.")
    if kind == "ParserError":
        return FileUnreadable(f"`{file.name}` has rows that do not fit its header: {text}. Mend that line.")
    if isinstance(error, (EOFError, zipfile.BadZipFile)) or kind in {
        "ZstdError",
        "BadGzipFile",
        "error",
        "ArrowInvalid",
        "OSError",
        "ArrowIOError",
    }:
        return FileUnreadable(f"`{file.name}` is damaged or cut off: {text}. Fetch it again.")
    if isinstance(error, MemoryError):
        return FileUnreadable(f"`{file.name}` does not fit into memory. Save the columns you need as Parquet, or load a part yourself.")
    if isinstance(error, ImportError):
        return FileUnreadable(f"`{file.name}` needs another package: {text}.")
    return FileUnreadable(f"`{file.name}` could not be read: {text.rstrip('.')}. It may be cut off, or of another kind than its name says.")


def _indexes(schema: Schema) -> Schema:
    """Make a column that is a written index an identifier."""
    columns = schema.columns
    return Schema(
        tuple(replace(c, role=Role.IDENTIFIER, unit=None) if c.name.startswith("Unnamed:") and c.kind.numeric else c for c in columns)
    )


def _bytes(size: int) -> str:
    for unit in ("B", "kB", "MB"):
        if size < 1024:
            return f"{size:.0f} {unit}"
        size //= 1024
    return f"{size:.0f} GB"
