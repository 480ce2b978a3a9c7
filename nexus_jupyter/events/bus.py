"""The bus: hands each event to everyone who subscribed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import ClassVar

from nexus_jupyter.events.event import Event

Subscriber = Callable[[Event], object]

_log = logging.getLogger(__name__)


class Bus:
    """Hands events to subscribers, in order, on the thread that publishes.

    Observes only: a subscriber that raises is logged and never disturbs the answer or the other subscribers.

    Examples
    --------
    >>> seen = []
    >>> bus = Bus()
    >>> stop = bus.subscribe(seen.append)
    >>> bus.publish(Event(name="stage", data={"stage": "plan"}))
    >>> stop()
    >>> seen[0].data["stage"]
    'plan'
    """

    fails: ClassVar[str] = "observes only"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._subscribers: tuple[Subscriber, ...] = ()

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Add a subscriber; the callable that comes back takes it off again and may be called twice."""
        with self._lock:
            self._subscribers = (*self._subscribers, subscriber)

        def unsubscribe() -> None:
            with self._lock:
                # By identity and one only: the same function may have subscribed twice.
                kept = list(self._subscribers)
                for i, s in enumerate(kept):
                    if s is subscriber:
                        del kept[i]
                        break
                self._subscribers = tuple(kept)

        once = [unsubscribe]
        return lambda: once.pop()() if once else None

    def publish(self, event: Event) -> None:
        """Hand the event to each subscriber of this moment."""
        for subscriber in self._subscribers:
            try:
                subscriber(event)
            except Exception:  # noqa: BLE001 - whatever a subscriber does, the answer goes on
                _log.warning("A subscriber of %s failed", event.name, exc_info=True)
