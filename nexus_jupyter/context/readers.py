"""One file, one call of pandas: which function reads it, with which options.

A reader is a dict that is kept with the dataset: ``{"path": "a.csv", "function": "read_csv", "options": {"sep": ";"}}``. It
means ``pd.read_csv("a.csv", sep=";")``. Two shapes of JSON have no such call; they carry a fourth entry, ``"within"``: the
keys under which the table lies, or an empty list for one record. Records within records are spread over columns when
``"flat"`` is true: ``place.city``. With ``"records"`` the table is the list of records in that column, beside the columns
``"around"`` of the record that it stands in, under ``"prefix"``. ``"keys"`` are those of the file's outer object.
`expression` writes the line for all of them.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from nexus_jupyter.context.dialects import head_of, sniff, starts
from nexus_jupyter.errors import FileUnreadable, nearest

__all__ = ["expression", "load", "reader_for"]

FORMATS = {
    "csv": "text",
    "tsv": "text",
    "tab": "text",
    "psv": "text",
    "txt": "text",
    "dat": "text",
    "json": "json",
    "ndjson": "lines",
    "jsonl": "lines",
    "xlsx": "excel",
    "xlsm": "excel",
    "xls": "excel",
    "parquet": "parquet",
    "pq": "parquet",
    "feather": "feather",
    "arrow": "feather",
}
PACKED = ("gz", "zip", "zst", "bz2", "xz")


def format_of(path: Path) -> str | None:
    """Give the format that a file's name promises, or None for a name that promises no table."""
    parts = path.name.casefold().split(".")
    if len(parts) > 2 and parts[-1] in PACKED:
        parts = parts[:-1]
    return FORMATS.get(parts[-1]) if len(parts) > 1 else None


def expression(reader: dict[str, Any], *, pandas: str = "pd") -> str:
    """Write the Python expression that reads the file."""
    options = "".join(f", {name}={value!r}" for name, value in reader["options"].items())
    call = f"{pandas}.{reader['function']}({reader['path']!r}{options})"
    if "within" in reader and not reader["within"]:
        call = f"{pandas}.DataFrame([{call}]).infer_objects()"
    elif "within" in reader:
        call = f"{pandas}.DataFrame({call}{''.join(f'[{key!r}]' for key in reader['within'])})"
    if "records" in reader:
        options = f"{reader['records']!r}, {reader['around']!r}, meta_prefix={reader['prefix']!r}"
        return f'{pandas}.json_normalize({call}.to_dict("records"), {options})'
    return f'{pandas}.json_normalize({call}.to_dict("records"))' if reader.get("flat") else call


def load(reader: dict[str, Any], path: Path | None = None) -> Any:
    """Read the file as its reader says; `path` replaces the path that was given, where it was relative to elsewhere."""
    import pandas as pd

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = getattr(pd, reader["function"])(str(path or reader["path"]), **reader["options"])
    if "within" in reader and not reader["within"]:
        found = pd.DataFrame([found]).infer_objects()
    elif "within" in reader:
        for key in reader["within"]:
            found = found[key]
        found = pd.DataFrame(found)
    if "records" in reader:
        return pd.json_normalize(
            found.to_dict("records"), reader["records"], reader["around"], meta_prefix=reader["prefix"]
        ).infer_objects()
    return pd.json_normalize(found.to_dict("records")) if reader.get("flat") else found


