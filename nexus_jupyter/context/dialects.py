"""How a delimited text file is written: encoding, delimiter, quote, decimal comma."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from nexus_jupyter.errors import FileUnreadable

__all__ = ["Dialect", "head_of", "sniff", "starts", "whole"]

HEAD = 262_144
_DELIMITERS = (",", ";", "\t", "|")
_MAGIC = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF": "a PDF document",
    b"\x7fELF": "a program",
    b"SQLite format 3": "an SQLite database",
    b"PAR1": "a Parquet file",
    b"ARROW1": "a Feather file",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"RIFF": "a media file",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The options of `pandas.read_csv` that a file needs, and what was noticed."""

    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    decimal: str = "."
    trailing: bool = False
    notes: tuple[str, ...] = ()

    def options(self) -> dict[str, str | bool]:
        """Give the keyword arguments that differ from what `pandas.read_csv` does by itself."""
        options: dict[str, str | bool] = {}
        if self.delimiter != ",":
            options["sep"] = self.delimiter
        if self.encoding not in {"utf-8", "utf-8-sig"}:
            options["encoding"] = self.encoding
        if self.quote != '"':
            options["quotechar"] = self.quote
        if self.decimal != ".":
            options["decimal"] = self.decimal
        if self.trailing:
            options["index_col"] = False
        return options


def starts(path: Path, size: int = 8) -> bytes:
    """Give the first bytes of a file as they are."""
    with path.open("rb") as file:
        return file.read(size)


def whole(path: Path) -> bool:
    """Say whether a file packed with zstd reaches its end; its reader would give the first part of a cut one without a word."""
    if not starts(path).startswith(b"\x28\xb5\x2f\xfd"):
        return True
    import zstandard

    unpacker = zstandard.ZstdDecompressor().decompressobj()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            unpacker.decompress(chunk)
            if unpacker.eof:
                return True
    return False


def head_of(path: Path, size: int = HEAD) -> bytes:
    """Give the first bytes of a file, unpacked where it is compressed.

    Raises
    ------
    FileUnreadable
        If the file is damaged, or a zip holds more than one file.
    """
    import gzip
    import zipfile
    import zlib

    start = starts(path)
    try:
        if start[:2] == b"\x1f\x8b":
            with gzip.open(path) as packed:
                return packed.read(size)
        if start[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(path) as archive:
                names = [n for n in archive.namelist() if not n.endswith("/")]
                if len(names) != 1:
                    raise _several(path, names)  # noqa: TRY301 - the handlers below are for the archive's own errors
                with archive.open(names[0]) as member:
                    return member.read(size)
        if start[:4] == b"\x28\xb5\x2f\xfd":
            import zstandard

            with path.open("rb") as raw, zstandard.ZstdDecompressor().stream_reader(raw) as packed:
                return bytes(packed.read(size))
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError) as error:
        raise FileUnreadable(f"`{path.name}` is damaged or cut off: {error}. Fetch it again.") from error
    except ImportError as error:
        raise FileUnreadable(f"`{path.name}` is packed with zstd; reading it needs `pip install zstandard`.") from error
    except Exception as error:
        if type(error).__name__ == "ZstdError":
            raise FileUnreadable(f"`{path.name}` is damaged or cut off: {error}. Fetch it again.") from error
        raise
    with path.open("rb") as plain:
        return plain.read(size)


def _several(path: Path, names: list[str]) -> FileUnreadable:
    return FileUnreadable(f"`{path.name}` holds {len(names)} files ({', '.join(names[:4])}). Unpack it and name the one to use.")


