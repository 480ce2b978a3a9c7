from __future__ import annotations

import json
import threading

from nexus_jupyter.events.bus import Bus
from nexus_jupyter.events.event import Event


def test_subscribers_get_events_in_order():
    bus, seen = Bus(), []
    bus.subscribe(lambda e: seen.append(e.name))
    for name in ("context", "plan", "run"):
        bus.publish(Event(name=name))
    assert seen == ["context", "plan", "run"]


def test_an_unsubscribed_one_gets_nothing_and_may_say_so_twice():
    bus, seen = Bus(), []
    stop = bus.subscribe(seen.append)
    other = bus.subscribe(seen.append)
    stop()
    stop()
    bus.publish(Event(name="plan"))
    assert len(seen) == 1
    other()
    bus.publish(Event(name="plan"))
    assert len(seen) == 1


def test_a_failing_subscriber_observes_only(caplog):
    bus, seen = Bus(), []

    def broken(event: Event) -> None:
        raise RuntimeError(event.name)

    bus.subscribe(broken)
    bus.subscribe(seen.append)
    bus.publish(Event(name="plan"))
    assert [e.name for e in seen] == ["plan"]
    assert Bus.fails == "observes only"
    assert "plan" in caplog.text


def test_threads_may_publish_and_subscribe_at_once():
    bus, seen = Bus(), []
    bus.subscribe(seen.append)

    def work() -> None:
        for _ in range(200):
            bus.subscribe(lambda _: None)()
            bus.publish(Event(name="x"))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(seen) == 800


def test_an_event_is_json():
    event = Event(name="stage", run="r1", data={"stage": "plan", "ms": 1.5})
    assert json.loads(json.dumps(event.to_dict()))["data"] == {"stage": "plan", "ms": 1.5}
