"""Every error of the project, drawn on top: what can go wrong, in one tree.

::

    NexusError
    ├── QuestionError         the question is empty, too long or not a question
    ├── DataError             the data cannot be used as it is
    │   ├── DatasetNotFound   no frame or file of that name
    │   ├── ColumnNotFound    no column of that name
    │   ├── FileUnreadable    the file is truncated, of another kind or encoding, or too large
    │   └── FrameUnusable     the frame has something no engine can take
    ├── PlanError             a step does not fit its input
    ├── CodegenError          a step cannot be written in this dialect
    ├── SandboxError          the sandbox could not be started or kept alive
    │   ├── WireError         a reply is not what a worker writes (in `sandbox.wire`)
    │   └── Unreadable        a message of a sandboxed kernel is none (in `kernel.messages`)
    ├── ModelError            a model is missing, silent or gave no usable plan
    ├── NotebookError         a notebook file or a group of cells is not what was expected
    ├── SettingsError         an option has a value it cannot have
    └── MissingExtra          an optional package is needed and not installed

A message says what happened, what was found, and what to do next. Two signals stay inside their rooms and are no part
of the tree: `PolicyError` (a program's own misdeed, in a worker) and `NotUnderstood` (a reading that leads nowhere, in the language,
with its finer kinds).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

__all__ = [
    "CodegenError",
    "ColumnNotFound",
    "DataError",
    "DatasetNotFound",
    "FileUnreadable",
    "FrameUnusable",
    "MissingExtra",
    "ModelError",
    "NexusError",
    "NotebookError",
    "PlanError",
    "QuestionError",
    "SandboxError",
    "SettingsError",
    "nearest",
]


SHOWN = 8


def nearest(name: str, available: Iterable[str], *, n: int = 3) -> tuple[str, ...]:
    """Give the available names closest to `name`, best first, without regard to case."""
    names = {str(a).casefold(): str(a) for a in available}
    found = difflib.get_close_matches(name.casefold(), list(names), n=n, cutoff=0.6)
    return tuple(names[f] for f in found)


def _hint(name: str, available: Sequence[str], *, noun: str) -> str:
    close = nearest(name, available)
    if close:
        return "Did you mean " + " or ".join(f"`{c}`" for c in close) + "?"
    if not available:
        return f"There are no {noun}s here."
    shown = ", ".join(f"`{a}`" for a in available[:SHOWN])
    more = f" and {len(available) - SHOWN} more" if len(available) > SHOWN else ""
    return f"The {noun}s are {shown}{more}."


class NexusError(Exception):
    """The base of every error that this project raises on purpose."""


class QuestionError(NexusError):
    """The question is empty, too long or not a question."""


class DataError(NexusError):
    """The data cannot be used as it is."""


class DatasetNotFound(DataError):
    """No frame or file has that name."""

    @classmethod
    def among(cls, missing: str, available: Iterable[str]) -> DatasetNotFound:
        """Build the error for `missing`, naming the nearest of `available`."""
        return cls(f"There is no frame or file `{missing}`. {_hint(missing, list(available), noun='frame')}")


class ColumnNotFound(DataError):
    """No column has that name."""

    @classmethod
    def among(cls, missing: str, available: Iterable[str], *, where: str = "") -> ColumnNotFound:
        """Build the error for `missing`, naming the nearest of `available`."""
        place = f" in `{where}`" if where else ""
        return cls(f"There is no column `{missing}`{place}. {_hint(missing, list(available), noun='column')}")


class FileUnreadable(DataError):
    """The file is truncated, of another kind or encoding, or too large."""


class FrameUnusable(DataError):
    """The frame has something that no engine can take."""


class PlanError(NexusError):
    """A step does not fit its input."""


class CodegenError(NexusError):
    """A step cannot be written in this dialect."""


class SandboxError(NexusError):
    """The sandbox could not be started or kept alive."""


class ModelError(NexusError):
    """A model is missing, silent or gave no usable plan."""


class NotebookError(NexusError):
    """A notebook file or a group of cells is not what was expected."""


class SettingsError(NexusError):
    """An option has a value that it cannot have."""


class MissingExtra(NexusError):
    """An optional package is needed and not installed."""

    @classmethod
    def needed(cls, package: str, extra: str, *, what: str) -> MissingExtra:
        """Build the error for `package`, which `what` needs and `extra` brings."""
        return cls(f"{what} needs the package `{package}`. Install it with: pip install 'nexus-jupyter[{extra}]'")