def sniff(path: Path) -> Dialect:
    """Find out how a delimited text file is written, from its first 256 kB."""
    data = head_of(path)
    if not data.strip():
        raise FileUnreadable(f"`{path.name}` is empty: there is no header and no row in it.")
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise FileUnreadable(f"`{path.name}` is named like a table of text, but it is {what}.")
    encoding = _encoding(data)
    if encoding in {"utf-8", "utf-8-sig"} or encoding.startswith("utf-16"):
        text = data.decode(encoding, errors="ignore")
    else:
        text = data.decode(encoding, errors="replace")
    if sum(c < " " and c not in "\t\r\n\f\v" for c in text[:4096]) > 0.02 * len(text[:4096]):
        raise FileUnreadable(f"`{path.name}` is named like a table of text, but its content is binary.")
    lines = io.StringIO(text, newline="").readlines()
    if len(data) >= HEAD and len(lines) > 1:
        lines = lines[:-1]
    lines = lines[:1000]
    delimiter, rows = _delimiter(lines)
    quote = _quote(lines, delimiter)
    if quote != '"':
        rows = _rows(lines, delimiter, quote)
    trailing = len(rows) > 1 and all(len(r) == len(rows[0]) + 1 and r[-1].strip() == "" for r in rows[1:] if r)
    notes = () if encoding in {"utf-8", "utf-8-sig"} else (f"The text is encoded as {encoding}.",)
    return Dialect(encoding=encoding, delimiter=delimiter, quote=quote, decimal=_decimal(rows, delimiter), trailing=trailing, notes=notes)


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    try:
        data[: max(len(data) - 4, 1) if len(data) >= HEAD else len(data)].decode("utf-8")
    except UnicodeDecodeError as error:
        if len(data) >= HEAD and error.start > len(data) - 8:
            return "utf-8"
        return _latin(data)
    if data[:200].count(0) > len(data[:200]) // 4:
        return "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    return "utf-8"


def _latin(data: bytes) -> str:
    if re.search(rb"[\x80-\x9f]", data):
        try:
            data.decode("cp1252")
        except UnicodeDecodeError:
            return "latin-1"
        return "cp1252"
    return "latin-1"


def _rows(lines: list[str], delimiter: str, quote: str = '"') -> list[list[str]]:
    csv.field_size_limit(10_000_000)
    return list(csv.reader(io.StringIO("".join(lines[:200]), newline=""), delimiter=delimiter, quotechar=quote))


def _delimiter(lines: list[str]) -> tuple[str, list[list[str]]]:
    """Choose the delimiter that cuts most rows into the same number of fields, more than one."""
    best: tuple[float, int, str, list[list[str]]] = (0.0, 1, ",", [])
    for delimiter in _DELIMITERS:
        rows = [r for r in _rows(lines, delimiter) if r]
        widths = Counter(len(r) for r in rows)
        if not widths:
            continue
        width, count = widths.most_common(1)[0]
        if width < 2 or len(rows[0]) < 2:
            continue
        steady = count / len(rows) * (1.0 if len(rows[0]) == width else 0.6)
        if (round(steady, 2), width) > (round(best[0], 2), best[1]):
            best = (steady, width, delimiter, rows)
    return best[2], best[3] or [r for r in _rows(lines, ",") if r]


def _quote(lines: list[str], delimiter: str) -> str:
    text = "".join(lines[:200])
    edge = re.escape(delimiter)
    single = len(re.findall(rf"(?:^|{edge})'[^'\n]*'(?={edge}|$)", text, flags=re.MULTILINE))
    double = len(re.findall(rf'(?:^|{edge})"[^"\n]*"(?={edge}|$)', text, flags=re.MULTILINE))
    return "'" if single > 3 and single > double * 4 and single >= len(lines[:200]) // 2 else '"'


def _decimal(rows: list[list[str]], delimiter: str) -> str:
    """Say whether decimals are written with a comma; only where the delimiter is another."""
    if delimiter == ",":
        return "."
    cells = [c.strip() for r in rows[1:] for c in r]
    comma = sum(bool(re.fullmatch(r"[-+]?\d+,\d+", c)) for c in cells)
    thousands = sum(bool(re.fullmatch(r"[-+]?\d{1,3},\d{3}", c)) for c in cells)
    point = sum(bool(re.fullmatch(r"[-+]?\d+\.\d+", c)) for c in cells)
    return "," if comma > thousands and comma > point else "."
