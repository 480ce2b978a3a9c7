"""Frames in memory as datasets: pandas, polars (eager and lazy) and Arrow tables, through narwhals."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, replace
from typing import Any

from nexus_jupyter.context.dataset import Dataset, Profile
from nexus_jupyter.context.guard import Guard, flavor_of
from nexus_jupyter.context.naming import unit_of
from nexus_jupyter.context.profiles import profile_arrow, profile_objects
from nexus_jupyter.context.roles import role_of
from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.context.wording import number_unit
from nexus_jupyter.errors import FrameUnusable

__all__ = ["Describer", "column_of", "content_hash", "describe_frame", "fingerprint", "flavor_of"]

SAMPLE = 100_000
EXACT_ROWS = 200_000
_SMALL = 4_000_000
_KEPT = 64


@dataclass(slots=True)
class _Known:
    """What is known of one frame."""

    guard: Guard
    fingerprint: str
    dataset: Dataset | None = None


class Describer:
    """Describes frames, and knows again a frame that has not changed."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self._known: dict[int, _Known] = {}

    def describe(self, name: str, frame: object) -> Dataset:
        """Describe `frame` under `name`, or give the earlier description if no column was written since."""
        known = self._entry(frame)
        if known.dataset is None:
            known.dataset = _describe(name, frame, known.fingerprint)
        return known.dataset if known.dataset.name == name else replace(known.dataset, name=name)

    def fingerprint(self, frame: object) -> str:
        """Give the fingerprint of a frame: the same one until the frame changes."""
        return self._entry(frame).fingerprint

    def _entry(self, frame: object) -> _Known:
        known = self._known.get(id(frame))
        if known is not None and known.guard.holds(frame):
            return known
        self.forget(id(frame))
        _check(frame)
        while len(self._known) >= _KEPT:
            self.forget(next(iter(self._known)))
        known = _Known(Guard.of(frame, gone=self.forget), _fingerprint(frame))
        self._known[id(frame)] = known
        return known

    def forget(self, key: int) -> None:
        """Let go of a frame, and of the old columns kept to notice a change."""
        self._known.pop(key, None)


_DESCRIBER = Describer()


def describe_frame(name: str, frame: object) -> Dataset:
    """Describe a frame: columns with kinds and roles, bounded profiles, notes.

    Parameters
    ----------
    name
        The Python name under which code finds the frame.
    frame
        A pandas or polars frame (eager or lazy), or an Arrow table.

    Returns
    -------
    Dataset
        The description. Beyond 200,000 rows the profiles come from a strided sample and say so.

    Raises
    ------
    FrameUnusable
        If columns have no unique text names, or this is no frame.
    """
    return _DESCRIBER.describe(name, frame)


def fingerprint(frame: object) -> str:
    """Give a cheap text that changes when the frame does.

    Small frames are hashed by content. A large one gets a new number each time a write to it is noticed, which holds within one
    process only: addresses would come back when memory is used again. Use `content_hash` for a key that is kept.
    """
    return _DESCRIBER.fingerprint(frame)


def content_hash(frame: object, columns: list[str] | tuple[str, ...] | None = None) -> str:
    """Give a hash of every byte of some columns: names, types, values, missing cells.

    The columns' Arrow buffers are streamed in Arrow's IPC format into SHA-256, which was faster here than BLAKE2. Cells
    that have no Arrow type are hashed by their `repr`. Equal frames of one library have equal hashes in every process.
    """
    import pyarrow as pa

    _check(frame)
    digest = hashlib.sha256()
    for column in columns if columns is not None else _names(frame):
        digest.update(column.encode() + b"\0")
        array = column_of(frame, column)
        if isinstance(array, list):
            digest.update("\x1f".join(map(repr, array)).encode())
            continue
        if isinstance(array, pa.ChunkedArray):
            array = array.combine_chunks()
        table = pa.table({"": array})
        sink = pa.PythonFile(_Sink(digest), mode="w")
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
    return digest.hexdigest()


