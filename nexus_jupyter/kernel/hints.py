"""Turns what the wall answers, a bare "Operation not permitted", into a sentence that says what is not allowed and what can be done."""

from __future__ import annotations

import errno
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["hint"]

DENIED = (errno.EPERM, errno.EACCES)
ENDINGS = (
    (("fork", "spawn", "popen", "_execute_child", "start_new_process", "_launch", "system"), "start another program or process"),
    (("connect", "socket", "getaddrinfo", "create_connection", "__init__", "bind", "send"), "reach the network"),
)


def hint(error: BaseException, facts: Mapping[str, Any]) -> str:
    """Give the sentence for an error that the wall caused, or nothing."""
    for cause in _causes(error):
        if isinstance(cause, MemoryError):
            return f"The Nexus sandbox gives this notebook {facts['memory_mb']:,} MB of memory; this asked for more."
        if isinstance(cause, OSError) and cause.errno == errno.EFBIG:
            return "The Nexus sandbox lets a file of this notebook grow no larger."
        if isinstance(cause, OSError) and cause.errno in DENIED:
            return _denied(cause, facts)
        if type(cause).__name__ == "gaierror":
            return "The Nexus sandbox does not let this notebook reach the network."
    return ""


def _denied(error: OSError, facts: Mapping[str, Any]) -> str:
    if isinstance(error.filename, (str, bytes)) and error.filename:
        name = error.filename if isinstance(error.filename, str) else error.filename.decode("utf-8", "replace")
        place = shlex.quote(facts["notebook"] or facts["folder"])
        return (
            f"The Nexus sandbox does not let this notebook use {name}. It writes only to its scratch folder, {facts['scratch']}, which "
            f"is its home. To let it read more: nexus-jupyter sandbox grant {place} PATH, then restart the kernel."
        )
    words = {name.lower() for name in _functions(error)}
    if "other program" in str(error):
        return "The Nexus sandbox does not let this notebook start another program or process."
    for names, deed in ENDINGS:
        if words & set(names):
            return f"The Nexus sandbox does not let this notebook {deed}."
    return "The Nexus sandbox does not let this notebook do this: no network, no other programs, no files but its own."


def _functions(error: BaseException) -> Iterator[str]:
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        yield code.co_name
        yield from (name for name in code.co_names if name in {"fork", "vfork", "fork_exec", "socket"}) if trace.tb_next is None else ()
        trace = trace.tb_next


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Give an error, what it came from and what it carries, each once."""
    left: list[Any] = [error]
    seen: set[int] = set()
    while left:
        one = left.pop(0)
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        left += [one.__cause__, one.__context__, getattr(one, "reason", None), *(a for a in one.args if isinstance(a, BaseException))]