def reader_for(path: Path, *, given: str, sheet: str | None = None) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Find the reader of a file, and sentences about what was noticed.

    Parameters
    ----------
    path
        The file.
    given
        The path as the user wrote it, which goes into the code.
    sheet
        The sheet of a workbook, by name.
    """
    form = format_of(path)
    if form is None:
        raise FileUnreadable(
            f"`{path.name}` is of no known kind. Tables are read from .csv, .tsv, .json, .ndjson, .xlsx, .parquet and .feather, "
            "the texts also packed as .gz, .zip or .zst."
        )
    if form == "text":
        dialect = sniff(path)
        return {"path": given, "function": "read_csv", "options": dialect.options()}, dialect.notes
    if form in {"json", "lines"}:
        return _json(path, given, lines=form == "lines")
    if form == "excel":
        return _excel(path, given, sheet)
    start = starts(path)
    if form == "parquet":
        if not start.startswith(b"PAR1"):
            raise FileUnreadable(f"`{path.name}` is named like a Parquet file, but its content is not Parquet.")
        return {"path": given, "function": "read_parquet", "options": {}}, ()
    if not start.startswith((b"ARROW1", b"FEA1")):
        raise FileUnreadable(f"`{path.name}` is named like a Feather file, but its content is not Feather.")
    return {"path": given, "function": "read_feather", "options": {}}, ()


def _json(path: Path, given: str, *, lines: bool) -> tuple[dict[str, Any], tuple[str, ...]]:
    import json

    reader: dict[str, Any] = {"path": given, "function": "read_json", "options": {}}
    head = head_of(path)
    if not head.strip():
        raise FileUnreadable(f"`{path.name}` is empty: there is no record in it.")
    encoding = "utf-8-sig" if head.startswith(b"\xef\xbb\xbf") else "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else None
    if encoding:
        reader["options"]["encoding"] = encoding
    text = head.decode(encoding or "utf-8", errors="replace").lstrip()
    if lines or _several(text):
        reader["options"]["lines"] = True
        return reader, () if lines else ("One JSON record a line.",)
    if text.startswith("["):
        return reader, ()
    if not text.startswith("{"):
        raise FileUnreadable(f"`{path.name}` is named like JSON, but begins with {text[:12]!r}.")
    try:
        content = json.loads(head_of(path, 1 << 31).decode(encoding or "utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise FileUnreadable(f"`{path.name}` is no valid JSON: {error}. It may be cut off.") from error
    return _shaped(content, reader, path)


def _several(text: str) -> bool:
    """Say whether every line is a record by itself."""
    import json

    first, _, rest = text.partition("\n")
    if not first.strip().startswith("{") or not rest.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except json.JSONDecodeError:
        return False


def _shaped(content: dict[str, Any], reader: dict[str, Any], path: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Tell columns, split, table, nested records and a single record apart."""
    keys = set(content)
    reader = {**reader, "keys": [str(k) for k in content]}
    if not content:
        raise FileUnreadable(f"`{path.name}` holds an empty JSON object: there is no record in it.")
    if {"schema", "data"} == keys and isinstance(content["schema"], dict):
        return {**reader, "options": {**reader["options"], "orient": "table"}}, ()
    if {"columns", "data"} <= keys <= {"columns", "data", "index"} and all(isinstance(v, list) for v in content.values()):
        return {**reader, "options": {**reader["options"], "orient": "split"}}, ()
    series = {**reader, "options": {**reader["options"], "typ": "series"}}
    values = list(content.values())
    records = [k for k, v in content.items() if _records(v)]
    if len(records) == 1 and (len(content) == 1 or not all(isinstance(v, list) for v in values)):
        others = sorted(keys - set(records))
        note = f"The table lies under `{records[0]}`" + (f"; left aside: {', '.join(f'`{o}`' for o in others[:6])}." if others else ".")
        return {**series, "within": records}, (note,)
    if len(content) == 1 and isinstance(values[0], dict) and any(_records(v) for v in values[0].values()):
        outer = next(iter(content))
        inner = next(k for k, v in values[0].items() if _records(v))
        return {**series, "within": [outer, inner]}, (f"The table lies under `{outer}`, `{inner}`.",)
    if all(isinstance(v, (list, dict)) for v in values):
        return reader, ()
    if not any(isinstance(v, (list, dict)) for v in values):
        return {**series, "within": []}, ("One record: a table of one row.",)
    raise FileUnreadable(
        f"`{path.name}` holds a JSON object that is no table: {', '.join(f'`{k}`' for k in list(content)[:6])}. Give the part that is one as its own file."
    )


def _records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value[:50])


def _no_sheet(path: Path, sheet: str, names: list[str]) -> FileUnreadable:
    close = nearest(sheet, names)
    if close:
        return FileUnreadable(f"`{path.name}` has no sheet `{sheet}`. Did you mean {' or '.join(f'`{c}`' for c in close)}?")
    return FileUnreadable(f"`{path.name}` has no sheet `{sheet}`. The sheets are {', '.join(f'`{n}`' for n in names[:8])}.")


def _excel(path: Path, given: str, sheet: str | None) -> tuple[dict[str, Any], tuple[str, ...]]:
    import zipfile

    import pandas as pd

    try:
        with pd.ExcelFile(path) as book:
            names = [str(n) for n in book.sheet_names]
            if sheet is not None and sheet not in names:
                raise _no_sheet(path, sheet, names)
            chosen = sheet or next((n for n in names if not pd.read_excel(book, sheet_name=n, nrows=1).empty), names[0])
    except FileUnreadable:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        raise FileUnreadable(f"`{path.name}` is damaged, or no Excel workbook: {str(error).rstrip('.')}.") from error
    options: dict[str, Any] = {} if chosen == names[0] else {"sheet_name": chosen}
    others = [n for n in names if n != chosen]
    notes = (
        (f"The workbook has {len(names)} sheets; `{chosen}` was read. Others: {', '.join(f'`{n}`' for n in others[:6])}.",)
        if others and sheet is None
        else ()
    )
    return {"path": given, "function": "read_excel", "options": options}, notes
