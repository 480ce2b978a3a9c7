"""What every test gets: no way off this machine, and one way to say that something is not installed here."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator

import pytest


def _leaves(address: object) -> bool:
    """Whether a socket's address is another machine; files (Unix sockets) and loopback stay here."""
    if not isinstance(address, tuple):
        return False
    host = str(address[0])
    if host in {"localhost", ""}:
        return False
    try:
        return not ipaddress.ip_address(host.split("%", maxsplit=1)[0]).is_loopback
    except ValueError:
        return True


@pytest.fixture(autouse=True, scope="session")
def stay_here() -> Iterator[None]:
    """Refuse connections that leave the machine, for the whole run."""
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}
    patch = pytest.MonkeyPatch()
    for name, method in real.items():

        def guarded(self: socket.socket, address: object, _method: Callable[..., object] = method) -> object:
            if _leaves(address):
                raise AssertionError(f"A test tried to reach {address}. Tests stay on this machine.")
            return _method(self, address)

        patch.setattr(socket.socket, name, guarded)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def missing() -> Callable[[str], None]:
    """Skip because something is not installed here, or fail where everything has to be (`NEXUS_REQUIRE_ALL`)."""

    def say(reason: str) -> None:
        if os.environ.get("NEXUS_REQUIRE_ALL"):
            pytest.fail(f"required here: {reason}")
        pytest.skip(reason)

    return say
