"""Provenance: where the cells of an answer came from. Written into notebook metadata; never trusted when it is read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, Final

__all__ = ["PACKAGES", "VERSION", "Provenance", "read", "versions"]

VERSION: Final = 1
PACKAGES: Final = ("nexus-jupyter", "pandas", "polars", "plotly", "pyarrow")

_LONGEST: Final = 200_000
_DEEPEST: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The record of one answer; `provenance.schema.json` beside this module is its JSON Schema.

    Attributes
    ----------
    question
        The words that were asked.
    created
        When, as ISO 8601 text with an offset; the caller says it.
    engine
        "rules", or the provider and model that made the plan.
    agent
        Who took the question and why: ``agent``, ``score`` and ``reason``; None where nobody did.
    plan, plan_hash
        The plan's JSON form and its hash; None where there is no plan.
    code_hash
        A hash of the code as it was inserted, or None.
    data
        ``name`` and ``fingerprint`` of each frame or file that was used; never rows.
    findings, assumptions
        What the review found and what was assumed.
    timings
        Milliseconds by stage.
    sandbox
        How the code was walled in: the level, from "A" to "C".
    sandbox_missing
        What the system did not grant; empty at level A.
    egress
        What left the process, how much, to whom; empty where nothing did.
    packages
        Versions of the packages that the answer rests on.
    settings
        Settings that change the answer, such as a model's seed.
    """

    question: str
    created: str = ""
    engine: str = "rules"
    agent: Mapping[str, Any] | None = None
    plan: Mapping[str, Any] | None = None
    plan_hash: str | None = None
    code_hash: str | None = None
    data: Sequence[Mapping[str, Any]] = ()
    findings: Sequence[Any] = ()
    assumptions: Sequence[Any] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
    sandbox: str = ""
    sandbox_missing: Sequence[str] = ()
    egress: Sequence[Mapping[str, Any]] = ()
    packages: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form, with the version of the schema."""
        found: dict[str, Any] = {"version": VERSION}
        for f in fields(self):
            value = getattr(self, f.name)
            found[f.name] = list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, Mapping) else value
        return found

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Provenance:
        """Read the JSON form; see `read` for data that may be malformed."""
        known = {f.name for f in fields(cls)}
        given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in known}
        return cls(**given)


def read(data: object) -> tuple[Provenance | None, str]:
    """Read a record found in a notebook: the record, or None and a note that says what is wrong with it.

    Nothing in it is executed, opened or believed; it is text to show and to compare with.

    Examples
    --------
    >>> read({"version": 1, "question": 7})[1]
    'The provenance is ignored: `question` is not text.'
    """
    problem = _problem(data)
    if problem:
        return None, f"The provenance is ignored: {problem}."
    assert isinstance(data, Mapping)
    return Provenance.from_dict(data), ""


@cache
def _version(package: str) -> str | None:
    from importlib import metadata  # costs more than the rest of the magic together

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def versions(packages: Iterable[str] = PACKAGES) -> dict[str, str]:
    """Give the versions of those of the packages that are installed."""
    return {p: v for p in packages if (v := _version(p)) is not None}


_TEXTS: Final = ("question", "created", "engine", "sandbox")
_MAYBE_TEXTS: Final = ("plan_hash", "code_hash")
_OBJECTS: Final = ("timings", "packages", "settings")
_MAYBE_OBJECTS: Final = ("plan", "agent")
_LISTS: Final = ("data", "findings", "assumptions", "egress", "sandbox_missing")


def _problem(data: object) -> str:
    if not isinstance(data, Mapping):
        return "it is not an object"
    if data.get("version") != VERSION:
        return f"its version is {str(data.get('version'))[:20]!r}, and {VERSION} is read"
    if not isinstance(data.get("question"), str):
        return "`question` is not text"
    for name in _TEXTS + tuple(n for n in _MAYBE_TEXTS if data.get(n) is not None):
        if name in data and not (isinstance(data[name], str) and len(data[name]) <= _LONGEST):
            return f"`{name}` is not text"
    for name in _OBJECTS + tuple(n for n in _MAYBE_OBJECTS if data.get(n) is not None):
        if name in data and not isinstance(data[name], Mapping):
            return f"`{name}` is not an object"
    for name in _LISTS:
        if name in data and not isinstance(data[name], (list, tuple)):
            return f"`{name}` is not a list"
    if any(not isinstance(d, Mapping) for name in ("data", "egress") for d in data.get(name, ())):
        return "a dataset or receipt is not an object"
    if any(not isinstance(t, (int, float)) or isinstance(t, bool) for t in data.get("timings", {}).values()):
        return "a time is not a number"
    return "it is nested too deeply" if _deep(data, _DEEPEST) else ""


def _deep(value: object, left: int) -> bool:
    if left == 0:
        return True
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else ()
    return any(_deep(v, left - 1) for v in inner)
