"""Looks, from outside, at what a sandboxed kernel holds: memory, files that only it can see, its scratch folder, time.

No figure comes from the kernel itself. Fails closed: a kernel whose memory cannot be read is ended.
"""

from __future__ import annotations

import contextlib
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from nexus_jupyter.kernel.bounds import Bounds

__all__ = ["Watchdog"]

PATIENCE = 20  # looks at the memory for one at the files
CROWD = 4  # and for one at the workers
OWN_MB = 1500  # what messages on their way may take in this process
ENTRIES = 50_000
WORKERS = 24
WORKERS_MB = 3072  # the zygotes of `%%nexus`, their libraries counted once for each


@dataclass(slots=True)
class Watchdog:
    """Watches one start of a kernel and the workers of its questions."""

    pid: int
    scratch: Path
    bounds: Bounds
    workers: int = 0
    held_mb: float = 0
    _own_mb: float = field(default_factory=lambda: _resident_mb(os.getpid()) or 0)
    _looks: int = field(default=0)
    _files_mb: float = field(default=0)

    def look(self) -> str:
        """Give the sentence that says which bound was passed, or nothing."""
        self._looks += 1
        resident = _resident_mb(self.pid)
        if resident is None:
            return "" if not Path(f"/proc/{self.pid}").exists() else "What this kernel held in memory could not be seen, so it was ended."
        if self._looks % PATIENCE == 1:
            self._files_mb = _unseen_mb(self.pid)
            used = _folder_mb(self.scratch)
            if used > self.bounds.scratch_mb:
                return f"This kernel wrote more than {self.bounds.scratch_mb:,} MB into its scratch folder and was ended."
        if self._looks % CROWD == 0 and self.workers and (crowd := self._crowd()):
            return crowd
        if (_resident_mb(os.getpid()) or 0) > self._own_mb + OWN_MB:
            return "This kernel sent more at once than can be passed on to the page, and was ended."
        self.held_mb = resident + self._files_mb
        if self.held_mb > self.bounds.memory_mb:
            return f"This kernel held more than {self.bounds.memory_mb:,} MB of memory and was ended."
        return ""

    def _crowd(self) -> str:
        family = _family(self.workers)
        held = sum(_resident_mb(pid) or 0 for pid in family)
        if len(family) > WORKERS or held > self.bounds.memory_mb + WORKERS_MB:
            return f"The workers of this kernel's questions grew to {len(family)} processes and {held:,.0f} MB, and were ended with it."
        return ""


def _resident_mb(pid: int) -> float | None:
    """Give the memory of a process that is not a file's."""
    try:
        text = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    if fields.get("State", "").strip().startswith("Z"):
        return 0
    try:
        return sum(int(fields[name].split()[0]) for name in ("RssAnon", "RssShmem", "HugetlbPages")) / 1024
    except (KeyError, ValueError, IndexError):
        return None if "VmRSS" in fields else 0


def _unseen_mb(pid: int) -> float:
    """Give the size of the files in memory, and of removed files, that a process holds open."""
    total = 0
    with contextlib.suppress(OSError):
        for entry in os.scandir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                name = Path(entry.path).readlink().as_posix()
                if name.startswith("/memfd:") or name.endswith(" (deleted)"):
                    total += Path(entry.path).stat().st_blocks * 512
    return total / (1 << 20)


def _folder_mb(folder: Path) -> float:
    """Give the size of a folder; one with too many entries counts as too large."""
    total, seen, left = 0, 0, [str(folder)]
    while left:
        with contextlib.suppress(OSError), os.scandir(left.pop()) as entries:
            for entry in entries:
                seen += 1
                if seen > ENTRIES:
                    return float("inf")
                with contextlib.suppress(OSError):
                    info = entry.stat(follow_symlinks=False)
                    total += info.st_blocks * 512
                    if stat.S_ISDIR(info.st_mode):
                        left.append(entry.path)
    return total / (1 << 20)


def _family(root: int) -> list[int]:
    """List a process and all that come from it."""
    found, left = [], [root]
    while left:
        pid = left.pop()
        found.append(pid)
        with contextlib.suppress(OSError, ValueError):
            for task in os.scandir(f"/proc/{pid}/task"):
                left += map(int, Path(task.path, "children").read_text(encoding="ascii").split())
    return found
