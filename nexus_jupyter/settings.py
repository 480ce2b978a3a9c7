"""Settings: every room's options in one frozen object, from defaults, a TOML file and the environment, in this order."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from nexus_jupyter import atomic
from nexus_jupyter.errors import SettingsError, nearest
from nexus_jupyter.kernel.bounds import Bounds
from nexus_jupyter.sandbox.limits import Limits

PREFIX = "NEXUS_JUPYTER_"
CHOICES = {
    "engine": ("auto", "rules", "model"),
    "dialect": ("auto", "pandas", "polars"),
    "agreement": ("off", "after"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How questions are answered.

    Attributes
    ----------
    engine
        "auto" (the rules), "rules" or "model".
    dialect
        "auto" (that of the data), "pandas" or "polars".
    model
        The model's name for `engine="model"`; empty takes the first one installed.
    ollama_host
        Where Ollama listens. Only this machine, unless `allow_remote`.
    allow_remote
        Whether a model on another machine may be asked.
    agreement
        "after": a second engine checks each answer once it is there; "off": none does.
    allow_reduced_isolation
        Whether code may run where the operating system gives no wall (see docs/security.md).
    headless
        True where no page will ever come: nobody is waited for.
    words
        The user's own words, and what each stands for: a column, a condition or a phrase.
    limits
        The sandbox's bounds of one run.
    kernel
        The bounds of a sandboxed kernel.
    """

    engine: str = "auto"
    dialect: str = "auto"
    model: str = ""
    ollama_host: str = "http://127.0.0.1:11434"
    allow_remote: bool = False
    agreement: str = "off"
    allow_reduced_isolation: bool = False
    headless: bool = False
    words: Mapping[str, str] = field(default_factory=dict, hash=False)
    limits: Limits = field(default_factory=Limits)
    kernel: Bounds = field(default_factory=Bounds)

    def __post_init__(self) -> None:
        """Refuse values that cannot be."""
        for name, allowed in CHOICES.items():
            choice(name, getattr(self, name), allowed)
        _check_words(self.words)

    def changed(self, **changes: Any) -> Settings:
        """Give settings with these changes; an unknown name is refused with the nearest one."""
        known = {f.name for f in fields(self)}
        for name in changes:
            if name not in known:
                raise SettingsError(f"There is no setting `{name}`. {_among(name, known)}")
        return replace(self, **changes)


def _check_words(words: object) -> None:
    """Refuse a lexicon that is no table of words."""
    if not isinstance(words, Mapping):
        raise SettingsError('`words` has to be a table: words = {"turnover" = "revenue"}.')
    for word, phrase in words.items():
        if not isinstance(phrase, str) or not str(word).strip() or not phrase.strip():
            raise SettingsError(f'In `words`, `{word}` has to stand for a text that is not empty, such as "revenue".')


def choice(name: str, value: object, allowed: tuple[str, ...]) -> str:
    """Give the value, or raise `SettingsError` naming what is allowed."""
    if value not in allowed:
        raise SettingsError(f"`{name}` cannot be {value!r}. {_among(str(value), allowed)}")
    return str(value)


def _among(name: str, known: Any) -> str:
    close = nearest(name, sorted(known))
    return f"Did you mean `{close[0]}`?" if close else f"Choose one of {', '.join(sorted(known))}."


def load(environment: Mapping[str, str] | None = None, path: Path | None = None) -> Settings:
    """Read settings from the file `nexus-jupyter/settings.toml` of the configuration folder, then from `NEXUS_JUPYTER_*`.

    Raises
    ------
    SettingsError
        When the file is no TOML, or a setting is unknown or has a value that it cannot have.
    """
    import tomllib

    env = os.environ if environment is None else environment
    file = path or _file(env)
    values: dict[str, Any] = {}
    if file.is_file():
        try:
            values = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise SettingsError(f"The settings in {file} cannot be read: {error}. Mend the file, or move it away.") from error
    tables = {"limits": values.pop("limits", {}), "kernel": values.pop("kernel", {})}
    settings = Settings().changed(**values)
    for f in fields(Settings):
        raw = env.get(PREFIX + f.name.upper())
        if raw is not None and f.name not in tables:
            settings = settings.changed(**{f.name: _read(raw, getattr(settings, f.name))})
    if env.get("OLLAMA_HOST") and PREFIX + "OLLAMA_HOST" not in env:
        settings = settings.changed(ollama_host=env["OLLAMA_HOST"])
    try:
        return settings.changed(**{name: replace(getattr(settings, name), **table) for name, table in tables.items()})
    except TypeError as error:
        raise SettingsError(f"The sandbox's limits in {file} are not right: {error}.") from error


def _file(env: Mapping[str, str]) -> Path:
    home = Path(env.get("XDG_CONFIG_HOME") or Path(env.get("HOME", "~")).expanduser() / ".config")
    return home / "nexus-jupyter" / "settings.toml"


def remember(name: str, *, value: bool) -> str:
    """Write a yes or no into the settings' file, leave the rest of it as it is, and say what was done."""
    file = _file(os.environ)
    line = f"{name} = {str(value).lower()}"
    try:
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        lines = text.splitlines()
        at = next((n for n, one in enumerate(lines) if one.lstrip().startswith("[")), len(lines))
        top = [one for one in lines[:at] if one.partition("=")[0].strip() != name]
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(file, "\n".join([line, *top, *lines[at:]]) + "\n")
    except OSError as error:
        return f"It holds until this kernel ends; {file} could not be written ({error.strerror})."
    return f"Kept in {file}."


def _read(raw: str, like: Any) -> Any:
    if isinstance(like, Mapping):
        pairs = (pair.partition("=") for pair in raw.split(";") if pair.strip())
        return {word.strip(): phrase.strip() for word, _, phrase in pairs}
    return raw.strip().lower() in {"1", "true", "yes", "on"} if isinstance(like, bool) else raw
