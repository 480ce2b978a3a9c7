"""What every test gets: no way off this machine, and one way to say that something is not installed here."""

from __future__ import annotations

import ipaddress
import os
import socket
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

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


def _fits(value: Any, hint: Any) -> bool:
    """Say whether a value has the shape of a hint; a typed dictionary has its fields and no others."""
    if hint is Any:
        return True
    if is_typeddict(hint):
        fields = get_type_hints(hint, include_extras=True)
        optional = {name for name, of in fields.items() if get_origin(of) is NotRequired}
        inner = {name: get_args(of)[0] if name in optional else of for name, of in fields.items()}
        known = isinstance(value, dict) and fields.keys() - optional <= value.keys() <= fields.keys()
        return known and all(_fits(v, inner[k]) for k, v in value.items())
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return value in arguments
    if origin in {Union, types.UnionType}:
        return any(_fits(value, a) for a in arguments)
    if origin is list:
        return isinstance(value, list) and all(_fits(v, arguments[0]) for v in value)
    if origin in {dict, Mapping}:
        return isinstance(value, Mapping)
    if hint in {int, float}:
        return isinstance(value, (int, float) if hint is float else int) and not isinstance(value, bool)
    return isinstance(value, hint)


@pytest.fixture(scope="session")
def fits() -> Callable[[Any, Any], bool]:
    """Give a function that says whether a value has the shape that a type hint says: ``fits(message, FromKernel)``."""
    return _fits
