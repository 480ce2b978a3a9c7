"""Copies what a notebook wrote into its scratch folder to a new folder beside the notebook, when the user asks for it.

The files are a stranger's and may change while they are copied: no link is followed, only plain files are taken, nothing is overwritten.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from nexus_jupyter.errors import NotebookError

__all__ = ["save"]

FILES = 10_000


def save(scratch: Path, folder: Path, *, name: str = "") -> tuple[Path, int]:
    """Copy the files that are not hidden; give the new folder and how many there are."""
    target, count = None, 0
    for parts, handle in _plain(scratch):
        with os.fdopen(handle, "rb") as source:
            target = target or _fresh(folder, f"{name or 'notebook'}-scratch")
            place = target.joinpath(*parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as copy:
                shutil.copyfileobj(source, copy)
        count += 1
        if count == FILES:
            break
    if target is None:
        raise NotebookError(f"There are no files in the scratch folder, {scratch}.")
    return target, count


def _fresh(folder: Path, name: str) -> Path:
    for number in range(1, 1000):
        target = folder / (name if number == 1 else f"{name}-{number}")
        try:
            target.mkdir()
        except FileExistsError:
            continue
        return target
    raise NotebookError(f"There are too many folders `{name}` in {folder}. Remove some.")


def _plain(scratch: Path) -> Iterator[tuple[tuple[str, ...], int]]:
    """Open the plain files below a folder, one after the other, by the handle of the folder that they are in."""
    for place, folders, files, handle in os.fwalk(scratch, follow_symlinks=False):
        inside = Path(place).relative_to(scratch).parts
        folders[:] = sorted(f for f in folders if not f.startswith(".") and (inside or f != "tmp"))
        for name in sorted(f for f in files if not f.startswith(".")):
            try:
                opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=handle)
            except OSError:
                continue
            if stat.S_ISREG(os.fstat(opened).st_mode):
                yield (*inside, name), opened
            else:
                os.close(opened)
