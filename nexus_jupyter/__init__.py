"""The data analyst that lives in JupyterLab: questions in plain language, answered as reviewed, reproducible cells.

Examples
--------
>>> import nexus_jupyter as nexus
>>> nexus.ask("average price by region", sales=frame).text  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nexus_jupyter.answer import Answer
    from nexus_jupyter.errors import NexusError
    from nexus_jupyter.magics import load_ipython_extension, unload_ipython_extension
    from nexus_jupyter.pipeline import Session, ask, session
    from nexus_jupyter.plan.plan import Plan
    from nexus_jupyter.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "NexusError",
    "Plan",
    "Session",
    "Settings",
    "__version__",
    "ask",
    "load_ipython_extension",
    "session",
    "unload_ipython_extension",
]

_HOMES = {
    "Answer": "nexus_jupyter.answer",
    "NexusError": "nexus_jupyter.errors",
    "Plan": "nexus_jupyter.plan.plan",
    "Session": "nexus_jupyter.pipeline",
    "Settings": "nexus_jupyter.settings",
    "ask": "nexus_jupyter.pipeline",
    "load_ipython_extension": "nexus_jupyter.magics",
    "session": "nexus_jupyter.pipeline",
    "unload_ipython_extension": "nexus_jupyter.magics",
}


def __getattr__(name: str) -> Any:
    """Load a public name at its first use."""
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    import importlib

    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "nexus-jupyter"}]
