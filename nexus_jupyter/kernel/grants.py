"""Grants: what a sandboxed kernel may read besides its notebook's folder. The user gives them, outside of the kernel.

They are kept in a file of the user's configuration folder, which no sandboxed kernel can read or write: for a notebook, or for all
notebooks that lie directly in a folder, a list of paths.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from nexus_jupyter import atomic
from nexus_jupyter.errors import SettingsError

__all__ = ["add", "granted", "load", "remove", "store", "too_wide"]


def store(environment: Mapping[str, str] | None = None) -> Path:
    """Give the place of the file."""
    env = os.environ if environment is None else environment
    home = Path(env.get("XDG_CONFIG_HOME") or Path(env.get("HOME", "~")).expanduser() / ".config")
    return home / "nexus-jupyter" / "grants.json"


def load(file: Path | None = None) -> dict[str, tuple[str, ...]]:
    """Read all grants: paths by notebook or folder."""
    file = file or store()
    if not file.is_file():
        return {}
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return {str(place): tuple(str(p) for p in paths) for place, paths in found.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise SettingsError(f"The grants in {file} cannot be read: {error}. Mend the file, or move it away.") from error


def granted(notebook: str, folder: str, file: Path | None = None) -> tuple[str, ...]:
    """Give the paths that a kernel of this notebook, or of this folder, may read."""
    found = load(file)
    places = dict.fromkeys(os.path.realpath(p) for p in (notebook, folder) if p)
    return tuple(dict.fromkeys(path for place in places for path in found.get(place, ())))


def add(place: str, paths: list[str], file: Path | None = None) -> tuple[str, ...]:
    """Let kernels of a notebook or folder read these paths, and give all that it may read."""
    target = _place(place)
    resolved = []
    for path in paths:
        real = os.path.realpath(Path(path).expanduser())
        if not Path(real).exists():
            raise SettingsError(f"There is no `{path}` to grant.")
        if too_wide(real):
            raise SettingsError(f"`{path}` holds your whole home folder. Grant the folder or file that the notebook needs.")
        resolved.append(real)
    found = load(file)
    found[target] = tuple(dict.fromkeys((*found.get(target, ()), *resolved)))
    _save(found, file)
    return found[target]


def remove(place: str, paths: list[str], file: Path | None = None) -> tuple[str, ...]:
    """Take grants back, or all of a notebook's or folder's when no path is given; give what is left."""
    target = os.path.realpath(Path(place).expanduser())
    found = load(file)
    gone = {os.path.realpath(Path(p).expanduser()) for p in paths} | set(paths)
    left = tuple(p for p in found.get(target, ()) if p not in gone) if paths else ()
    if left == found.get(target, ()):
        raise SettingsError(f"Nothing of this is granted to `{place}`. `nexus-jupyter sandbox show` lists what is.")
    found.pop(target, None)
    if left:
        found[target] = left
    _save(found, file)
    return left


def too_wide(path: str, home: str = "") -> bool:
    """Tell whether a path holds the home folder."""
    home = os.path.realpath(home or Path("~").expanduser())
    return os.path.commonpath((home, path)) == path


def _place(place: str) -> str:
    real = os.path.realpath(Path(place).expanduser())
    if not (Path(real).is_dir() or (Path(real).is_file() and real.endswith(".ipynb"))):
        raise SettingsError(f"`{place}` is neither a notebook nor a folder. Grants belong to one: `sandbox grant NOTEBOOK PATH`.")
    return real


def _save(found: Mapping[str, tuple[str, ...]], file: Path | None) -> None:
    file = file or store()
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({place: list(paths) for place, paths in sorted(found.items())}, indent=1)
    atomic.write(file, text + "\n", mode=0o600)
