"""The folders of a sandboxed kernel: one private house with a scratch folder, and a room for each start.

A house is locked while its supervisor lives. What a killed one left is removed by the next that starts.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nexus_jupyter import atomic

__all__ = ["House", "standing", "sweep"]

PREFIX = "nexus-kernel-"
PRIVATE = 0o700


@dataclass(slots=True)
class House:
    """The private folder of one supervisor."""

    root: Path
    lock: int
    starts: int = 0

    @classmethod
    def build(cls) -> House:
        """Make a house, locked and open to this user only."""
        root = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = os.open(root / "lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        (root / "scratch").mkdir(mode=0o700)
        return cls(root=root, lock=lock)

    @property
    def scratch(self) -> Path:
        """The folder that the kernel writes; it outlives a restart within the house."""
        return self.root / "scratch"

    def room(self) -> Path:
        """Make the folder of the next start, new and empty: nothing that a notebook wrote is there when its kernel is started again."""
        _remove(self.root / f"run-{self.starts}")
        self.starts += 1
        room = self.root / f"run-{self.starts}"
        for part in (room, room / "home", room / "home" / ".ipython"):
            part.mkdir(mode=0o700)
        with contextlib.suppress(OSError):  # a notebook may have put something else there
            (self.scratch / "tmp").mkdir(mode=0o700, exist_ok=True)
        return room

    def tell(self, about: dict[str, Any]) -> None:
        """Write down what runs here, for `nexus-jupyter sandbox show`."""
        atomic.write(self.root / "about.json", json.dumps(about), mode=0o600)

    def tear_down(self) -> None:
        """Remove everything."""
        _remove(self.root)
        with contextlib.suppress(OSError):
            os.close(self.lock)


def _remove(folder: Path) -> None:
    """Remove a folder in which a notebook may have made anything; no link is followed."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except RecursionError:  # folders in folders, a thousand times
        subprocess.run(["/bin/rm", "-rf", "--", str(folder)], check=False, stderr=subprocess.DEVNULL)


def _houses() -> list[Path]:
    found = []
    for root in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            info = root.lstat()
            if info.st_uid == os.getuid() and stat.S_ISDIR(info.st_mode) and stat.S_IMODE(info.st_mode) == PRIVATE:
                found.append(root)
    return found


def _lived_in(root: Path) -> bool:
    try:
        lock = os.open(root / "lock", os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return True  # just being built
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(lock)
    return False


def sweep() -> None:
    """Remove the houses whose supervisors are gone."""
    for root in _houses():
        if not _lived_in(root):
            _remove(root)


def standing() -> list[tuple[Path, dict[str, Any]]]:
    """List the houses of running kernels, with what was written down of them."""
    found = []
    for root in _houses():
        if _lived_in(root):
            with contextlib.suppress(OSError, ValueError):
                found.append((root, json.loads((root / "about.json").read_text(encoding="utf-8"))))
    return found