class _Sink:
    """A file that hashes what is written to it."""

    closed = False

    def __init__(self, digest: Any) -> None:
        self._digest = digest

    def write(self, data: Any) -> int:
        self._digest.update(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: nothing is kept."""

    def close(self) -> None:
        """Do nothing: nothing is open."""


def _names(frame: Any) -> list[str]:
    flavor = flavor_of(frame)
    if flavor == "polars-lazy":
        return list(frame.collect_schema().names())
    return list(frame.column_names) if flavor == "pyarrow" else list(frame.columns)


def _check(frame: Any) -> None:
    """Raise `FrameUnusable` where the columns cannot be named."""
    flavor = flavor_of(frame)
    if flavor is None:
        raise FrameUnusable(
            f"A {type(frame).__name__} is no frame. Give a pandas or polars frame, an Arrow table or a file's path; a Series becomes a frame by `.to_frame()`.",
        )
    if flavor == "pandas":
        names = frame.columns
        if names.nlevels > 1:
            flat = 'df.columns = ["_".join(map(str, c)) for c in df.columns]'
            raise FrameUnusable(f"The columns have {names.nlevels} levels ({names[0]!r}, …). Flatten them first: `{flat}`")
        odd = [n for n in names if not isinstance(n, str)]
        if odd:
            shown = ", ".join(repr(n) for n in odd[:3])
            raise FrameUnusable(f"Column names must be text; found {shown}. Rename them first: `df.columns = df.columns.astype(str)`")
    listed = _names(frame)
    if len(set(listed)) < len(listed):
        twice = sorted({n for n in listed if listed.count(n) > 1})
        shown = ", ".join(f"`{n}`" for n in twice[:5])
        raise FrameUnusable(
            f"Column names occur more than once: {shown}. Drop them (`df.loc[:, ~df.columns.duplicated()]`) or rename them first.",
        )


def column_of(frame: Any, column: str, every: int = 1) -> Any:
    """Give one column, or every n-th cell of it, as Arrow; a list of cells where Arrow has no type for them."""
    import narwhals as nw
    import pyarrow as pa

    flavor = flavor_of(frame)
    if flavor == "polars-lazy":
        frame = frame.select(column).collect()
    pandas = flavor == "pandas"
    series = nw.from_native(frame[column], series_only=True) if pandas else nw.from_native(frame, eager_only=True)[column]
    if every > 1:
        series = series.gather_every(every)
    try:
        if pandas:
            native = series.to_native()
            return pa.array(native.sparse.to_dense() if str(native.dtype).startswith("Sparse") else native, from_pandas=True)
        return series.to_arrow()
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, TypeError, ValueError, OverflowError):
        return series.to_list()


def _describe(name: str, frame: Any, mark: str) -> Dataset:
    flavor = flavor_of(frame)
    notes: list[str] = []
    rows: int | None
    if flavor == "polars-lazy":
        looked = frame.head(SAMPLE + 1).collect()
        exact = looked.height <= SAMPLE
        rows, count = (looked.height if exact else None), looked.height
        every = 1
        if not exact:
            notes.append(f"A lazy frame: its first {SAMPLE:,} rows were looked at.")
    else:
        looked = frame
        rows = count = frame.num_rows if flavor == "pyarrow" else len(frame)
        every = 1 if rows <= EXACT_ROWS else -(-rows // SAMPLE)
        exact = every == 1
        if not exact:
            notes.append(f"One row in {every} was looked at ({-(-rows // every):,} of {rows:,}).")
    if flavor == "pandas" and frame.index.names != [None]:
        held = ", ".join(f"`{n}`" for n in frame.index.names)
        notes.append(f"The index holds {held}; `reset_index()` makes a column of it.")
    columns, profiles = [], {}
    for column in _names(looked):
        kind, profile, note = _profile(looked, column, every=every, exact=exact, name=name)
        seen = -(-count // every) if not profile.exact else count
        role = role_of(column, kind, profile, rows=seen, table=name)
        numeric = kind.numeric or profile.number_format is not None
        unit = (
            (unit_of(column) or number_unit(profile.number_format))
            if numeric and role in {Role.MEASURE, Role.CATEGORY, Role.GEOGRAPHY}
            else None
        )
        columns.append(Column(name=column, kind=kind, role=role, unit=unit, nullable=profile.nulls > 0 or not profile.exact))
        profiles[column] = profile
        if note:
            notes.append(note)
    return Dataset(
        name=name,
        schema=Schema(tuple(columns)),
        profiles=profiles,
        rows=rows,
        flavor=flavor or "pandas",
        fingerprint=mark,
        notes=tuple(notes),
    )


def _profile(frame: Any, column: str, *, every: int, exact: bool, name: str) -> tuple[Kind, Profile, str | None]:
    import pyarrow as pa

    array = column_of(frame, column, every)
    if isinstance(array, list):
        return profile_objects(column, array, exact=exact)
    lazy = exact or flavor_of(frame) == "polars-lazy" or (flavor_of(frame) == "pandas" and str(frame[column].dtype) == "object")
    whole = None if lazy else lambda: column_of(frame, column)
    try:
        return profile_arrow(column, array, exact=exact, whole=whole, table=name)
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid) as error:
        return Kind.OTHER, Profile(nulls=array.null_count, exact=exact), f"Column `{column}` could not be looked at: {str(error)[:120]}."


def _index(frame: Any) -> str:
    """Give a text for the index of a pandas frame, empty for one that only counts the rows."""
    index = getattr(frame, "index", None)
    if index is None:
        return ""
    if type(index).__name__ == "RangeIndex":
        return "" if (index.start, index.step, index.name) == (0, 1, None) else repr(index)
    return hashlib.blake2b("\x1f".join(map(repr, [index.names, *index.tolist()])).encode()).hexdigest()


def _fingerprint(frame: Any) -> str:
    flavor = flavor_of(frame)
    if flavor == "polars-lazy":
        return hashlib.blake2b(frame.explain(optimized=False).encode(), digest_size=16).hexdigest()
    size = frame.nbytes if flavor == "pyarrow" else frame.estimated_size() if flavor == "polars" else frame.size * 16
    if size <= _SMALL:
        hashed = content_hash(frame)
        return hashlib.blake2b((hashed + _index(frame)).encode(), digest_size=16).hexdigest()
    return uuid.uuid4().hex
