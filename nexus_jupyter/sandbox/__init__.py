"""The sandbox: programs run in a fresh, confined process, and only typed, checked values come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nexus_jupyter.sandbox.limits import Limits
    from nexus_jupyter.sandbox.outcome import Figure, Outcome, Scalar, Table, Text
    from nexus_jupyter.sandbox.runner import Sandbox

__all__ = ["Figure", "Limits", "Outcome", "Sandbox", "Scalar", "Table", "Text"]

_HOMES = {"Limits": "limits", "Sandbox": "runner", "Outcome": "outcome", "Table": "outcome", "Figure": "outcome"} | {
    "Scalar": "outcome",
    "Text": "outcome",
}


def __getattr__(name: str) -> Any:
    """Load an exported name at its first use."""
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
