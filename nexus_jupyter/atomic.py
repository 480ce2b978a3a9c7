"""Files that are written whole: whoever reads one finds the old text or the new one, never half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__ = ["write"]


def write(path: Path, text: str, *, mode: int | None = None) -> None:
    """Write a text file at once, as UTF-8, through a new file beside it.

    A link is followed, so that a linked settings file stays linked. When anything fails, the old file is as it was and the new one is
    removed.

    Parameters
    ----------
    path
        The file; its folder must exist.
    text
        All that it shall hold.
    mode
        Its permissions; those of the old file when not given, and ``0o644`` for a new one.

    Raises
    ------
    OSError
        When the folder or the file cannot be written.
    """
    target = path.resolve()
    if mode is None:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.chmod(mode)
        fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
