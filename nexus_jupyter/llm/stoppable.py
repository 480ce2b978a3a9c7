"""Reading a stream that another thread may stop, though the stream itself is silent."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable
from typing import Any


class Stoppable:
    """Collects one stream at a time on a thread of its own, so that waiting for it can end at once.

    A socket that waits for a model's first word cannot be woken from outside; the thread that waits for it is left behind and
    ends with the connection, which its owner closes.
    """

    def __init__(self) -> None:
        self._arrived: queue.SimpleQueue[tuple[str, Any]] | None = None
        self._lock = threading.Lock()

    def run(self, parts: Iterable[Any], *, timeout: float) -> list[Any] | None:
        """Collect the parts; None if `stop` was called before the last one came.

        Raises
        ------
        TimeoutError
            When they are not all there after `timeout` seconds.
        Exception
            Whatever the stream raises.
        """
        arrived: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        with self._lock:
            self._arrived = arrived

        def read() -> None:
            try:
                arrived.put(("all", list(parts)))
            except BaseException as error:  # noqa: BLE001 - it is raised where the stream is waited for
                arrived.put(("error", error))

        threading.Thread(target=read, name="nexus-model", daemon=True).start()
        try:
            what, value = arrived.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError(f"The stream did not end within {timeout:g} seconds.") from None
        finally:
            with self._lock:
                self._arrived = None
        if what == "error":
            raise value
        return value if what == "all" else None

    def stop(self) -> None:
        """End the waiting, if there is any."""
        with self._lock:
            if self._arrived is not None:
                self._arrived.put(("stop", None))
