"""One at a time, in the order of arrival."""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType

__all__ = ["Turn"]


class Turn:
    """A lock whose waiters come in one after the other as they arrived; one that is interrupted while it waits leaves the row."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._row: deque[object] = deque()

    def __enter__(self) -> None:
        """Stand at the end of the row and wait to be its first."""
        place = object()
        with self._changed:
            self._row.append(place)
            try:
                while self._row[0] is not place:
                    self._changed.wait()
            except BaseException:
                self._row.remove(place)
                self._changed.notify_all()
                raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Let the next one in."""
        with self._changed:
            self._row.popleft()
            self._changed.notify_all()

    @property
    def waiting(self) -> int:
        """How many stand in the row behind the first."""
        return max(0, len(self._row) - 1)
