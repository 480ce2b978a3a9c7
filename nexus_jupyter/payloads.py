"""The messages between kernel and page, typed once: the TypeScript of the front end is written from these classes.

``labextension/src/payloads.ts`` is made by ``python labextension/write_payloads.py``; a test fails when it is stale.
A message of either direction is an object whose ``op`` says which of the classes below it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, NotRequired, TypedDict

TARGET: Final = "nexus_jupyter"
PROTOCOL: Final = 1

Cell = dict[str, Any]
"""A cell in nbformat 4.5."""

GroupState = Literal["working", "proposed", "accepted"]
"""Working cells never enter the undo history and go away with the kernel; proposed ones wait for Accept or Discard."""

AcceptPolicy = Literal["insert", "run", "ask"]
"""What the Accept of a group does: keep its cells, run them too, or ask which."""


class CellMark(TypedDict):
    """`metadata.nexus` of a cell, as far as the page reads it."""

    group: str
    role: Literal["answer", "code"]
    state: GroupState
    accept: AcceptPolicy
    version: int


class Status(TypedDict):
    """What the status bar says."""

    state: str
    sandbox: NotRequired[str]
    engine: NotRequired[str]


class Stage(TypedDict):
    """A stage of a run: route, plan, code, review, run, checks."""

    stage: str
    state: Literal["running", "done", "failed"]
    ms: float | None
    detail: str


class Reading(TypedDict):
    """One way to understand an ambiguous question, and the question that says only that."""

    label: str
    question: str


class Table(TypedDict):
    """The first rows of an answer's table."""

    columns: list[str]
    rows: list[list[Any]]


class Answer(TypedDict):
    """An answer as the sidebar shows it; its cells stay in the kernel until Insert."""

    status: str
    text: str
    readings: list[Reading]
    assumptions: list[str]
    code: str
    table: Table | None
    insertable: bool


class Column(TypedDict):
    """A column of a frame."""

    name: str
    kind: str
    role: str
    missing: int
    distinct: int | None


class Frame(TypedDict):
    """A frame of the kernel."""

    name: str
    flavor: str
    rows: int | None
    columns: list[Column]


# --- kernel to page ---------------------------------------------------------------------------------------------------
class Welcome(TypedDict):
    """The kernel heard the page."""

    op: Literal["welcome"]
    version: int
    status: Status


class StatusChanged(TypedDict):
    """The status anew."""

    op: Literal["status"]
    status: Status


class Insert(TypedDict):
    """Insert the cells below the cell `anchor`, or, where it is null, below the page's active cell."""

    op: Literal["insert"]
    request: str
    group: str
    anchor: str | None
    cells: list[Cell]
    error: NotRequired[str]


class Update(TypedDict):
    """Put these in place of the group's cells."""

    op: Literal["update"]
    group: str
    cells: list[Cell]


class Remove(TypedDict):
    """Take the group's cells out."""

    op: Literal["remove"]
    group: str


class StageReached(Stage):
    """A stage of a run began, ended or failed."""

    op: Literal["stage"]
    request: str
    question: NotRequired[str]


class Answered(TypedDict):
    """The answer to a question of the sidebar; the page reads it as an `Answer`, field by field."""

    op: Literal["answer"]
    request: str
    answer: Mapping[str, Any]


class Frames(TypedDict):
    """The frames of the kernel."""

    op: Literal["frames"]
    request: str
    frames: list[Frame]
    error: NotRequired[str]


# --- page to kernel ---------------------------------------------------------------------------------------------------
class Hello(TypedDict):
    """A page is there and listens."""

    op: Literal["hello"]
    version: int


class Ask(TypedDict):
    """Answer a question of the sidebar."""

    op: Literal["ask"]
    request: str
    question: str
    options: Mapping[str, Any]


class Stop(TypedDict):
    """Stop that question, never the user's running cell."""

    op: Literal["stop"]
    request: str


class ListFrames(TypedDict):
    """Say which frames are there."""

    op: Literal["frames"]
    request: str


class AskStatus(TypedDict):
    """Say the status anew."""

    op: Literal["status"]


class InsertAnswer(TypedDict):
    """Put the cells of an earlier answer into the notebook."""

    op: Literal["insert"]
    request: str
    answer: str


class Inserted(TypedDict):
    """The cells are in the notebook."""

    op: Literal["inserted"]
    request: str
    group: str
    ids: list[str]


class Removed(TypedDict):
    """The group's cells are gone."""

    op: Literal["removed"]
    group: str


class Accepted(TypedDict):
    """The user accepted the group."""

    op: Literal["accepted"]
    group: str


FromKernel = Welcome | StatusChanged | Insert | Update | Remove | StageReached | Answered | Frames
ToKernel = Hello | Ask | Stop | ListFrames | AskStatus | InsertAnswer | Inserted | Removed | Accepted
