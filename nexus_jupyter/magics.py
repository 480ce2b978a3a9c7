"""The magics: ``%nexus`` and ``%%nexus``, and what loads with them."""

from __future__ import annotations

import re
import threading
from typing import Any, Final

from nexus_jupyter.errors import NexusError

__all__ = ["load_ipython_extension", "unload_ipython_extension"]

_DESK: Final = "_nexus_jupyter_desk"
_ASKED: Final = re.compile(r"^(\s*%nexus\s+\S.*?)\s*\?+(?=\s*$)")


def load_ipython_extension(ipython: Any) -> None:
    """Register the magics, their completion and the comm, and start the sandbox in the background; a second time does nothing."""
    if getattr(ipython, _DESK, None) is not None:
        return
    from nexus_jupyter.magic.completion import matcher
    from nexus_jupyter.magic.desk import Desk

    settings, problem = _settings()
    desk = Desk(ipython, _session, headless=settings.headless)
    setattr(ipython, _DESK, desk)

    def nexus(line: str, cell: str | None = None) -> None:
        """Ask a question of the frames in this kernel: %nexus help."""
        desk.magic(line, cell)

    nexus._ipython_magic_no_var_expand = True  # type: ignore[attr-defined] # noqa: SLF001 - IPython's own mark: braces are ours to read
    ipython.register_magic_function(nexus, magic_kind="line_cell", magic_name="nexus")
    ipython.input_transformers_cleanup.append(_keep_question)
    ipython.events.register("post_run_cell", desk.ran)
    desk.matcher = matcher(ipython)
    ipython.Completer.custom_matchers.append(desk.matcher)
    _connect(ipython, desk)
    if problem:
        desk.say(problem)
    else:
        threading.Thread(target=_warm, args=(desk,), name="nexus-load", daemon=True).start()


def unload_ipython_extension(ipython: Any) -> None:
    """Take the magics, their completion and the comm away, and stop the sandbox."""
    desk = getattr(ipython, _DESK, None)
    if desk is None:
        return
    setattr(ipython, _DESK, None)
    for kind in ("line", "cell"):
        ipython.magics_manager.magics[kind].pop("nexus", None)
    ipython.events.unregister("post_run_cell", desk.ran)
    if _keep_question in ipython.input_transformers_cleanup:
        ipython.input_transformers_cleanup.remove(_keep_question)
    if desk.matcher in ipython.Completer.custom_matchers:
        ipython.Completer.custom_matchers.remove(desk.matcher)
    if desk.bridge is not None:
        desk.bridge.close()
    _session().close()


def _keep_question(lines: list[str]) -> list[str]:
    """Keep IPython from taking a line that asks ``%nexus … ?`` for a question to itself; ``%nexus?`` stays one."""
    return [_ASKED.sub(r"\1", line) for line in lines]


def _warm(desk: Any) -> None:
    """Load the pipeline and start the sandbox; a question that cannot be answered says what is wrong, this need not."""
    desk.session.warm()


def _session() -> Any:
    from nexus_jupyter.pipeline import session

    return session()


def _settings() -> tuple[Any, str]:
    """Give the settings, or the defaults and a sentence where they cannot be read."""
    from nexus_jupyter.settings import Settings, load

    try:
        return load(), ""
    except NexusError as error:
        return Settings(), str(error)


def _connect(ipython: Any, desk: Any) -> None:
    """Open the comm where there is a kernel that may have a page."""
    kernel = getattr(ipython, "kernel", None)
    if kernel is None or desk.headless:
        return
    from nexus_jupyter.comm import Bridge

    desk.bridge = Bridge(
        kernel,
        on_ask=desk.on_ask,
        on_frames=desk.on_frames,
        on_stop=desk.on_stop,
        on_group=desk.on_group,
        status=desk.status,
        headless=desk.headless,
    )
    desk.bridge.open()
