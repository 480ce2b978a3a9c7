"""Options: what stands on the line of the magic, read without losing a character of the question."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass, replace
from typing import Any, Final

from nexus_jupyter.errors import QuestionError, SettingsError, nearest

__all__ = ["COMMANDS", "OPTIONS", "Option", "Options", "command_of", "parse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option: its names, what it takes and what it is for."""

    names: tuple[str, ...]
    field: str
    help: str
    choices: tuple[str, ...] = ()
    value: str = ""


OPTIONS: Final = (
    Option(names=("-d", "--data"), field="data", value="NAME[,NAME]", help="frames or files to use"),
    Option(names=("-e", "--engine"), field="engine", choices=("auto", "rules", "model"), help="who makes the plan"),
    Option(names=("-m", "--model"), field="model", value="NAME", help="the model to ask, with --engine model"),
    Option(names=("--as",), field="form", choices=("auto", "value", "table", "chart", "code", "plan"), help="the form of the answer"),
    Option(names=("--into",), field="into", value="VAR", help="also bind the result to this variable"),
    Option(names=("--frames",), field="dialect", choices=("auto", "pandas", "polars"), help="the dialect of the code"),
    Option(names=("--run",), field="accept", choices=("insert", "run", "ask"), help="what Accept does: keep the cells, run them, or ask"),
    Option(names=("--dry-run",), field="dry", help="show plan and code, run nothing"),
    Option(names=("-h", "--help"), field="help", help="show this"),
)
COMMANDS: Final = ("frames", "status", "sandbox", "history", "undo", "explain", "isolation", "help")
ISOLATION: Final = ("reduced", "walled")
_WITH_ID: Final = ("undo", "explain")
_BY_NAME: Final = {name: option for option in OPTIONS for name in option.names}
_TOKEN: Final = re.compile(r"""\s*("[^"]*"|'[^']*'|\S+)""")
_ID: Final = re.compile(r"[0-9a-f]{4,12}(-[0-9a-f]{2,12})?")
_LATER: Final = re.compile(r"\s(--(?:data|engine|model|as|into|frames|run|dry-run|help)(?:=\S+)?)(?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the line said; the defaults are those of the settings."""

    question: str = ""
    data: tuple[str, ...] = ()
    engine: str = ""
    model: str | None = None
    form: str = "auto"
    into: str = ""
    dialect: str = ""
    accept: str = "insert"
    dry: bool = False
    help: bool = False


def parse(line: str, cell: str | None = None) -> Options:
    """Read the line and, under ``%%nexus``, the cell.

    Options stand before the question; long ones may also stand after it. The words of the question stay as they were typed.

    Raises
    ------
    SettingsError
        When an option is unknown, lacks its value, or has one that it cannot have.

    Examples
    --------
    >>> parse("--as chart -d flights what's the worst carrier?").question
    "what's the worst carrier?"
    """
    found = Options()
    rest = line.strip()
    while rest.startswith("-") and (match := _TOKEN.match(rest)) and re.match(r"-{1,2}[A-Za-z]", match[1]):
        found, rest = _take(found, match[1], rest[match.end() :])
        rest = rest.lstrip()
    while later := _LATER.search(" " + rest):
        at = later.start(1) - 1
        found, after = _take(found, later[1], rest[at + len(later[1]) :])
        rest = f"{rest[:at].rstrip()} {after.strip()}".strip()
    words = [rest.strip(), (cell or "").strip()]
    return replace(found, question="\n".join(w for w in words if w))


def command_of(line: str, known: tuple[str, ...] = ()) -> tuple[str, str] | None:
    """Give the sub-command of a line and its argument, or None where the line is a question.

    A single word that is nearly a sub-command, and no name among `known`, is refused with what was probably meant.

    Examples
    --------
    >>> command_of("explain 3fa9c1d2"), command_of("explain the delays by carrier")
    (('explain', '3fa9c1d2'), None)
    """
    words = line.split()
    if not words:
        return ("help", "")
    first, rest = words[0], words[1:]
    if first in COMMANDS:
        if not rest or rest in (["--help"], ["-h"]):
            return ("help", first) if rest else (first, "")
        if first in _WITH_ID and len(rest) == 1 and (_ID.fullmatch(rest[0]) or rest[0] == "last"):
            return (first, rest[0])
        if first == "isolation" and len(rest) == 1 and rest[0] in ISOLATION:
            return (first, rest[0])
        if first == "help" and len(rest) == 1 and rest[0] in COMMANDS:
            return ("help", rest[0])
        return None
    if len(words) == 1 and first.isalpha() and first not in known:
        close = nearest(first, COMMANDS, n=1)
        if close:
            raise QuestionError(f"There is no `%nexus {first}`. Did you mean `%nexus {close[0]}`? A question has more words than one.")
    return None


def _take(found: Options, token: str, rest: str) -> tuple[Options, str]:
    """Take one option, and its value from what follows."""
    name, equals, value = token.partition("=")
    option = _BY_NAME.get(name)
    if option is None:
        close = nearest(name, _BY_NAME, n=1)
        hint = f"Did you mean `{close[0]}`?" if close else "`%nexus help` lists the options."
        raise SettingsError(f"There is no option `{name}`. {hint}")
    if option.field in {"dry", "help"}:
        return replace(found, **{option.field: True}), rest  # type: ignore[arg-type] # both are flags
    if not equals:
        match = _TOKEN.match(rest)
        if match is None:
            raise SettingsError(f"`{name}` needs a value: {_wanted(option)}.")
        value, rest = match[1], rest[match.end() :]
    change: dict[str, Any] = {option.field: _checked(option, name, value.strip("\"'"))}
    return replace(found, **change), rest


def _wanted(option: Option) -> str:
    return "one of " + ", ".join(option.choices) if option.choices else option.value


def _checked(option: Option, name: str, value: str) -> str | tuple[str, ...]:
    if option.choices and value not in option.choices:
        close = nearest(value, option.choices, n=1)
        hint = f"Did you mean `{close[0]}`?" if close else f"It takes {_wanted(option)}."
        raise SettingsError(f"`{name}` cannot be `{value}`. {hint}")
    if option.field == "into" and (not value.isidentifier() or keyword.iskeyword(value)):
        raise SettingsError(f"`{value}` cannot be the name of a variable. Write `--into name`, with letters, digits and underscores.")
    if option.field == "data":
        return tuple(v.strip() for v in value.split(",") if v.strip())
    return value
